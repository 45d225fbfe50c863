package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The parameters and the unique field of an object: TPMU_PUBLIC_PARMS and TPMU_PUBLIC_ID (Part 2, 12.2.3), which have
 * one selector and so are one union here.
 */
public sealed interface PublicKeyArea {
    /**
     * @param parms the parameters
     * @param unique the modulus, at most 512 octets; any value in a template
     */
    record Rsa(RsaParms parms, Bytes unique) implements PublicKeyArea {
        @Override
        public void marshalUnique(WireWriter out) {
            out.sized2(unique);
        }
    }

    /**
     * @param parms the parameters
     * @param unique the public point; any value in a template
     */
    record Ecc(EccParms parms, TpmsEccPoint unique) implements PublicKeyArea {
        @Override
        public void marshalUnique(WireWriter out) {
            unique.marshal(out);
        }
    }

    /**
     * @param parms the parameters
     * @param unique a digest over the sensitive area; any value in a template
     */
    record KeyedHash(KeyedHashParms parms, Bytes unique) implements PublicKeyArea {
        @Override
        public void marshalUnique(WireWriter out) {
            out.sized2(unique);
        }
    }

    /**
     * @param parms the parameters
     * @param unique a digest over the sensitive area; any value in a template
     */
    record SymCipher(SymCipherParms parms, Bytes unique) implements PublicKeyArea {
        @Override
        public void marshalUnique(WireWriter out) {
            out.sized2(unique);
        }
    }

    /** The parameters, then the unique field, of {@code type}. */
    static PublicKeyArea unmarshal(PublicType type, WireReader in, AlgorithmSet algorithms) {
        return switch (type) {
            case RSA -> new Rsa(RsaParms.unmarshal(in, algorithms), in.sized2(TpmLimits.MAX_RSA_KEY_BYTES));
            case ECC -> new Ecc(EccParms.unmarshal(in, algorithms), TpmsEccPoint.unmarshal(in));
            case KEYED_HASH ->
                new KeyedHash(KeyedHashParms.unmarshal(in, algorithms), in.sized2(TpmLimits.MAX_DIGEST_SIZE));
            case SYM_CIPHER ->
                new SymCipher(SymCipherParms.unmarshal(in, algorithms), in.sized2(TpmLimits.MAX_DIGEST_SIZE));
        };
    }

    /** The area of {@code parms} with an empty unique field. */
    static PublicKeyArea withoutUnique(PublicParms parms) {
        return switch (parms.type()) {
            case RSA -> new Rsa((RsaParms) parms, Bytes.EMPTY);
            case ECC -> new Ecc((EccParms) parms, TpmsEccPoint.EMPTY);
            case KEYED_HASH -> new KeyedHash((KeyedHashParms) parms, Bytes.EMPTY);
            case SYM_CIPHER -> new SymCipher((SymCipherParms) parms, Bytes.EMPTY);
        };
    }

    /** The area of a keyed hash or symmetric cipher object. */
    static PublicKeyArea symmetric(PublicParms parms, Bytes unique) {
        return parms.type() == PublicType.KEYED_HASH
                ? new KeyedHash((KeyedHashParms) parms, unique)
                : new SymCipher((SymCipherParms) parms, unique);
    }

    /** The parameters. */
    PublicParms parms();

    /** The selector of both unions. */
    default PublicType type() {
        return parms().type();
    }

    /** TPMU_PUBLIC_ID. */
    void marshalUnique(WireWriter out);
}
