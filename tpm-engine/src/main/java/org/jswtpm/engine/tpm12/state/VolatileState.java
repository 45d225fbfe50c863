package org.jswtpm.engine.tpm12.state;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.selftest.SelfTest;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The volatile blob: all that a running TPM holds beside its permanent state. */
public final class VolatileState {
    private static final int V1 = 1;
    private static final int PARAMETERS_V1 = 1;
    private static final int STCLEAR_FLAGS_V1 = 1;
    private static final String NAME = "the TPM's volatile state";

    private VolatileState() {}

    /**
     * Fills the rooms of a TPM whose permanent state is there from {@code blob}.
     *
     * @throws StateException with TPM_FAIL; the TPM cannot be used then
     */
    public static void read(byte[] blob, TpmState tpm) throws StateException {
        Blob.read(NAME, blob, (in, place) -> {
            Blob.checkVersion(in, V1);
            Blob.checkVersion(in, PARAMETERS_V1);
            checkParameters(in);
            place.at("TPM_STCLEAR_FLAGS");
            Blob.checkVersion(in, STCLEAR_FLAGS_V1);
            tpm.stclearFlags().unmarshal(in);
            place.at("TPM_STANY_FLAGS");
            tpm.stanyFlags().unmarshal(in);
            place.at("TPM_STCLEAR_DATA");
            StclearData.read(in, tpm, true);
            check(tpm.transports().canBeExclusive(tpm.stanyFlags().transportExclusive()), BAD_HANDLE);
            place.at("TPM_STANY_DATA");
            StructureTag.STANY_DATA.unmarshal(in);
            tpm.ticks().unmarshalState(in);
            place.at("the list of keys");
            KeyCodec.readVolatileKeys(in, tpm.keys());
            place.at("the SHA-1 threads");
            tpm.sha1Thread().unmarshal(in);
            tpm.platformHash().unmarshal(in);
            place.at("the part behind the SHA-1 threads");
            tpm.setSha1TransportHandle(in.uint32());
            tpm.selfTest().setState(readSelfTest(in));
            place.at("the list of locked NV areas");
            NvCodec.readVolatile(in, tpm.nv());
        });
    }

    /** A state carries failure mode on, as in libtpms; this is the only field that may lead there. */
    private static SelfTest.State readSelfTest(WireReader in) {
        int value = in.uint32();
        SelfTest.State state = SelfTest.State.of(value);
        check(state.value() == value, INVALID_STRUCTURE);
        return state;
    }

    /** The blob of the TPM as it is now. */
    public static byte[] write(TpmState tpm) {
        WireWriter out = new WireWriter();
        out.uint16(V1).uint16(PARAMETERS_V1);
        writeParameters(out);
        out.uint16(STCLEAR_FLAGS_V1);
        tpm.stclearFlags().marshal(out);
        tpm.stanyFlags().marshal(out);
        StclearData.write(tpm, out, true);
        StructureTag.STANY_DATA.marshal(out);
        tpm.ticks().marshalState(out);
        KeyCodec.writeVolatileKeys(tpm.keys(), out);
        tpm.sha1Thread().marshal(out);
        tpm.platformHash().marshal(out);
        out.uint32(tpm.sha1TransportHandle());
        out.uint32(tpm.selfTest().state().value());
        NvCodec.writeVolatile(tpm.nv(), out);
        return Blob.complete(out);
    }

    /** How libtpms was built. A blob of a libtpms that was built otherwise cannot be read. */
    private static void writeParameters(WireWriter out) {
        out.uint8(1).uint8(2);
        out.uint16(1); // PC client
        out.uint16(TpmLimits.PCR_COUNT).uint16(TpmLimits.RSA_KEY_LENGTH_MAX);
        out.uint16(TpmLimits.KEY_HANDLES).uint16(TpmLimits.OWNER_EVICT_KEY_HANDLES);
        out.uint16(TpmLimits.FAMILY_ROWS).uint16(TpmLimits.DELEGATE_ROWS);
        out.uint16(TpmLimits.AUTH_SESSIONS).uint16(TpmLimits.TRANSPORT_SESSIONS);
        out.uint16(TpmLimits.DAA_SESSIONS).uint16(TpmLimits.COUNTERS).uint16(TpmLimits.SESSION_LIST);
        out.uint32(TpmLimits.MAX_NV_SPACE);
    }

    private static void checkParameters(WireReader in) {
        WireWriter expected = new WireWriter();
        writeParameters(expected);
        check(in.bytes(expected.size()).equals(expected.toBytes()), FAIL);
    }
}
