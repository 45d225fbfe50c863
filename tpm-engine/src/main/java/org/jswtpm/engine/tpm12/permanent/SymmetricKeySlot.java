package org.jswtpm.engine.tpm12.permanent;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DECRYPT_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The place of a symmetric key of the TPM's own (contextKey, delegateKey, daaBlobKey): AES-128, or no key yet. */
public final class SymmetricKeySlot {
    private static final int KEY_SIZE = 16;
    private static final int BLOCK_SIZE = 16;

    private boolean valid;
    private int fill;
    private final byte[] key = new byte[KEY_SIZE];

    /** Makes a new key. */
    public void generate(RandomSource random) {
        random.generate(key);
        valid = true;
    }

    /** Forgets the key. */
    public void clear() {
        Arrays.fill(key, (byte) 0);
        valid = false;
        fill = 0;
    }

    /** Whether there is a key. */
    public boolean isValid() {
        return valid;
    }

    /**
     * Encrypts by CBC with an initialization vector of zeros, padded as in PKCS #7. As in libtpms, a place without a key
     * encrypts too: contexts can be saved before there is an owner.
     *
     * @param clear lent
     */
    public Bytes encrypt(byte[] clear) {
        int padding = BLOCK_SIZE - clear.length % BLOCK_SIZE;
        byte[] data = Arrays.copyOf(clear, clear.length + padding);
        Arrays.fill(data, clear.length, data.length, (byte) padding);
        SymmetricCipher.encrypt(SymmetricAlgorithm.AES, SymmetricMode.CBC, key, new byte[BLOCK_SIZE], data);
        return Bytes.wrap(data);
    }

    /**
     * Decrypts what {@link #encrypt} has encrypted; the caller wipes it. TPM_DECRYPT_ERROR, also for what is no whole number of
     * blocks, of which libtpms decrypts what lies behind it in memory.
     */
    public byte[] decrypt(Bytes encrypted) {
        check(encrypted.size() >= BLOCK_SIZE && encrypted.size() % BLOCK_SIZE == 0, DECRYPT_ERROR);
        byte[] data = encrypted.toArray();
        SymmetricCipher.decrypt(SymmetricAlgorithm.AES, SymmetricMode.CBC, key, new byte[BLOCK_SIZE], data);
        int padding = data[data.length - 1];
        boolean isPadded = padding > 0 && padding <= BLOCK_SIZE;
        for (int i = 1; isPadded && i <= padding; i++) {
            isPadded = data[data.length - i] == padding;
        }
        byte[] clear = isPadded ? Arrays.copyOf(data, data.length - padding) : null;
        Arrays.fill(data, (byte) 0);
        check(isPadded, DECRYPT_ERROR);
        return clear;
    }

    public void marshal(WireWriter out) {
        StructureTag.KEY.marshal(out);
        TpmBool.marshal(valid, out);
        out.uint8(fill).octets(key);
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in) {
        StructureTag.KEY.unmarshal(in);
        valid = TpmBool.unmarshal(in);
        fill = in.uint8();
        byte[] read = in.octets(KEY_SIZE);
        System.arraycopy(read, 0, key, 0, KEY_SIZE);
        Arrays.fill(read, (byte) 0);
    }
}
