package org.jswtpm.engine.tpm12.daa;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DAA_SESSION_DATA: a session of TPM_DAA_Join or TPM_DAA_Sign, with TPM_DAA_ISSUER, TPM_DAA_TPM, TPM_DAA_CONTEXT and
 * TPM_DAA_JOINDATA (Part 2, 22.3 to 22.6).
 */
public final class DaaSession {
    private static final int GENERIC_Q_SIZE = 26;
    private static final int SCRATCH_SIZE = 256;
    private static final int U0_SIZE = 128;
    private static final int U1_SIZE = 138;

    /** The fields of TPM_DAA_ISSUER behind the tag: six digests and DAA_generic_q. */
    private final byte[] issuer = new byte[6 * TpmLimits.DIGEST_SIZE + GENERIC_Q_SIZE];
    /** The digests of TPM_DAA_TPM. */
    private final byte[] tpmSpecific = new byte[4 * TpmLimits.DIGEST_SIZE];

    private int count;
    /** DAA_digestContext, DAA_digest, DAA_contextSeed. */
    private final byte[] context = new byte[3 * TpmLimits.DIGEST_SIZE];

    private final byte[] scratch = new byte[SCRATCH_SIZE];
    private int stage;
    private boolean scratchNull = true;
    /** DAA_join_u0, DAA_join_u1, DAA_digest_n0. */
    private final byte[] joinData = new byte[U0_SIZE + U1_SIZE + TpmLimits.DIGEST_SIZE];

    private int handle;

    /** Its handle. */
    public int handle() {
        return handle;
    }

    public void setHandle(int newHandle) {
        handle = newHandle;
    }

    public static DaaSession unmarshal(WireReader in) {
        DaaSession session = new DaaSession();
        StructureTag.DAA_ISSUER.unmarshal(in);
        fill(session.issuer, in);
        StructureTag.DAA_TPM.unmarshal(in);
        fill(session.tpmSpecific, in);
        session.count = in.uint32();
        StructureTag.DAA_CONTEXT.unmarshal(in);
        fill(session.context, in);
        fill(session.scratch, in);
        session.stage = in.uint8();
        session.scratchNull = TpmBool.unmarshal(in);
        fill(session.joinData, in);
        session.handle = in.uint32();
        return session;
    }

    public void marshal(WireWriter out) {
        StructureTag.DAA_ISSUER.marshal(out);
        out.octets(issuer);
        StructureTag.DAA_TPM.marshal(out);
        out.octets(tpmSpecific).uint32(count);
        StructureTag.DAA_CONTEXT.marshal(out);
        out.octets(context).octets(scratch).uint8(stage);
        TpmBool.marshal(scratchNull, out);
        out.octets(joinData).uint32(handle);
    }

    /** Wipes what is secret. */
    public void wipe() {
        Arrays.fill(tpmSpecific, (byte) 0);
        Arrays.fill(context, (byte) 0);
        Arrays.fill(scratch, (byte) 0);
        Arrays.fill(joinData, (byte) 0);
    }

    private static void fill(byte[] target, WireReader in) {
        byte[] read = in.octets(target.length);
        System.arraycopy(read, 0, target, 0, target.length);
        Arrays.fill(read, (byte) 0);
    }
}
