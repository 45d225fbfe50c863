package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CONTEXT_BLOB (Part 2, 18.1): a resource that was saved outside of the TPM.
 *
 * @param resourceType one of {@link ResourceType}
 * @param handle the handle that the resource had
 * @param label the caller's name for it, 16 octets
 * @param contextCount its number in the list of contexts; 0 for a key
 * @param integrityDigest the HMAC over this structure with zeros here and the sensitive data in the clear
 * @param additionalData what other TPMs need
 * @param sensitiveData TPM_CONTEXT_SENSITIVE, encrypted
 */
public record ContextBlob(
        int resourceType,
        int handle,
        Bytes label,
        int contextCount,
        Bytes integrityDigest,
        Bytes additionalData,
        Bytes sensitiveData) {
    /** How long a label is. */
    public static final int LABEL_SIZE = 16;

    /** A blob that has neither integrityDigest nor sensitive data yet. */
    public static ContextBlob head(int resourceType, int handle, Bytes label, int contextCount) {
        return new ContextBlob(
                resourceType,
                handle,
                label,
                contextCount,
                Bytes.zeros(TpmLimits.DIGEST_SIZE),
                Bytes.EMPTY,
                Bytes.EMPTY);
    }

    /** Else TPM_INVALID_STRUCTURE. */
    public static ContextBlob unmarshal(WireReader in) {
        StructureTag.CONTEXTBLOB.unmarshal(in);
        return new ContextBlob(
                in.uint32(),
                in.uint32(),
                in.bytes(LABEL_SIZE),
                in.uint32(),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.sized4(TpmLimits.ALLOC_MAX),
                in.sized4(TpmLimits.ALLOC_MAX));
    }

    public void marshal(WireWriter out) {
        StructureTag.CONTEXTBLOB.marshal(out);
        out.uint32(resourceType).uint32(handle).bytes(label).uint32(contextCount);
        out.bytes(integrityDigest).sized4(additionalData).sized4(sensitiveData);
    }

    /** This blob with another integrityDigest and sensitive data. */
    public ContextBlob with(Bytes newIntegrityDigest, Bytes newSensitiveData) {
        return new ContextBlob(
                resourceType, handle, label, contextCount, newIntegrityDigest, additionalData, newSensitiveData);
    }
}
