package org.jswtpm.engine.tpm2.structure;

import java.util.List;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_CREATION_DATA, the circumstances in which an object was created (Part 2, 15.1).
 *
 * @param pcrSelect the PCRs that {@code pcrDigest} covers
 * @param pcrDigest their digest, with the Name algorithm of the object
 * @param locality TPMA_LOCALITY
 * @param parentNameAlg the Name algorithm of the parent; TPM_ALG_NULL for a hierarchy
 * @param parentName the Name of the parent; the handle of a hierarchy
 * @param parentQualifiedName the Qualified Name of the parent; the handle of a hierarchy
 * @param outsideInfo what the caller said of it; at most 66 octets
 */
public record TpmsCreationData(
        List<PcrSelection> pcrSelect,
        Bytes pcrDigest,
        int locality,
        HashAlg parentNameAlg,
        Bytes parentName,
        Bytes parentQualifiedName,
        Bytes outsideInfo) {
    public void marshal(WireWriter out) {
        PcrSelection.marshalList(pcrSelect, out);
        out.sized2(pcrDigest);
        out.uint8(locality);
        parentNameAlg.marshal(out);
        out.sized2(parentName).sized2(parentQualifiedName).sized2(outsideInfo);
    }

    /** The octets of the structure. */
    public Bytes toBytes() {
        WireWriter out = new WireWriter();
        marshal(out);
        return out.toBytes();
    }
}
