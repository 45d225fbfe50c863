package org.jswtpm.engine.tpm2.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.INTEGRITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmsContext;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Seals the contents of a context with the proof of a hierarchy, as libtpms does: AES-256 in CFB, and an HMAC with SHA-512.
 *
 * <pre>
 *  0      2           66                 74
 *  | 0040 | integrity | sequence, native | contents |
 *                     |   encrypted                 |
 * </pre>
 *
 * Key and HMAC depend on the sequence number, and the latter on the count of TPM Resets, so that a context can be loaded
 * neither twice nor after one. "Native" is little endian, as on the machines that libtpms runs on.
 *
 * @param proof the hierarchy's proof, lent
 * @param totalResetCount TPM Resets in the life of the TPM
 * @param clearCount TPM Restarts since the last TPM Reset; counts for stClear objects
 */
public record ContextSeal(Secret proof, long totalResetCount, int clearCount) {
    private static final Digest HASH = Digest.SHA512;
    private static final int KEY_SIZE = 32;
    private static final int IV_SIZE = 16;
    private static final int CONTEXT = 1;

    /** The context blob around {@code contents}, which are the caller's to wipe. */
    public Bytes seal(long sequence, Handle savedHandle, byte[] contents) {
        byte[] plain = new byte[Long.BYTES + contents.length];
        nativeOrder(plain).putLong(sequence).put(contents);
        crypt(true, sequence, savedHandle, plain);
        byte[] integrity = integrity(sequence, savedHandle, plain);
        return new WireWriter()
                .uint16(integrity.length)
                .octets(integrity)
                .octets(plain)
                .toBytes();
    }

    /**
     * The contents of a context; the caller's to wipe.
     *
     * @throws org.jswtpm.engine.wire.TpmException INSUFFICIENT, SIZE, INTEGRITY; the last without a parameter if the seal is
     *     ours and the contents are not, which leads libtpms to failure mode
     */
    public byte[] open(TpmsContext context) {
        WireReader blob = WireReader.over(context.contextBlob(), TpmRc.WIRE_FAULTS);
        byte[] integrity = blob.octets(blob.size2(TpmLimits.MAX_DIGEST_SIZE));
        check(integrity.length == HASH.size(), SIZE.parameter(CONTEXT));
        check(blob.remaining() >= Long.BYTES, SIZE.parameter(CONTEXT));
        byte[] sealed = blob.octets(blob.remaining());
        byte[] expected = integrity(context.sequence(), context.savedHandle(), sealed);
        check(MessageDigest.isEqual(integrity, expected), INTEGRITY.parameter(CONTEXT));
        crypt(false, context.sequence(), context.savedHandle(), sealed);
        try {
            check(nativeOrder(sealed).getLong() == context.sequence(), INTEGRITY);
            return Arrays.copyOfRange(sealed, Long.BYTES, sealed.length);
        } finally {
            Arrays.fill(sealed, (byte) 0);
        }
    }

    private void crypt(boolean encrypting, long sequence, Handle savedHandle, byte[] data) {
        byte[] contextU = new byte[Long.BYTES];
        nativeOrder(contextU).putLong(sequence);
        byte[] contextV = new byte[Integer.BYTES];
        nativeOrder(contextV).putInt(savedHandle.value());
        byte[] derived =
                proof.use(key -> Kdf.kdfa(HASH, key, "CONTEXT", contextU, contextV, (KEY_SIZE + IV_SIZE) * Byte.SIZE));
        byte[] key = Arrays.copyOf(derived, KEY_SIZE);
        byte[] iv = Arrays.copyOfRange(derived, KEY_SIZE, KEY_SIZE + IV_SIZE);
        if (encrypting) {
            SymmetricCipher.encrypt(SymmetricAlgorithm.AES, SymmetricMode.CFB, key, iv, data);
        } else {
            SymmetricCipher.decrypt(SymmetricAlgorithm.AES, SymmetricMode.CFB, key, iv, data);
        }
        Arrays.fill(derived, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    private byte[] integrity(long sequence, Handle savedHandle, byte[] encrypted) {
        Hmac hmac = proof.use(key -> Hmac.of(HASH, key));
        hmac.updateUint64(totalResetCount);
        if (savedHandle.equals(TpmsContext.ST_CLEAR_OBJECT)) {
            hmac.updateUint32(clearCount);
        }
        return hmac.updateUint64(sequence)
                .updateUint32(savedHandle.value())
                .update(encrypted)
                .mac();
    }

    private static ByteBuffer nativeOrder(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }
}
