package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.lockout.Lockout;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmVersionInfo;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Writes the areas of TPM_GetCapability (Part 2, 21.1). */
final class CapabilityReport {
    private static final int CAP_FLAG_PERMANENT = 0x108;
    private static final int CAP_FLAG_VOLATILE = 0x109;
    private static final int DA_ACTION_TIMEOUT = 1;

    private final TpmState tpm;
    private final WireWriter out;

    CapabilityReport(TpmState tpm, WireWriter out) {
        this.tpm = tpm;
        this.out = out;
    }

    void write(CapabilityArea area, SubCap subCap) {
        switch (area) {
            case ORD -> TpmBool.marshal(isSupported(subCap.uint32()), out);
            case ALG -> TpmBool.marshal(subCap.uint32() == AlgorithmId.RSA, out);
            case PID -> TpmBool.marshal(isProtocol(subCap.uint16()), out);
            case FLAG -> writeFlags(subCap.uint32());
            case PROPERTY -> CapabilityProperty.write(subCap.uint32(), tpm, out);
            case VERSION -> TpmVersionInfo.marshalStructVer(out);
            case KEY_HANDLE -> HandleList.keys(tpm).marshal(out);
            case CHECK_LOADED -> TpmBool.marshal(isRoomFor(subCap), out);
            case SYM_MODE -> writeNoSymMode(subCap.uint32());
            case KEY_STATUS -> TpmBool.marshal(tpm.keys().get(subCap.uint32()).isOwnerEvict(), out);
            case NV_LIST -> writeNvList();
            case NV_INDEX -> writeNvIndex(subCap.uint32());
            case TRANS_ALG -> TpmBool.marshal(isTransportAlgorithm(subCap.uint32()), out);
            case HANDLE -> writeHandles(subCap.uint32());
            case TRANS_ES -> TpmBool.marshal(isTransportScheme(subCap.uint16()), out);
            case AUTH_ENCRYPT -> TpmBool.marshal(isAuthEncryption(subCap.uint32()), out);
            case SELECT_SIZE -> TpmBool.marshal(isSelectSize(subCap.reader()), out);
            case DA_LOGIC -> writeDaLogic();
            case VERSION_VAL -> TpmVersionInfo.marshal(out);
            case MFR, UNKNOWN -> throw BAD_MODE.exception();
        }
    }

    private static boolean isSupported(int code) {
        Ordinal ordinal = Ordinal.of(code);
        return ordinal != null && ordinal.isSupported();
    }

    private static boolean isProtocol(int protocol) {
        return protocol >= 1 && protocol <= 7;
    }

    /** The TPM encrypts with no symmetric key of a caller's, in no mode. */
    private void writeNoSymMode(int unused) {
        TpmBool.marshal(false, out);
    }

    private void writeFlags(int which) {
        switch (which) {
            case CAP_FLAG_PERMANENT -> tpm.permanentFlags().marshal(out);
            case CAP_FLAG_VOLATILE -> tpm.stclearFlags().marshal(out);
            default -> throw BAD_MODE.exception();
        }
    }

    private boolean isRoomFor(SubCap subCap) {
        return KeyParms.unmarshal(subCap.reader()).algorithmId() == AlgorithmId.RSA
                && tpm.keys().freeCount() > 0;
    }

    private void writeNvList() {
        for (NvArea area : tpm.nv().areas()) {
            out.uint32(area.publicArea().nvIndex());
        }
    }

    private void writeNvIndex(int index) {
        NvArea area = tpm.nv().get(index);
        area.publicArea().marshal(area.use(), out);
    }

    private static boolean isTransportAlgorithm(int algorithm) {
        return algorithm == AlgorithmId.MGF1 || algorithm == AlgorithmId.AES128;
    }

    private static boolean isTransportScheme(int scheme) {
        return scheme == AlgorithmId.ES_SYM_CTR || scheme == AlgorithmId.ES_SYM_OFB;
    }

    private static boolean isAuthEncryption(int algorithm) {
        return algorithm == AlgorithmId.XOR || algorithm == AlgorithmId.AES128;
    }

    private void writeHandles(int resourceType) {
        HandleList list = HandleList.of(resourceType, tpm);
        check(list != null, BAD_PARAMETER);
        list.marshal(out);
    }

    /** TPM_SELECT_SIZE (Part 2, 8.8). */
    private static boolean isSelectSize(WireReader in) {
        check(in.uint8() == 1, BAD_PARAMETER);
        int minor = in.uint8();
        check(minor == 1 || minor == 2, BAD_PARAMETER);
        int size = in.uint16();
        return size > 0 && size <= TpmLimits.PCR_COUNT / Byte.SIZE;
    }

    /** TPM_DA_INFO or TPM_DA_INFO_LIMITED (Part 2, 21.10 and 21.11). */
    private void writeDaLogic() {
        boolean isLimited = tpm.permanentFlags().is(PermanentFlag.DISABLE_FULL_DA_LOGIC_INFO);
        (isLimited ? StructureTag.DA_INFO_LIMITED : StructureTag.DA_INFO).marshal(out);
        TpmBool.marshal(tpm.lockout().isActive(), out);
        if (!isLimited) {
            out.uint16(tpm.lockout().failCount()).uint16(Lockout.THRESHOLD);
        }
        StructureTag.DA_ACTION_TYPE.marshal(out);
        out.uint32(DA_ACTION_TIMEOUT);
        if (!isLimited) {
            out.uint32(tpm.lockout().timeLeft());
        }
        out.uint32(0);
    }
}
