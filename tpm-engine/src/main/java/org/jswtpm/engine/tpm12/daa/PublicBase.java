package org.jswtpm.engine.tpm12.daa;

import org.jswtpm.engine.wire.Bytes;

/**
 * A base of the issuer's and the modulus, as the host gives them for one stage. Stage by stage the product of all powers grows in
 * DAA_scratch.
 *
 * @param base X
 * @param modulus n
 */
record PublicBase(DaaNumber base, DaaNumber modulus) {
    /**
     * The inputs of a stage, which have to be those of the session's issuer.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_DAA_INPUT_DATA0, TPM_DAA_INPUT_DATA1
     */
    static PublicBase of(DaaInput in, Bytes digestOfBase, DaaSession session) {
        return new PublicBase(
                in.public0(digestOfBase), in.public1(session.issuer().digestN()));
    }

    /** The first power of a product. */
    void begin(DaaNumber exponent, DaaSession session) {
        session.context().setScratch(base.power(exponent, modulus));
    }

    /** Another power of the product. */
    void multiply(DaaNumber exponent, DaaSession session) {
        DaaNumber power = base.power(exponent, modulus);
        session.context().setScratch(session.context().scratch().times(power).remainder(modulus));
    }

    /** The last power; gives the product. */
    Bytes complete(DaaNumber exponent, DaaSession session) {
        multiply(exponent, session);
        session.context().setScratchNull(true);
        return session.context().scratchOctets();
    }
}
