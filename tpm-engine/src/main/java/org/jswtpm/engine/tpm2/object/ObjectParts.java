package org.jswtpm.engine.tpm2.object;

import java.util.Optional;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;

/**
 * An object that has been created, or checked to be loaded, and is in no slot yet.
 *
 * @param publicArea its public area
 * @param sensitive its sensitive area; empty if it is not known to the TPM
 * @param rsaKey the private key of an RSA object with a sensitive area
 * @param name its Name
 */
public record ObjectParts(
        TpmtPublic publicArea, Optional<TpmtSensitive> sensitive, Optional<RsaPrivateKey> rsaKey, Bytes name) {}
