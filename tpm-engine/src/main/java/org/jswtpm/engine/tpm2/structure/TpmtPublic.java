package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_PUBLIC, the public area of an object (Part 2, 12.2.4).
 *
 * <p>The selector is no component: it follows from the variant of {@code key}, so an area whose type, parameters and
 * unique field disagree cannot be built.
 *
 * @param nameAlg TPMI_ALG_HASH+
 * @param attributes TPMA_OBJECT
 * @param authPolicy a policy digest, or empty; at most 64 octets
 * @param key parameters and unique field
 */
public record TpmtPublic(HashAlg nameAlg, ObjectAttributes attributes, Bytes authPolicy, PublicKeyArea key) {
    /** TPMT_PUBLIC without '+': the Name algorithm may not be TPM_ALG_NULL. */
    public static TpmtPublic unmarshal(WireReader in, AlgorithmSet algorithms) {
        return unmarshal(in, algorithms, false);
    }

    /**
     * TPMT_PUBLIC; else TPM_RC_TYPE, _HASH, _RESERVED_BITS, _SIZE, or the code of a parameter.
     *
     * @param nullNameAlg whether the Name algorithm may be TPM_ALG_NULL
     */
    public static TpmtPublic unmarshal(WireReader in, AlgorithmSet algorithms, boolean nullNameAlg) {
        PublicType type = PublicType.unmarshal(in);
        HashAlg nameAlg = nullNameAlg ? HashAlg.unmarshalOrNull(in, algorithms) : HashAlg.unmarshal(in, algorithms);
        ObjectAttributes attributes = ObjectAttributes.unmarshal(in);
        Bytes authPolicy = in.sized2(TpmLimits.MAX_DIGEST_SIZE);
        return new TpmtPublic(nameAlg, attributes, authPolicy, PublicKeyArea.unmarshal(type, in, algorithms));
    }

    /** TPM2B_PUBLIC; TPM_RC_SIZE too if it is empty or its size is not that of the area. */
    public static TpmtPublic unmarshalSized(WireReader in, AlgorithmSet algorithms, boolean nullNameAlg) {
        int size = in.uint16();
        TpmRc.check(size != 0, TpmRc.SIZE);
        int start = in.position();
        TpmtPublic area = unmarshal(in, algorithms, nullNameAlg);
        TpmRc.check(in.position() - start == size, TpmRc.SIZE);
        return area;
    }

    /** What the object is. */
    public PublicType type() {
        return key.type();
    }

    /** The area of an RSA object. */
    public PublicKeyArea.Rsa rsa() {
        return (PublicKeyArea.Rsa) key;
    }

    /** The area of an ECC object. */
    public PublicKeyArea.Ecc ecc() {
        return (PublicKeyArea.Ecc) key;
    }

    /** The area of a keyed hash object. */
    public PublicKeyArea.KeyedHash keyedHash() {
        return (PublicKeyArea.KeyedHash) key;
    }

    /** The area of a symmetric cipher object. */
    public PublicKeyArea.SymCipher symCipher() {
        return (PublicKeyArea.SymCipher) key;
    }

    /** TPMS_ASYM_PARMS.symmetric of an RSA or ECC object. */
    public TpmtSymDefObject asymSymmetric() {
        return type() == PublicType.RSA
                ? rsa().parms().symmetric()
                : ecc().parms().symmetric();
    }

    /** TPMS_ASYM_PARMS.scheme of an RSA or ECC object. */
    public TpmtAsymScheme asymScheme() {
        return type() == PublicType.RSA ? rsa().parms().scheme() : ecc().parms().scheme();
    }

    /** How a storage key protects its children; TPM_ALG_NULL for what is none. */
    public TpmtSymDefObject storageSymmetric() {
        return switch (type()) {
            case RSA, ECC -> asymSymmetric();
            case SYM_CIPHER -> symCipher().parms().sym();
            case KEYED_HASH -> TpmtSymDefObject.NULL;
        };
    }

    /** This area with another key. */
    public TpmtPublic withKey(PublicKeyArea newKey) {
        return new TpmtPublic(nameAlg, attributes, authPolicy, newKey);
    }

    /** This area with other attributes. */
    public TpmtPublic withAttributes(ObjectAttributes newAttributes) {
        return new TpmtPublic(nameAlg, newAttributes, authPolicy, key);
    }

    public void marshal(WireWriter out) {
        key.type().marshal(out);
        nameAlg.marshal(out);
        attributes.marshal(out);
        out.sized2(authPolicy);
        key.parms().marshal(out);
        key.marshalUnique(out);
    }

    /** TPM2B_PUBLIC. */
    public void marshalSized(WireWriter out) {
        int mark = out.beginSized2();
        marshal(out);
        out.endSized2(mark);
    }

    /** The octets of TPMT_PUBLIC. */
    public Bytes toBytes() {
        WireWriter out = new WireWriter();
        marshal(out);
        return out.toBytes();
    }
}
