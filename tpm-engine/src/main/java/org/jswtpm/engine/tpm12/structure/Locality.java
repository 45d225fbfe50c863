package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_LOCALITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;

import org.jswtpm.engine.wire.WireReader;

/** TPM_LOCALITY_SELECTION (Part 2, 8.6): a bit for each locality. */
public final class Locality {
    public static final int ONE = 1 << 1;
    public static final int TWO = 1 << 2;
    public static final int THREE = 1 << 3;
    public static final int FOUR = 1 << 4;
    public static final int ALL = 0x1F;

    private Locality() {}

    /** A selection of at least one locality and of nothing else; else TPM_INVALID_STRUCTURE. */
    public static int unmarshal(WireReader in) {
        int selection = in.uint8();
        TpmResult.check(selection != 0 && (selection & ~ALL) == 0, INVALID_STRUCTURE);
        return selection;
    }

    /** Ends the command with TPM_BAD_LOCALITY unless {@code locality}, 0 to 4, is selected. */
    public static void check(int selection, int locality) {
        TpmResult.check(isSelected(selection, locality), BAD_LOCALITY);
    }

    /** Whether {@code locality}, 0 to 4, is selected. */
    public static boolean isSelected(int selection, int locality) {
        return (selection >>> locality & 1) != 0;
    }
}
