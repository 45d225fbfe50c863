package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SIGN_INFO (Part 2, 11.3): what the TPM signs, so that no signature can be taken for one of another purpose.
 *
 * @param fixed the purpose, four characters
 * @param replay against replay
 * @param data what it is about
 */
public record SignInfo(String fixed, Bytes replay, Bytes data) {
    /** The digest that is signed. */
    public byte[] digest() {
        WireWriter out = new WireWriter();
        StructureTag.SIGNINFO.marshal(out);
        for (int i = 0; i < fixed.length(); i++) {
            out.uint8(fixed.charAt(i));
        }
        out.bytes(replay).sized4(data);
        return Hasher.digest(Digest.SHA1, out.toArray());
    }
}
