package org.jswtpm.engine.tpm12.key;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
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

    /** The private part in encData; the caller wipes it. TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE. */
    public static StoreAsymkey unwrap(Bytes encData, LoadedKey parent) {
        byte[] message = parent.decrypt(encData);
        try {
            return StoreAsymkey.unmarshal(WireReader.over(message, TpmResult.WIRE_FAULTS));
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }
}
