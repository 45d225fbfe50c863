package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_PUBKEY (Part 2, 10.5).
 *
 * @param algorithmParms what kind of key it is
 * @param pubKey the modulus
 */
public record Pubkey(KeyParms algorithmParms, Bytes pubKey) {
    /** No key. */
    public static final Pubkey NONE = new Pubkey(KeyParms.EMPTY, Bytes.EMPTY);

    public static Pubkey unmarshal(WireReader in) {
        return new Pubkey(KeyParms.unmarshal(in), in.sized4(TpmLimits.ALLOC_MAX));
    }

    public void marshal(WireWriter out) {
        algorithmParms.marshal(out);
        out.sized4(pubKey);
    }

    /** The digest of this structure, by which other structures name the key. */
    public Bytes digest() {
        WireWriter out = new WireWriter();
        marshal(out);
        return Bytes.wrap(Hasher.digest(Digest.SHA1, out.toArray()));
    }
}
