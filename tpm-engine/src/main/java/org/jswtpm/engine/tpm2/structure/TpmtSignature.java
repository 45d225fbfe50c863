package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPMT_SIGNATURE (Part 2, 11.3.4). The selector is that of the variant. */
public sealed interface TpmtSignature {
    /** No signature, as an attestation without a key has it. */
    TpmtSignature NULL = new Null();

    /**
     * TPMS_SIGNATURE_RSA.
     *
     * @param sigAlg TPM_ALG_RSASSA or _RSAPSS
     * @param hash the hash algorithm of what was signed
     * @param sig at most 512 octets
     */
    record Rsa(AlgId sigAlg, HashAlg hash, Bytes sig) implements TpmtSignature {
        @Override
        public void marshal(WireWriter out) {
            sigAlg.marshal(out);
            hash.marshal(out);
            out.sized2(sig);
        }
    }

    /**
     * TPMS_SIGNATURE_ECC.
     *
     * @param sigAlg TPM_ALG_ECDSA, _ECDAA, _SM2 or _ECSCHNORR
     * @param hash the hash algorithm of what was signed
     * @param r at most 80 octets
     * @param s at most 80 octets
     */
    record Ecc(AlgId sigAlg, HashAlg hash, Bytes r, Bytes s) implements TpmtSignature {
        @Override
        public void marshal(WireWriter out) {
            sigAlg.marshal(out);
            hash.marshal(out);
            out.sized2(r).sized2(s);
        }
    }

    /**
     * TPMT_HA, the signature of a keyed hash object.
     *
     * @param hash the hash algorithm of the HMAC
     * @param digest the HMAC
     */
    record Hmac(HashAlg hash, Bytes digest) implements TpmtSignature {
        @Override
        public AlgId sigAlg() {
            return AlgId.HMAC;
        }

        @Override
        public void marshal(WireWriter out) {
            AlgId.HMAC.marshal(out);
            hash.marshal(out);
            out.bytes(digest);
        }
    }

    /** No signature. */
    record Null() implements TpmtSignature {
        @Override
        public AlgId sigAlg() {
            return AlgId.NULL;
        }

        @Override
        public HashAlg hash() {
            return HashAlg.NULL;
        }

        @Override
        public void marshal(WireWriter out) {
            AlgId.NULL.marshal(out);
        }
    }

    /** TPMT_SIGNATURE without '+'; else TPM_RC_SCHEME, _HASH, or _SIZE. */
    static TpmtSignature unmarshal(WireReader in, AlgorithmSet algorithms) {
        AlgId sigAlg = TpmiAlg.sigScheme(in, algorithms, false);
        HashAlg hash = HashAlg.unmarshal(in, algorithms);
        return switch (sigAlg) {
            case RSASSA, RSAPSS -> new Rsa(sigAlg, hash, in.sized2(TpmLimits.MAX_RSA_KEY_BYTES));
            case HMAC -> new Hmac(hash, in.bytes(hash.digestSize()));
            default -> {
                Bytes r = in.sized2(TpmLimits.MAX_ECC_KEY_BYTES);
                yield new Ecc(sigAlg, hash, r, in.sized2(TpmLimits.MAX_ECC_KEY_BYTES));
            }
        };
    }

    /** The algorithm of the signature. */
    AlgId sigAlg();

    /** The hash algorithm of what was signed. */
    HashAlg hash();

    void marshal(WireWriter out);
}
