package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.INTEGRITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The inner protection of a duplicate: a digest, and encryption with a key that goes another way than the duplicate (Part 1,
 * 23.3.2). The mode is CFB, whatever {@code symmetric} says, with an initialization vector of zeros.
 *
 * <pre>
 *  TPM2B integrity | data          both are encrypted
 *                  |&lt;-- hashed, with the Name --
 * </pre>
 *
 * @param nameAlg that of the object
 * @param symmetric the cipher; not TPM_ALG_NULL
 * @param key of the size that the cipher asks for; lent
 */
public record InnerWrap(HashAlg nameAlg, TpmtSymDefObject symmetric, Secret key) {
    /** {@code data}, protected. */
    byte[] wrap(Bytes name, byte[] data) {
        byte[] integrity = integrity(name, data);
        WireWriter out = new WireWriter().sized2(Bytes.wrap(integrity)).octets(data);
        byte[] wrapped = out.toArray();
        out.wipe();
        key.lend(octets -> SymmetricCipher.encrypt(algorithm(), SymmetricMode.CFB, octets, iv(), wrapped));
        return wrapped;
    }

    /**
     * Checks and decrypts what {@link #wrap} made; {@code wrapped} is changed.
     *
     * @return the data, to be wiped by the caller
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_INTEGRITY, _SIZE or _INSUFFICIENT
     */
    byte[] unwrap(Bytes name, byte[] wrapped) {
        key.lend(octets -> SymmetricCipher.decrypt(algorithm(), SymmetricMode.CFB, octets, iv(), wrapped));
        WireReader in = WireReader.over(wrapped, TpmRc.WIRE_FAULTS);
        byte[] integrity = in.sized2(TpmLimits.MAX_DIGEST_SIZE).toArray();
        byte[] data = in.octets(in.remaining());
        boolean isIntact = MessageDigest.isEqual(integrity, integrity(name, data));
        if (!isIntact) {
            Arrays.fill(data, (byte) 0);
        }
        check(isIntact, INTEGRITY);
        return data;
    }

    private SymmetricAlgorithm algorithm() {
        return SymmetricAlgorithm.of(symmetric.algorithm().value());
    }

    private byte[] iv() {
        return new byte[algorithm().blockSize()];
    }

    private byte[] integrity(Bytes name, byte[] data) {
        return Hasher.digest(nameAlg.digest(), data, name.toArray());
    }
}
