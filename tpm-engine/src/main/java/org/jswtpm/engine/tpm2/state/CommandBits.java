package org.jswtpm.engine.tpm2.state;

import java.util.BitSet;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A set of commands as bits. Up to version 4 of PERSISTENT_DATA a bit counts the commands of libtpms 0.9 in the order of
 * their codes, which are the first ones of {@link CommandCode}; later it counts the codes.
 */
final class CommandBits {
    /** How many commands libtpms 0.9 has. */
    private static final int OLD_COUNT = 110;

    private static final int OLD_SIZE = (OLD_COUNT + 7) / 8;
    private static final int FIRST_CODE = 0x11F;
    private static final CommandCode[] ROWS = CommandCode.values();

    private CommandBits() {}

    /** Reads a set as the codes of its commands. */
    static BitSet read(StateReader in, int version) {
        byte[] octets = in.octets(in.uint16());
        BitSet codes = new BitSet();
        for (int bit = 0; bit < octets.length * Byte.SIZE; bit++) {
            if ((octets[bit / Byte.SIZE] >>> bit % Byte.SIZE & 1) != 0) {
                int code = version <= 4 ? oldCode(bit) : FIRST_CODE + bit;
                if (CommandCode.of(code) != null) {
                    codes.set(code);
                }
            }
        }
        return codes;
    }

    private static int oldCode(int bit) {
        return bit < OLD_COUNT ? ROWS[bit].code() : 0;
    }

    /** Writes the codes in the old form. */
    static void write(BitSet codes, WireWriter out) {
        byte[] octets = new byte[OLD_SIZE];
        for (int code = codes.nextSetBit(0); code >= 0; code = codes.nextSetBit(code + 1)) {
            int bit = CommandCode.of(code).ordinal();
            if (bit < OLD_COUNT) {
                octets[bit / Byte.SIZE] |= (byte) (1 << bit % Byte.SIZE);
            }
        }
        out.uint16(OLD_SIZE).octets(octets);
    }
}
