package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPMT_TEMPLATE of an object to be derived: a public area with label and context in place of the unique field (Part 2,
 * 12.2.6).
 *
 * @param area the public area with an empty unique field
 * @param derive label and context
 */
public record DerivationTemplate(TpmtPublic area, TpmsDerive derive) {
    /** Else the codes of {@link TpmtPublic#unmarshal}. */
    public static DerivationTemplate unmarshal(WireReader in, AlgorithmSet algorithms) {
        PublicType type = PublicType.unmarshal(in);
        HashAlg nameAlg = HashAlg.unmarshal(in, algorithms);
        ObjectAttributes attributes = ObjectAttributes.unmarshal(in);
        Bytes authPolicy = in.sized2(TpmLimits.MAX_DIGEST_SIZE);
        PublicKeyArea key = PublicKeyArea.withoutUnique(PublicParms.unmarshal(type, in, algorithms));
        return new DerivationTemplate(new TpmtPublic(nameAlg, attributes, authPolicy, key), TpmsDerive.unmarshal(in));
    }
}
