package org.jswtpm.engine.tpm12.state;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_STCLEAR_DATA (Part 2, 7.5): a part of the volatile and of the saved state. */
final class StclearData {
    /** The tag of TPM_STCLEAR_DATA; the last response stands at its end, which nobody needs. */
    private static final int V1 = 0x0023;

    private static final int V2 = 0x0024;

    private StclearData() {}

    /** @param withResettable whether the PCRs that can be reset are there too */
    static void read(WireReader in, TpmState tpm, boolean withResettable) {
        int version = in.uint16();
        check(version == V1 || version == V2, FAIL);
        tpm.contexts().setContextNonceKey(in.bytes(TpmLimits.NONCE_SIZE));
        tpm.counters().setActiveId(in.uint32());
        tpm.delegations().setOwnerReference(in.uint32());
        boolean isResetDisabled = TpmBool.unmarshal(in);
        tpm.pcrs().unmarshal(in, withResettable);
        tpm.setDeferredPhysicalPresence(in.uint32());
        tpm.lockout().restore(in.uint32(), in.uint32(), isResetDisabled);
        tpm.authSessions().unmarshal(in);
        tpm.transports().unmarshal(in);
        tpm.daaSessions().unmarshal(in);
        tpm.contexts().unmarshalSessions(in);
        tpm.audit().setDigest(in.bytes(TpmLimits.DIGEST_SIZE));
        if (version == V1) {
            in.sized4(TpmLimits.ALLOC_MAX);
            in.uint32();
        }
    }

    static void write(TpmState tpm, WireWriter out, boolean withResettable) {
        out.uint16(V2).bytes(tpm.contexts().contextNonceKey());
        out.uint32(tpm.counters().activeId()).uint32(tpm.delegations().ownerReference());
        TpmBool.marshal(tpm.lockout().isResetDisabled(), out);
        tpm.pcrs().marshal(out, withResettable);
        out.uint32(tpm.deferredPhysicalPresence());
        out.uint32(tpm.lockout().failCount()).uint32(tpm.lockout().failTime());
        tpm.authSessions().marshal(out);
        tpm.transports().marshal(out);
        tpm.daaSessions().marshal(out);
        tpm.contexts().marshalSessions(out);
        out.bytes(tpm.audit().digest());
    }
}
