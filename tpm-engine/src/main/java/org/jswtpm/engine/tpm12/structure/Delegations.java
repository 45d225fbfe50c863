package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DELEGATIONS (Part 2, 20.2): the commands that a delegate may run.
 *
 * @param type {@link #OWNER_BITS} or {@link #KEY_BITS}
 * @param per1 a bit for each command
 * @param per2 more bits; none of them has a meaning
 */
public record Delegations(int type, int per1, int per2) {
    /** TPM_DEL_OWNER_BITS. */
    public static final int OWNER_BITS = 1;
    /** TPM_DEL_KEY_BITS. */
    public static final int KEY_BITS = 2;

    /** What permits nothing. */
    public static final Delegations NONE = new Delegations(KEY_BITS, 0, 0);

    private static final int KEY_PER1_MASK = 0x1FFF_FFFF;

    /** Else TPM_INVALID_STRUCTURE, TPM_BAD_PARAMETER. */
    public static Delegations unmarshal(WireReader in) {
        StructureTag.DELEGATIONS.unmarshal(in);
        Delegations read = new Delegations(in.uint32(), in.uint32(), in.uint32());
        boolean isValid = read.per2 == 0
                && (read.type == OWNER_BITS || read.type == KEY_BITS && (read.per1 & ~KEY_PER1_MASK) == 0);
        TpmResult.check(isValid, BAD_PARAMETER);
        return read;
    }

    public void marshal(WireWriter out) {
        StructureTag.DELEGATIONS.marshal(out);
        out.uint32(type).uint32(per1).uint32(per2);
    }

    /** Whether {@code other} permits nothing that this does not. */
    public boolean covers(Delegations other) {
        return (other.per1 & ~per1) == 0 && (other.per2 & ~per2) == 0;
    }

    /** Whether a command whose bit is {@code permission} is permitted; -1 never is. */
    public boolean permits(int permission) {
        return permission >= 0 && (per1 >>> permission & 1) != 0;
    }
}
