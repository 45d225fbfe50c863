package org.jswtpm.engine.tpm12.state;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.List;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.structure.NvDataPublic;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The areas of NV in a blob. */
final class NvCodec {
    private static final int V1 = 1;
    /** Digests of PCRs are left out where no PCR is selected. */
    private static final int V2 = 2;

    private static final int VOLATILE_V1 = 1;

    private NvCodec() {}

    static void read(WireReader in, NvMemory nv) {
        int version = in.uint16();
        check(version == V1 || version == V2, FAIL);
        long count = in.unsigned32();
        for (long i = 0; i < count; i++) {
            NvArea area = readArea(in, version == V2);
            check(nv.find(area.publicArea().nvIndex()) == null, BADINDEX);
            nv.add(area);
        }
        check(nv.freeSpace() >= 0, NOSPACE);
    }

    private static NvArea readArea(WireReader in, boolean isShortened) {
        StructureTag.NV_DATA_SENSITIVE.unmarshal(in);
        NvDataPublic.WithUse read = NvDataPublic.unmarshal(in, isShortened);
        NvDataPublic area = read.area();
        check(area.nvIndex() != NvMemory.INDEX_LOCK, FAIL);
        Secret auth = in.secret(TpmLimits.AUTHDATA_SIZE);
        boolean hasData = !NvMemory.isGpio(area.nvIndex());
        check(area.dataSize() <= TpmLimits.ALLOC_MAX, FAIL);
        byte[] data = hasData ? in.octets((int) area.dataSize()) : new byte[0];
        return new NvArea(area, auth, data, read.use());
    }

    static void write(NvMemory nv, WireWriter out) {
        List<NvArea> areas = nv.areas();
        out.uint16(V2).uint32(areas.size());
        for (NvArea area : areas) {
            NvMemory.marshal(area, out);
        }
    }

    /** Which areas are locked until the next start: a part of the volatile and of the saved state. */
    static void readVolatile(WireReader in, NvMemory nv) {
        Blob.checkVersion(in, VOLATILE_V1);
        List<NvArea> areas = nv.areas();
        check(in.unsigned32() == areas.size(), FAIL);
        for (NvArea area : areas) {
            boolean readSTClear = TpmBool.unmarshal(in);
            boolean writeSTClear = TpmBool.unmarshal(in);
            area.setUse(
                    new NvDataPublic.Use(readSTClear, writeSTClear, area.use().writeDefine()));
        }
    }

    static void writeVolatile(NvMemory nv, WireWriter out) {
        List<NvArea> areas = nv.areas();
        out.uint16(VOLATILE_V1).uint32(areas.size());
        for (NvArea area : areas) {
            TpmBool.marshal(area.use().readSTClear(), out);
            TpmBool.marshal(area.use().writeSTClear(), out);
        }
    }
}
