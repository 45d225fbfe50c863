package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.selftest.SelfTest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetCapability: what the TPM is and has.
 *
 * <p>Part 3, 7.1. TPM_BAD_MODE and what a part of it gives; in failure mode most of it is TPM_FAILEDSELFTEST.
 */
public final class GetCapability implements Command<GetCapability.In, Bytes> {
    record In(int capArea, SubCap subCap) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint32(), new SubCap(in.sized()));
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        CapabilityArea area = CapabilityArea.of(in.capArea);
        if (tpm.selfTest().state() != SelfTest.State.FULL && !isKnownUntested(area, in.subCap)) {
            check(!tpm.selfTest().isFailed(), FAILEDSELFTEST);
            tpm.selfTest().complete();
        }
        WireWriter response = new WireWriter();
        new CapabilityReport(tpm, response).write(area, in.subCap);
        return response.toBytes();
    }

    private static boolean isKnownUntested(CapabilityArea area, SubCap subCap) {
        return switch (area) {
            case VERSION, VERSION_VAL, MFR -> true;
            case PROPERTY -> CapabilityProperty.isKnownUntested(subCap.value32());
            default -> false;
        };
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
