package org.jswtpm.engine.tpm12.daa;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DAA_ISSUER (Part 2, 22.3): the public parameters of an issuer, by their digests. The host gives the parameters themselves
 * with each stage that needs them.
 *
 * @param digestR0 of the base for the lower part of f
 * @param digestR1 of the base for the higher part of f
 * @param digestS0 of the base for the lower part of v
 * @param digestS1 of the base for the higher part of v
 * @param digestN of the modulus of these bases
 * @param digestGamma of the modulus of pseudonyms
 * @param genericQ the order of pseudonyms
 */
record DaaIssuer(
        Bytes digestR0,
        Bytes digestR1,
        Bytes digestS0,
        Bytes digestS1,
        Bytes digestN,
        Bytes digestGamma,
        Bytes genericQ) {
    private static final int GENERIC_Q_SIZE = 26;
    private static final Bytes NO_DIGEST = Bytes.zeros(TpmLimits.DIGEST_SIZE);

    /** What a session has before it knows its issuer. */
    static final DaaIssuer NONE = new DaaIssuer(
            NO_DIGEST, NO_DIGEST, NO_DIGEST, NO_DIGEST, NO_DIGEST, NO_DIGEST, Bytes.zeros(GENERIC_Q_SIZE));

    static DaaIssuer unmarshal(WireReader in) {
        StructureTag.DAA_ISSUER.unmarshal(in);
        return new DaaIssuer(
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.bytes(GENERIC_Q_SIZE));
    }

    void marshal(WireWriter out) {
        StructureTag.DAA_ISSUER.marshal(out);
        out.bytes(digestR0).bytes(digestR1).bytes(digestS0).bytes(digestS1);
        out.bytes(digestN).bytes(digestGamma).bytes(genericQ);
    }

    /** The digest of this structure. */
    Bytes digest() {
        return digestBehind(Bytes.EMPTY);
    }

    /** The digest of {@code head} and this structure. */
    Bytes digestBehind(Bytes head) {
        WireWriter out = new WireWriter();
        marshal(out.bytes(head));
        return Bytes.wrap(Hasher.digest(Digest.SHA1, out.toArray()));
    }

    /** The order of pseudonyms as a number. */
    DaaNumber q() {
        return DaaNumber.of(genericQ);
    }
}
