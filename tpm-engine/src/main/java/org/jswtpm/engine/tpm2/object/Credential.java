package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM2B_ID_OBJECT: a credential that only the TPM with a certain key and a certain object can read (Part 1, 24). */
public final class Credential {
    private Credential() {}

    /**
     * Protects {@code credential} for the object {@code name} (SecretToCredential).
     *
     * @param key the key for which {@code seed} was encrypted
     */
    public static Bytes protect(Secret credential, Bytes name, TpmtPublic key, Secret seed) {
        WireWriter out = new WireWriter();
        out.secret2(credential);
        byte[] data = out.toArray();
        out.wipe();
        return new OuterWrap(key, seed).wrap(name, data);
    }

    /**
     * The credential (CredentialToSecret).
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_INTEGRITY, _SIZE or _INSUFFICIENT
     */
    public static Secret open(Bytes credentialBlob, Bytes name, TpmtPublic key, Secret seed) {
        byte[] data = new OuterWrap(key, seed).unwrap(name, credentialBlob, false);
        try {
            WireReader in = WireReader.over(data, TpmRc.WIRE_FAULTS);
            Secret credential = in.secret2(TpmLimits.MAX_DIGEST_SIZE);
            check(in.remaining() == 0, SIZE);
            return credential;
        } finally {
            Arrays.fill(data, (byte) 0);
        }
    }
}
