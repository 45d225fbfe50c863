package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.NV_INDEX;

import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.NvType;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * An NV Index in USER_NVRAM.
 *
 * @param publicArea of an orderly Index: with the attributes of its definition
 * @param auth the auth value; lent
 * @param data empty for an orderly Index; lent
 */
record SavedIndex(NvPublic publicArea, Secret auth, byte[] data) {
    /** sizeof(UINT32) and sizeof(NV_INDEX) of libtpms. */
    private static final int FIXED_SIZE = 4 + 148;

    static SavedIndex read(StateReader in, int handle) {
        int version = in.header(NV_INDEX);
        NvPublic area = NvPublic.unmarshal(in.at("NV_INDEX.publicArea").wire(), StateReader.ALGORITHMS);
        if (area.nvIndex().value() != handle) {
            throw in.fault("is of " + area.nvIndex() + ", the entry of 0x" + Integer.toHexString(handle));
        }
        check(in, area);
        Secret auth = in.at("NV_INDEX.authValue").secret();
        in.at("NV_INDEX").end(version);
        int expected = area.attributes().isOrderly() ? 0 : area.dataSize();
        int size = in.at("USER_NVRAM.dataSize").uint32();
        if (size != expected) {
            throw in.fault("is " + Integer.toUnsignedString(size) + " instead of " + expected);
        }
        return new SavedIndex(area, auth, in.octets(size));
    }

    /** What TPM2_NV_DefineSpace asks of every area, and the other commands take for granted. */
    private static void check(StateReader in, NvPublic area) {
        in.checkOptionalDigest(area.nameAlg(), area.authPolicy());
        NvType type = area.attributes().type();
        if (type == null) {
            throw in.fault("is of an Index without a type");
        }
        int size = area.dataSize();
        boolean fits = switch (type) {
            case ORDINARY -> true;
            case EXTEND -> size == area.nameAlg().digestSize();
            case COUNTER, BITS, PIN_FAIL, PIN_PASS -> size == Long.BYTES;
        };
        if (!fits) {
            throw in.fault("has " + size + " octets of data, which are not those of type " + type);
        }
    }

    static void write(NvPublic area, Secret auth, int dataSize, WireWriter out) {
        out.uint32(FIXED_SIZE + dataSize);
        area.nvIndex().marshal(out);
        StateWriter.header(out, NV_INDEX);
        area.marshal(out);
        out.secret2(auth);
        StateWriter.end(out);
        out.uint32(dataSize);
    }

    /** How many octets the entry takes in NV. */
    static int sizeInNv(int dataSize) {
        return FIXED_SIZE + dataSize;
    }
}
