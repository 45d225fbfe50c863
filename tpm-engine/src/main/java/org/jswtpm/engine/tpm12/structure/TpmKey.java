package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_VERSION;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The public part of TPM_KEY and TPM_KEY12 (Part 2, 10.2 and 10.3): all fields but encData.
 *
 * @param version the four octets of TPM_STRUCT_VER; empty for a TPM_KEY12
 * @param keyUsage TPM_KEY_USAGE
 * @param keyFlags TPM_KEY_FLAGS
 * @param authDataUsage TPM_AUTH_DATA_USAGE
 * @param algorithmParms the kind of key
 * @param pcrInfo what PCRs the key is bound to
 * @param pubKey the modulus, big endian
 */
public record TpmKey(
        Bytes version,
        int keyUsage,
        KeyFlags keyFlags,
        int authDataUsage,
        KeyParms algorithmParms,
        PcrInfo pcrInfo,
        Bytes pubKey) {
    /** TPM_AUTH_NEVER. */
    public static final int AUTH_NEVER = 0;
    /** TPM_AUTH_ALWAYS. */
    public static final int AUTH_ALWAYS = 1;
    /** TPM_NO_READ_PUBKEY_AUTH. */
    public static final int NO_READ_PUBKEY_AUTH = 3;

    /** TPM_STRUCT_VER of TPM 1.1, which every TPM_KEY has. */
    public static final Bytes VERSION_1_1 = Bytes.hex("01010000");

    /** What a place for a key holds before there is one. */
    public static final TpmKey NONE = new TpmKey(
            VERSION_1_1, KeyUsage.UNINITIALIZED, KeyFlags.NONE, 0, KeyParms.EMPTY, PcrInfo.NONE, Bytes.EMPTY);

    /** A key and its encData, as they are on the wire. */
    public record Wrapped(TpmKey key, Bytes encData) {
        public static Wrapped unmarshal(WireReader in) {
            return new Wrapped(TpmKey.unmarshal(in), in.sized4(TpmLimits.ALLOC_MAX));
        }

        public void marshal(WireWriter out) {
            key.marshal(out);
            out.sized4(encData);
        }
    }

    public static TpmKey unmarshal(WireReader in) {
        Bytes version = unmarshalVersion(in);
        int keyUsage = in.uint16();
        KeyFlags keyFlags = KeyFlags.unmarshal(in);
        int authDataUsage = in.uint8();
        KeyParms parms = KeyParms.unmarshal(in);
        PcrInfo pcrInfo = PcrInfo.unmarshal(in.sized4(TpmLimits.ALLOC_MAX), version.isEmpty());
        return new TpmKey(version, keyUsage, keyFlags, authDataUsage, parms, pcrInfo, in.sized4(TpmLimits.ALLOC_MAX));
    }

    /** As libtpms keeps the endorsement key: without the PCRs. */
    public static TpmKey unmarshalEndorsementKey(WireReader in) {
        return new TpmKey(
                unmarshalVersion(in),
                in.uint16(),
                KeyFlags.unmarshal(in),
                in.uint8(),
                KeyParms.unmarshal(in),
                PcrInfo.NONE,
                in.sized4(TpmLimits.ALLOC_MAX));
    }

    /** A first octet of zero tells of a TPM_KEY12, whose tag and fill have to be right: else TPM_BAD_KEY_PROPERTY. */
    private static Bytes unmarshalVersion(WireReader in) {
        Bytes head = in.bytes(4);
        if (head.get(0) == 0) {
            boolean isKey12 = head.get(1) == StructureTag.KEY12.value() && head.get(2) == 0 && head.get(3) == 0;
            TpmResult.check(isKey12, BAD_KEY_PROPERTY);
            return Bytes.EMPTY;
        }
        TpmResult.check(head.get(0) == 1 && head.get(1) == 1, BAD_VERSION);
        return head;
    }

    /** Whether this is a TPM_KEY12. */
    public boolean isKey12() {
        return version.isEmpty();
    }

    /** Whether there is a key at all. */
    public boolean isPresent() {
        return keyUsage != KeyUsage.UNINITIALIZED;
    }

    public void marshal(WireWriter out) {
        marshalHead(out);
        pcrInfo.marshalSized(out);
        out.sized4(pubKey);
    }

    /** As libtpms keeps the endorsement key: without the PCRs. */
    public void marshalEndorsementKey(WireWriter out) {
        marshalHead(out);
        out.sized4(pubKey);
    }

    private void marshalHead(WireWriter out) {
        if (isKey12()) {
            StructureTag.KEY12.marshal(out);
            out.uint16(0);
        } else {
            out.bytes(version);
        }
        out.uint16(keyUsage).uint32(keyFlags.bits()).uint8(authDataUsage);
        algorithmParms.marshal(out);
    }

    /** This key with another binding to PCRs and a modulus. */
    public TpmKey with(PcrInfo newPcrInfo, Bytes modulus) {
        return new TpmKey(version, keyUsage, keyFlags, authDataUsage, algorithmParms, newPcrInfo, modulus);
    }

    /** The digest of the modulus with its size, by which a delegation knows the key. */
    public Bytes modulusDigest() {
        return Bytes.wrap(
                Hasher.digest(Digest.SHA1, new WireWriter().sized4(pubKey).toArray()));
    }

    /** pubDataDigest: the digest of this structure, which binds the private part to it. */
    public Bytes pubDataDigest() {
        WireWriter out = new WireWriter();
        marshal(out);
        return Bytes.wrap(Hasher.digest(Digest.SHA1, out.toArray()));
    }

    /** The TPM_PUBKEY of this key. */
    public Pubkey asPubkey() {
        return new Pubkey(algorithmParms, pubKey);
    }
}
