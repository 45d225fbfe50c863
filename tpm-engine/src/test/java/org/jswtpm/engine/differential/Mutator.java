package org.jswtpm.engine.differential;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Damages a valid command in one or two places, most of the time keeping the size in its header true. */
public final class Mutator {
    private static final int HEADER = 10;
    private static final int[] BOUNDARIES = {0, 1, 2, 4, 0x7f, 0x80, 0xff, 0x100, 0x400, 0x401, 0x7fff, 0x8000, 0xffff};

    private final RandomGenerator random;
    private final int[] handles;

    /** @param handles what handles are replaced by */
    public Mutator(RandomGenerator random, int... handles) {
        this.random = random;
        this.handles = handles.clone();
    }

    /** A damaged copy. */
    public byte[] mutate(byte[] command) {
        return next(command.length).apply(command);
    }

    /** The next damage, for any command of this length: the same one in all of them. It leaves the command itself as it is. */
    public UnaryOperator<byte[]> next(int length) {
        UnaryOperator<byte[]> first = once(length);
        if (random.nextInt(4) != 0) {
            return first;
        }
        UnaryOperator<byte[]> second = once(first.apply(new byte[length]).length);
        return command -> second.apply(first.apply(command));
    }

    private UnaryOperator<byte[]> once(int length) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> flipBit(length);
            case 2, 3 -> setByte(length);
            case 4, 5 -> setShort(length);
            case 6, 7 -> setHandle(length);
            case 8 -> truncate(length);
            default -> extend(length);
        };
    }

    private UnaryOperator<byte[]> flipBit(int length) {
        int at = random.nextInt(length);
        int bit = 1 << random.nextInt(8);
        return command -> with(command, at, (byte) (command[at] ^ bit));
    }

    private UnaryOperator<byte[]> setByte(int length) {
        int at = position(length, 1);
        int value = random.nextInt(256);
        return command -> with(command, at, (byte) value);
    }

    private UnaryOperator<byte[]> setShort(int length) {
        int at = position(length, 2);
        int value = BOUNDARIES[random.nextInt(BOUNDARIES.length)];
        return at + 1 >= length ? byte[]::clone : command -> with(command, at, (byte) (value >> 8), (byte) value);
    }

    private UnaryOperator<byte[]> setHandle(int length) {
        int at = HEADER + 4 * random.nextInt(3);
        if (at + 4 > length) {
            return byte[]::clone;
        }
        int handle = handles[random.nextInt(handles.length)];
        return command -> withInt(command.clone(), at, handle);
    }

    private UnaryOperator<byte[]> truncate(int length) {
        int newLength = Math.max(position(length, 1), HEADER);
        return command -> withSize(Arrays.copyOf(command, newLength));
    }

    private UnaryOperator<byte[]> extend(int length) {
        byte[] more = new byte[1 + random.nextInt(8)];
        for (int i = 0; i < more.length; i++) {
            more[i] = (byte) random.nextInt(256);
        }
        return command -> {
            byte[] longer = Arrays.copyOf(command, length + more.length);
            System.arraycopy(more, 0, longer, length, more.length);
            return withSize(longer);
        };
    }

    /** A place behind the header where {@code width} octets fit, or the last octet. */
    private int position(int length, int width) {
        int span = length - HEADER - width + 1;
        return span <= 0 ? length - 1 : HEADER + random.nextInt(span);
    }

    private static byte[] with(byte[] command, int at, byte... octets) {
        byte[] copy = command.clone();
        System.arraycopy(octets, 0, copy, at, octets.length);
        return copy;
    }

    private static byte[] withSize(byte[] command) {
        return withInt(command, 2, command.length);
    }

    private static byte[] withInt(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 24);
        octets[at + 1] = (byte) (value >>> 16);
        octets[at + 2] = (byte) (value >>> 8);
        octets[at + 3] = (byte) value;
        return octets;
    }
}
