package org.jswtpm.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fuzzer's input says: commands, one after the other.
 *
 * <pre>
 *   0         1        3
 *  | control | length | length octets of a command | the next one ...
 * </pre>
 *
 * <p>The low bits of the control octet are the locality. Its high bit leaves the size in the command's header as it is;
 * else the true size is put there, since a fuzzer would guess it too rarely to get anywhere.
 */
record CommandScript(List<Step> steps) {
    private static final int RAW = 0x80;
    private static final int LOCALITIES = 5;
    private static final int HEADER = 10;
    private static final int MAX_STEPS = 40;

    /**
     * @param command the whole command
     * @param locality 0 to 4
     */
    record Step(byte[] command, int locality) {}

    /** Whatever the octets are, they are a script. */
    static CommandScript of(byte[] input) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at + 3 <= input.length && steps.size() < MAX_STEPS) {
            int control = input[at] & 0xff;
            int length = (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff;
            at += 3;
            byte[] command = new byte[Math.min(length, input.length - at)];
            System.arraycopy(input, at, command, 0, command.length);
            at += command.length;
            if ((control & RAW) == 0 && command.length >= HEADER) {
                putSize(command);
            }
            steps.add(new Step(command, (control & ~RAW) % LOCALITIES));
        }
        return new CommandScript(steps);
    }

    /** The input that says these commands, at locality 0. */
    static byte[] ofCommands(List<byte[]> commands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] command : commands) {
            out.write(0);
            out.write(command.length >> 8);
            out.write(command.length);
            out.writeBytes(command);
        }
        return out.toByteArray();
    }

    private static void putSize(byte[] command) {
        command[2] = 0;
        command[3] = 0;
        command[4] = (byte) (command.length >> 8);
        command[5] = (byte) command.length;
    }
}
