package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;

import org.jswtpm.engine.wire.WireReader;

/**
 * TPM_KEY_FLAGS (Part 2, 5.10).
 *
 * @param bits as on the wire
 */
public record KeyFlags(int bits) {
    public static final KeyFlags NONE = new KeyFlags(0);

    public static final int REDIRECTION = 1;
    public static final int MIGRATABLE = 2;
    public static final int IS_VOLATILE = 4;
    public static final int PCR_IGNORED_ON_READ = 8;
    public static final int MIGRATE_AUTHORITY = 16;

    private static final int MASK = 0x1F;

    /** Else TPM_BAD_KEY_PROPERTY. */
    public static KeyFlags unmarshal(WireReader in) {
        int bits = in.uint32();
        TpmResult.check((bits & ~MASK) == 0, BAD_KEY_PROPERTY);
        return new KeyFlags(bits);
    }

    /** Whether the flag is set. */
    public boolean has(int flag) {
        return (bits & flag) != 0;
    }
}
