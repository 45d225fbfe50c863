package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The first part of a volatile state: what lasts from _TPM_Init to the loss of power.
 *
 * @param exclusiveAudit the exclusive audit session, or TPM_RH_UNASSIGNED
 * @param time Time
 * @param isPlatformEnabled phEnable
 * @param isPcrReconfigured whether TPM2_PCR_Allocate was executed
 * @param platformSequence the sequence that _TPM_Hash_Start has begun, or TPM_RH_UNASSIGNED
 * @param isHcrtmBeforeStartup whether an H-CRTM sequence came before TPM2_Startup
 * @param isStartupAtLocality3 whether TPM2_Startup came from locality 3
 * @param isProtectedEntityUsed daUsed
 * @param isStarted whether TPM2_Startup has succeeded; written here as whether the loss of power is still to be dealt with
 * @param previousOrderlyState the orderly state that TPM2_Startup found
 */
record PowerCycle(
        Handle exclusiveAudit,
        long time,
        boolean isPlatformEnabled,
        boolean isPcrReconfigured,
        Handle platformSequence,
        boolean isHcrtmBeforeStartup,
        boolean isStartupAtLocality3,
        boolean isProtectedEntityUsed,
        boolean isStarted,
        int previousOrderlyState) {

    /** Room for what libtpms 0.9 called the platform's unique details. */
    private static final int MAX_UNUSED = 64;

    static PowerCycle read(StateReader in) {
        Handle exclusiveAudit =
                new Handle(in.at("VOLATILE_STATE.exclusiveAuditSession").uint32());
        long time = in.at("VOLATILE_STATE.time").uint64();
        boolean isPlatformEnabled = in.at("VOLATILE_STATE.phEnable").bool();
        boolean isPcrReconfigured = in.at("VOLATILE_STATE.pcrReConfig").bool();
        Handle platformSequence = new Handle(in.at("VOLATILE_STATE.DRTMHandle").uint32());
        boolean isHcrtmBeforeStartup = in.at("VOLATILE_STATE.DrtmPreStartup").bool();
        boolean isStartupAtLocality3 = in.at("VOLATILE_STATE.StartupLocality3").bool();
        boolean isProtectedEntityUsed =
                in.at("VOLATILE_STATE.daUsed").neededBlock().bool();
        boolean isPowerLost = in.at("VOLATILE_STATE.powerWasLost").bool();
        int previousOrderlyState = in.at("VOLATILE_STATE.prevOrderlyState").uint16();
        in.at("VOLATILE_STATE.nvOk").bool();
        in.at("VOLATILE_STATE.platformUniqueDetails").wire().sized2(MAX_UNUSED);
        return new PowerCycle(
                exclusiveAudit,
                time,
                isPlatformEnabled,
                isPcrReconfigured,
                platformSequence,
                isHcrtmBeforeStartup,
                isStartupAtLocality3,
                isProtectedEntityUsed,
                !isPowerLost,
                previousOrderlyState);
    }

    void write(WireWriter out) {
        exclusiveAudit.marshal(out);
        out.uint64(time);
        StateWriter.bool(out, isPlatformEnabled);
        StateWriter.bool(out, isPcrReconfigured);
        platformSequence.marshal(out);
        StateWriter.bool(out, isHcrtmBeforeStartup);
        StateWriter.bool(out, isStartupAtLocality3);
        int daUsed = StateWriter.beginBlock(out);
        StateWriter.bool(out, isProtectedEntityUsed);
        out.endSized2(daUsed);
        StateWriter.bool(out, !isStarted);
        out.uint16(previousOrderlyState);
        StateWriter.bool(out, true);
        out.uint16(0);
    }
}
