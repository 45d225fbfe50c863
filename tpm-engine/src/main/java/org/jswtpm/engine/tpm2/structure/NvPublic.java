package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_NV_PUBLIC, the public area of an NV Index (Part 2, 13.5).
 *
 * @param nvIndex the Index's handle
 * @param nameAlg the hash of its Name, and of an Extend Index
 * @param attributes the attributes
 * @param authPolicy the policy, or empty
 * @param dataSize how many octets of data it has, at most {@link #MAX_DATA_SIZE}
 */
public record NvPublic(Handle nvIndex, HashAlg nameAlg, NvAttributes attributes, Bytes authPolicy, int dataSize) {
    /** MAX_NV_INDEX_SIZE. */
    public static final int MAX_DATA_SIZE = 2048;

    /**
     * Reads it.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_VALUE for the handle, TPM_RC_HASH, TPM_RC_RESERVED_BITS,
     *     TPM_RC_SIZE for the policy or the size of the data
     */
    public static NvPublic unmarshal(WireReader in, AlgorithmSet algorithms) {
        Handle nvIndex = Handle.unmarshal(in);
        TpmRc.check(nvIndex.type() == Handle.TYPE_NV_INDEX, TpmRc.VALUE);
        HashAlg nameAlg = HashAlg.unmarshal(in, algorithms);
        NvAttributes attributes = NvAttributes.unmarshal(in);
        Bytes authPolicy = in.sized2(TpmLimits.MAX_DIGEST_SIZE);
        int dataSize = in.uint16();
        TpmRc.check(dataSize <= MAX_DATA_SIZE, TpmRc.SIZE);
        return new NvPublic(nvIndex, nameAlg, attributes, authPolicy, dataSize);
    }

    /** Reads a TPM2B_NV_PUBLIC (Part 2, 13.6); TPM_RC_SIZE if its size is zero or not that of what is in it. */
    public static NvPublic unmarshalSized(WireReader in, AlgorithmSet algorithms) {
        int size = in.uint16();
        TpmRc.check(size != 0, TpmRc.SIZE);
        int start = in.position();
        NvPublic area = unmarshal(in, algorithms);
        TpmRc.check(in.position() - start == size, TpmRc.SIZE);
        return area;
    }

    public void marshal(WireWriter out) {
        nvIndex.marshal(out);
        nameAlg.marshal(out);
        attributes.marshal(out);
        out.sized2(authPolicy).uint16(dataSize);
    }

    /** Writes a TPM2B_NV_PUBLIC. */
    public void marshalSized(WireWriter out) {
        int mark = out.beginSized2();
        marshal(out);
        out.endSized2(mark);
    }

    /** The same area with other attributes. */
    public NvPublic with(NvAttributes other) {
        return new NvPublic(nvIndex, nameAlg, other, authPolicy, dataSize);
    }
}
