package org.jswtpm.engine.tpm2.state;

import java.util.BitSet;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.CommandSet;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A set of commands as bits. Up to version 4 of PERSISTENT_DATA a bit counts the commands of libtpms 0.9 in the order of
 * their codes, which are the first ones of {@link CommandCode}; later it counts the codes.
 */
final class CommandBits {
    /** The last version of the old form. */
    private static final int OLD_VERSION = 4;
    /** How many commands libtpms 0.9 has. */
    private static final int OLD_COUNT = 110;

    private static final int FIRST_CODE = 0x11F;
    private static final CommandCode[] ROWS = CommandCode.values();

    private CommandBits() {}

    /** Reads a set as the codes of its commands. */
    static BitSet read(StateReader in, int version) {
        byte[] octets = in.octets(in.uint16());
        BitSet codes = new BitSet();
        for (int bit = 0; bit < octets.length * Byte.SIZE; bit++) {
            if ((octets[bit / Byte.SIZE] >>> bit % Byte.SIZE & 1) != 0) {
                int code = version <= OLD_VERSION ? oldCode(bit) : FIRST_CODE + bit;
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

    /**
     * Writes a set.
     *
     * @param version of PERSISTENT_DATA
     * @param commands those of the TPM, which tell how long the set is
     */
    static void write(BitSet codes, int version, CommandSet commands, WireWriter out) {
        boolean old = version <= OLD_VERSION;
        byte[] octets = new byte[old ? oldSize(commands) : bit(commands.last(), false) / Byte.SIZE + 1];
        for (int code = codes.nextSetBit(0); code >= 0; code = codes.nextSetBit(code + 1)) {
            int bit = bit(CommandCode.of(code), old);
            if (bit < octets.length * Byte.SIZE) {
                octets[bit / Byte.SIZE] |= (byte) (1 << bit % Byte.SIZE);
            }
        }
        out.uint16(octets.length).octets(octets);
    }

    private static int bit(CommandCode row, boolean old) {
        return old ? row.ordinal() : row.code() - FIRST_CODE;
    }

    /** libtpms counts the commands of the profile; a set in which a higher bit is needed it cannot write. */
    private static int oldSize(CommandSet commands) {
        int count = 0;
        int last = 0;
        for (int i = 0; i < OLD_COUNT; i++) {
            if (commands.isEnabled(ROWS[i])) {
                count++;
                last = i;
            }
        }
        return Math.max((count + 7) / 8, last / Byte.SIZE + 1);
    }
}
