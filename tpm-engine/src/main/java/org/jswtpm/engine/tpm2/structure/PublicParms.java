package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPMU_PUBLIC_PARMS (Part 2, 12.2.3.7): the algorithm parameters of an object. The type is that of the variant. */
public sealed interface PublicParms permits RsaParms, EccParms, KeyedHashParms, SymCipherParms {
    /** TPMU_PUBLIC_PARMS with the selector {@code type}. */
    static PublicParms unmarshal(PublicType type, WireReader in, AlgorithmSet algorithms) {
        return switch (type) {
            case RSA -> RsaParms.unmarshal(in, algorithms);
            case ECC -> EccParms.unmarshal(in, algorithms);
            case KEYED_HASH -> KeyedHashParms.unmarshal(in, algorithms);
            case SYM_CIPHER -> SymCipherParms.unmarshal(in, algorithms);
        };
    }

    /** TPMT_PUBLIC_PARMS: the type, else TPM_RC_TYPE, and the parameters. */
    static PublicParms unmarshalTyped(WireReader in, AlgorithmSet algorithms) {
        return unmarshal(PublicType.unmarshal(in), in, algorithms);
    }

    /** The selector. */
    PublicType type();

    /** The parameters, without the selector. */
    void marshal(WireWriter out);
}
