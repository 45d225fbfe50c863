package org.jswtpm.engine.tpm12.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DELEGATE_OWNER_BLOB and TPM_DELEGATE_KEY_BLOB (Part 2, 20.8 and 20.11): a delegation that is kept outside of the TPM.
 *
 * @param publicPart what is delegated
 * @param integrityDigest the HMAC over this structure with zeros here
 * @param pubKeyDigest of the key whose use is delegated; empty in a blob of the owner's
 * @param additionalArea what other TPMs need
 * @param sensitiveArea TPM_DELEGATE_SENSITIVE, encrypted
 */
public record DelegateBlob(
        DelegatePublic publicPart,
        Bytes integrityDigest,
        Bytes pubKeyDigest,
        Bytes additionalArea,
        Bytes sensitiveArea) {
    /** A blob of the owner's; TPM_INVALID_STRUCTURE, TPM_BAD_PARAMETER. */
    public static DelegateBlob unmarshalOwner(WireReader in) {
        StructureTag.DELEGATE_OWNER_BLOB.unmarshal(in);
        return unmarshal(in, Delegations.OWNER_BITS);
    }

    /** A blob of a key; TPM_INVALID_STRUCTURE, TPM_BAD_PARAMETER. */
    public static DelegateBlob unmarshalKey(WireReader in) {
        StructureTag.DELG_KEY_BLOB.unmarshal(in);
        return unmarshal(in, Delegations.KEY_BITS);
    }

    /** One or the other, as its tag says; else TPM_BAD_PARAMETER. */
    public static DelegateBlob unmarshal(Bytes octets) {
        int tag = WireReader.over(octets, TpmResult.WIRE_FAULTS).uint16();
        WireReader in = WireReader.over(octets, TpmResult.WIRE_FAULTS);
        if (tag == StructureTag.DELEGATE_OWNER_BLOB.value()) {
            return unmarshalOwner(in);
        }
        check(tag == StructureTag.DELG_KEY_BLOB.value(), BAD_PARAMETER);
        return unmarshalKey(in);
    }

    private static DelegateBlob unmarshal(WireReader in, int type) {
        DelegatePublic publicPart = DelegatePublic.unmarshal(in);
        check(publicPart.permissions().type() == type, INVALID_STRUCTURE);
        return new DelegateBlob(
                publicPart,
                in.bytes(TpmLimits.DIGEST_SIZE),
                type == Delegations.KEY_BITS ? in.bytes(TpmLimits.DIGEST_SIZE) : Bytes.EMPTY,
                in.sized4(TpmLimits.ALLOC_MAX),
                in.sized4(TpmLimits.ALLOC_MAX));
    }

    /**
     * Makes a blob.
     *
     * @param pubKeyDigest empty for the owner
     * @param authValue the delegate's; lent
     */
    public static DelegateBlob seal(
            DelegatePublic publicPart, Bytes pubKeyDigest, Secret authValue, PermanentData permanent) {
        WireWriter out = new WireWriter();
        StructureTag.DELEGATE_SENSITIVE.marshal(out);
        out.secret(authValue);
        byte[] sensitive = out.toArray();
        out.wipe();
        Bytes sensitiveArea = permanent.delegateKey().encrypt(sensitive);
        Arrays.fill(sensitive, (byte) 0);
        return new DelegateBlob(publicPart, Bytes.EMPTY, pubKeyDigest, Bytes.EMPTY, sensitiveArea)
                .withIntegrity(permanent);
    }

    /** This blob in another generation of its family. */
    public DelegateBlob withVerificationCount(int count, PermanentData permanent) {
        DelegatePublic updated = publicPart.withVerificationCount(count);
        return new DelegateBlob(updated, integrityDigest, pubKeyDigest, additionalArea, sensitiveArea)
                .withIntegrity(permanent);
    }

    private DelegateBlob withIntegrity(PermanentData permanent) {
        return new DelegateBlob(publicPart, mac(permanent), pubKeyDigest, additionalArea, sensitiveArea);
    }

    /** This TPM has made the blob; else TPM_AUTHFAIL. */
    public void verify(PermanentData permanent) {
        check(mac(permanent).equals(integrityDigest), AUTHFAIL);
    }

    /** What authorizes the delegate; the caller closes it. TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE. */
    public Secret decryptAuth(PermanentData permanent) {
        byte[] sensitive = permanent.delegateKey().decrypt(sensitiveArea);
        try {
            return readAuth(WireReader.over(sensitive, TpmResult.WIRE_FAULTS));
        } finally {
            Arrays.fill(sensitive, (byte) 0);
        }
    }

    /** What authorizes the delegate, from a sensitive area that is in the clear, as before there is an owner. */
    public Secret clearAuth() {
        return readAuth(WireReader.over(sensitiveArea, TpmResult.WIRE_FAULTS));
    }

    private static Secret readAuth(WireReader in) {
        StructureTag.DELEGATE_SENSITIVE.unmarshal(in);
        return in.secret(TpmLimits.AUTHDATA_SIZE);
    }

    public void marshal(WireWriter out) {
        marshal(integrityDigest, out);
    }

    private void marshal(Bytes integrity, WireWriter out) {
        (pubKeyDigest.isEmpty() ? StructureTag.DELEGATE_OWNER_BLOB : StructureTag.DELG_KEY_BLOB).marshal(out);
        publicPart.marshal(out);
        out.bytes(integrity).bytes(pubKeyDigest).sized4(additionalArea).sized4(sensitiveArea);
    }

    /** The blob behind its size, as responses have it. */
    public void marshalSized(WireWriter out) {
        int mark = out.beginSized4();
        marshal(out);
        out.endSized4(mark);
    }

    private Bytes mac(PermanentData permanent) {
        WireWriter out = new WireWriter();
        marshal(Bytes.zeros(TpmLimits.DIGEST_SIZE), out);
        return Bytes.wrap(permanent.tpmProof().use(proof -> Hmac.mac(Digest.SHA1, proof, out.toArray())));
    }
}
