package org.jswtpm.engine.tpm12.key;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** The encryption of private parts and of sealed data by a parent key: encData. */
public final class KeyWrap {
    private KeyWrap() {}

    /** encData of a key. */
    public static Bytes wrap(StoreAsymkey privatePart, LoadedKey parent, RandomSource random) {
        WireWriter out = new WireWriter();
        privatePart.marshal(out);
        return wrap(out, parent, random);
    }

    /** Encrypts what was written, and wipes it. */
    public static Bytes wrap(WireWriter secret, LoadedKey parent, RandomSource random) {
        byte[] message = secret.toArray();
        try {
            return parent.encrypt(message, random);
        } finally {
            Arrays.fill(message, (byte) 0);
            secret.wipe();
        }
    }
}
