package org.jswtpm.engine.tpm2.differential;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages a valid command in one or two places, most of the time keeping the size in its header true. */
final class Mutator {
    private static final int HEADER = 10;
    private static final int[] BOUNDARIES = {0, 1, 2, 4, 0x7f, 0x80, 0xff, 0x100, 0x400, 0x401, 0x7fff, 0x8000, 0xffff};
    private static final int[] HANDLES = {
        0x4000_0001, 0x4000_0007, 0x4000_0009, 0x4000_000A, 0x4000_000B, 0x4000_000C, 0x4000_000D, 0x4000_0008,
                0x8000_0000,
        0x8000_0001, 0x8000_0003, 0x8100_0000, 0x81ff_ffff, 0x0200_0000, 0x0300_0001, 0x0000_0000, 0x0000_0017,
                0x0000_0018,
        0x0100_0001, 0x01c0_0002, 0x9000_0000, 0x4000_0010, 0x4000_0110, 0xffff_ffff
    };

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    byte[] mutate(byte[] command) {
        byte[] mutant = once(command);
        return random.nextInt(4) == 0 ? once(mutant) : mutant;
    }

    private byte[] once(byte[] command) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> flipBit(command.clone());
            case 2, 3 -> setByte(command.clone());
            case 4, 5 -> setShort(command.clone());
            case 6, 7 -> setHandle(command.clone());
            case 8 -> truncate(command);
            default -> extend(command);
        };
    }

    private byte[] flipBit(byte[] command) {
        int at = random.nextInt(command.length);
        command[at] ^= (byte) (1 << random.nextInt(8));
        return command;
    }

    private byte[] setByte(byte[] command) {
        command[position(command, 1)] = (byte) random.nextInt(256);
        return command;
    }

    private byte[] setShort(byte[] command) {
        int at = position(command, 2);
        int value = BOUNDARIES[random.nextInt(BOUNDARIES.length)];
        if (at + 1 < command.length) {
            command[at] = (byte) (value >> 8);
            command[at + 1] = (byte) value;
        }
        return command;
    }

    private byte[] setHandle(byte[] command) {
        int at = HEADER + 4 * random.nextInt(3);
        if (at + 4 <= command.length) {
            putInt(command, at, HANDLES[random.nextInt(HANDLES.length)]);
        }
        return command;
    }

    private byte[] truncate(byte[] command) {
        int length = position(command, 1);
        return withSize(Arrays.copyOf(command, Math.max(length, HEADER)));
    }

    private byte[] extend(byte[] command) {
        byte[] longer = Arrays.copyOf(command, command.length + 1 + random.nextInt(8));
        for (int i = command.length; i < longer.length; i++) {
            longer[i] = (byte) random.nextInt(256);
        }
        return withSize(longer);
    }

    /** A place behind the header where {@code width} octets fit, or the last octet. */
    private int position(byte[] command, int width) {
        int span = command.length - HEADER - width + 1;
        return span <= 0 ? command.length - 1 : HEADER + random.nextInt(span);
    }

    private static byte[] withSize(byte[] command) {
        putInt(command, 2, command.length);
        return command;
    }

    private static void putInt(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 24);
        octets[at + 1] = (byte) (value >>> 16);
        octets[at + 2] = (byte) (value >>> 8);
        octets[at + 3] = (byte) value;
    }
}
