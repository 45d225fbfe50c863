package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_NV_DATA_PUBLIC (Part 2, 19.3), without the three flags that tell how an area was used since: they belong to the area.
 *
 * @param nvIndex the area's number
 * @param pcrInfoRead what PCRs and localities reading needs
 * @param pcrInfoWrite what PCRs and localities writing needs
 * @param permission the bits of TPM_NV_ATTRIBUTES
 * @param dataSize octets of the area, unsigned
 */
public record NvDataPublic(
        int nvIndex, PcrInfoShort pcrInfoRead, PcrInfoShort pcrInfoWrite, NvPermission permission, long dataSize) {
    /** TPM_NV_DATA_PUBLIC's flags: read or written with size 0 since the last start, written with size 0 ever. */
    public record Use(boolean readSTClear, boolean writeSTClear, boolean writeDefine) {
        /** An area that nobody has used. */
        public static final Use NONE = new Use(false, false, false);
    }

    /** The public part of an area and how it was used. */
    public record WithUse(NvDataPublic area, Use use) {}

    /** As it is on the wire; a command's word on how the area was used has no meaning. */
    public static NvDataPublic unmarshal(WireReader in) {
        return unmarshal(in, false).area;
    }

    /** As it is in a state. */
    public static WithUse unmarshal(WireReader in, boolean isShortened) {
        StructureTag.NV_DATA_PUBLIC.unmarshal(in);
        int nvIndex = in.uint32();
        PcrInfoShort read = isShortened ? PcrInfoShort.unmarshalShortened(in) : PcrInfoShort.unmarshal(in);
        PcrInfoShort write = isShortened ? PcrInfoShort.unmarshalShortened(in) : PcrInfoShort.unmarshal(in);
        StructureTag.NV_ATTRIBUTES.unmarshal(in);
        NvPermission permission = new NvPermission(in.uint32());
        Use use = new Use(TpmBool.unmarshal(in), TpmBool.unmarshal(in), TpmBool.unmarshal(in));
        return new WithUse(new NvDataPublic(nvIndex, read, write, permission, in.unsigned32()), use);
    }

    /** As it is on the wire. */
    public void marshal(Use use, WireWriter out) {
        marshal(use, false, out);
    }

    /** As libtpms keeps it: without the digests of PCRs where none is selected. */
    public void marshalShortened(Use use, WireWriter out) {
        marshal(use, true, out);
    }

    private void marshal(Use use, boolean isShortened, WireWriter out) {
        StructureTag.NV_DATA_PUBLIC.marshal(out);
        out.uint32(nvIndex);
        if (isShortened) {
            pcrInfoRead.marshalShortened(out);
            pcrInfoWrite.marshalShortened(out);
        } else {
            pcrInfoRead.marshal(out);
            pcrInfoWrite.marshal(out);
        }
        StructureTag.NV_ATTRIBUTES.marshal(out);
        out.uint32(permission.bits());
        TpmBool.marshal(use.readSTClear, out);
        TpmBool.marshal(use.writeSTClear, out);
        TpmBool.marshal(use.writeDefine, out);
        out.uint32((int) dataSize);
    }
}
