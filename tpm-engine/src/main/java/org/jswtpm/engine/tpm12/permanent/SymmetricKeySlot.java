package org.jswtpm.engine.tpm12.permanent;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The place of a symmetric key of the TPM's own (contextKey, delegateKey, daaBlobKey): AES-128, or no key yet. */
public final class SymmetricKeySlot {
    private static final int KEY_SIZE = 16;

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

    /** A copy of the key, to be closed; TPM_FAIL if there is none. */
    public Secret key() {
        TpmResult.check(valid, FAIL);
        return Secret.copyOf(key);
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
