package org.jswtpm.engine.tpm2.dispatch;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What a TPM in failure mode answers (Part 1, 12.4): TPM2_GetTestResult tells why, TPM2_GetCapability who made it, and all
 * else gets TPM_RC_FAILURE.
 */
final class FailureMode {
    private static final int CAP_TPM_PROPERTIES = 6;
    private static final int PT_MANUFACTURER = 0x105;
    private static final int PT_FIRMWARE_VERSION_2 = 0x10C;
    private static final int CAPABILITY_COMMAND_SIZE = HeaderStage.SIZE + 12;

    private final TpmState tpm;

    FailureMode(TpmState tpm) {
        this.tpm = tpm;
    }

    byte[] answer(byte[] request) {
        if (request.length >= HeaderStage.SIZE) {
            WireReader in = WireReader.over(request, TpmRc.WIRE_FAULTS);
            int tag = in.uint16();
            long size = in.unsigned32();
            CommandCode code = CommandCode.of(in.uint32());
            if (tag == StructureTag.NO_SESSIONS.value()) {
                if (code == CommandCode.GET_TEST_RESULT && size == HeaderStage.SIZE) {
                    return testResult();
                }
                if (code == CommandCode.GET_CAPABILITY
                        && size == CAPABILITY_COMMAND_SIZE
                        && request.length >= CAPABILITY_COMMAND_SIZE
                        && in.uint32() == CAP_TPM_PROPERTIES) {
                    return capability(in.uint32(), in.uint32());
                }
            }
        }
        return failure(TpmRc.FAILURE);
    }

    /** A response without parameters. */
    static byte[] failure(TpmRc answer) {
        return failure(answer.value());
    }

    /** A response without parameters. */
    static byte[] failure(int responseCode) {
        return new WireWriter()
                .uint16(StructureTag.NO_SESSIONS.value())
                .uint32(HeaderStage.SIZE)
                .uint32(responseCode)
                .toArray();
    }

    /** The place of the failure, which this TPM does not number, its reason, and TPM_RC_FAILURE. */
    private byte[] testResult() {
        WireWriter out = header();
        out.uint16(Long.BYTES + Integer.BYTES).uint64(0).uint32(tpm.selfTests().failureCode());
        return complete(out.uint32(TpmRc.FAILURE.value()));
    }

    /** One property at most. As libtpms does it, properties before the manufacturer count as that one. */
    private byte[] capability(int askedProperty, int askedCount) {
        int property = Integer.compareUnsigned(askedProperty, PT_MANUFACTURER) < 0 ? PT_MANUFACTURER : askedProperty;
        boolean more = Integer.compareUnsigned(property, PT_FIRMWARE_VERSION_2) < 0;
        WireWriter out = header().uint8(more ? 1 : 0).uint32(CAP_TPM_PROPERTIES);
        if (askedCount == 0) {
            return complete(out.uint32(0).uint32(property).uint32(property));
        }
        return complete(out.uint32(1).uint32(property).uint32(value(property)));
    }

    private static int value(int property) {
        return switch (property - PT_MANUFACTURER) {
            case 0 -> TpmIdentity.MANUFACTURER;
            case 1 -> TpmIdentity.VENDOR_STRING_1;
            case 2 -> TpmIdentity.VENDOR_STRING_2;
            case 3 -> TpmIdentity.VENDOR_STRING_3;
            case 4 -> TpmIdentity.VENDOR_STRING_4;
            case 5 -> TpmIdentity.VENDOR_TPM_TYPE;
            case 6 -> TpmIdentity.FIRMWARE_VERSION_1;
            default -> TpmIdentity.FIRMWARE_VERSION_2;
        };
    }

    private static WireWriter header() {
        return new WireWriter()
                .uint16(StructureTag.NO_SESSIONS.value())
                .uint32(0)
                .uint32(0);
    }

    private static byte[] complete(WireWriter out) {
        out.patchUint32(Short.BYTES, out.size());
        return out.toArray();
    }
}
