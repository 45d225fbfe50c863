package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.wire.WireWriter;

/**
 * PA_COMPILE_CONSTANTS: what the writer of a state was built with. A reader refuses what would not fit it.
 */
final class CompileConstants {
    /** How many there were before version 3. */
    private static final int OLD_COUNT = 88;

    /** The values of libtpms 0.9 and 0.11, in their order. */
    private static final int[] VALUES = {
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // RSA to SHA512
        0, 0, // SM3_256, SM4
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // RSASSA to ECB
        3072, 192, 256, 128, 128, // bits of RSA, TDES, AES, SM4, Camellia keys
        1, 1, 1, 1, 1, 1, 1, 1, 638, // curves, bits of ECC keys
        4, 4, 24, 24, 17, 0, 5, 3, 64, 3, 3, 3, 7, 1, 1, // alignments to PCR groups
        2680, 1024, 2048, 1024, 1024, 176832, // sizes of contexts, buffers, NV Indices, NV
        8, 16, 64, 64, 6, 12, 1, 8, 128, 64, 512, 65537, 1, 1, 0, 1024, 8192, 64, 4, // counters to hashes
        1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, // key sizes, SHA3; since version 3
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 // ACTs
    };

    /** The indices before {@link #OLD_COUNT} whose values may be below ours; behind it all may. */
    private static final int[] MAY_BE_LESS = {3, 21, 23, 26, 28, 34, 39, 40, 41, 42, 43, 44, 45, 46, 47, 60, 63, 68};

    private CompileConstants() {}

    static void write(WireWriter out) {
        StateWriter.header(out, StateBlock.PA_COMPILE_CONSTANTS);
        out.uint32(VALUES.length);
        for (int value : VALUES) {
            out.uint32(value);
        }
        StateWriter.end(out);
    }

    static void check(StateReader in) {
        int version = in.header(StateBlock.PA_COMPILE_CONSTANTS);
        if (version > StateBlock.PA_COMPILE_CONSTANTS.newest()) {
            throw in.fault("has version " + version + "; only versions up to "
                    + StateBlock.PA_COMPILE_CONSTANTS.newest() + " can be read");
        }
        int expected = version < 3 ? OLD_COUNT : VALUES.length;
        int count = in.at("PA_COMPILE_CONSTANTS.count").uint32();
        if (count != expected) {
            throw in.fault("is " + count + " instead of " + expected);
        }
        for (int i = 0; i < expected; i++) {
            checkValue(in.at("PA_COMPILE_CONSTANTS"), i);
        }
        in.at("PA_COMPILE_CONSTANTS").end(version);
    }

    private static void checkValue(StateReader in, int index) {
        int value = in.uint32();
        boolean good = mayBeLess(index) ? Integer.compareUnsigned(value, VALUES[index]) <= 0 : value == VALUES[index];
        if (!good) {
            throw in.fault("says that its writer was built otherwise: value " + index + " is "
                    + Integer.toUnsignedString(value) + ", here it is " + VALUES[index]);
        }
    }

    private static boolean mayBeLess(int index) {
        if (index >= OLD_COUNT) {
            return true;
        }
        for (int other : MAY_BE_LESS) {
            if (other == index) {
                return true;
            }
        }
        return false;
    }
}
