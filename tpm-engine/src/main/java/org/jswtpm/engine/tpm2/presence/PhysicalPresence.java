package org.jswtpm.engine.tpm2.presence;

import java.util.BitSet;
import org.jswtpm.engine.tpm2.nv.NvChanges;

/**
 * Which commands need physical presence with platform authorization (Part 1, 13.5), by their codes.
 *
 * <p>As in libtpms, whose platform has no such switch, physical presence is never asserted.
 */
public final class PhysicalPresence {
    private final NvChanges changes;
    private final BitSet required = new BitSet();

    public PhysicalPresence(NvChanges changes) {
        this.changes = changes;
    }

    /** Whether somebody is present. */
    public boolean isAsserted() {
        return false;
    }

    /** Whether the command of {@code code} needs physical presence. */
    public boolean isRequired(int code) {
        return required.get(code);
    }

    /** Sets whether the command of {@code code} needs physical presence, to be committed. */
    public void setRequired(int code, boolean isRequired) {
        required.set(code, isRequired);
        changes.nvChanged();
    }

    /** Sets what was kept in NV: the codes of the commands. */
    public void restore(BitSet codes) {
        required.clear();
        required.or(codes);
    }

    /** The codes of the commands that need it; a copy. */
    public BitSet codes() {
        return (BitSet) required.clone();
    }
}
