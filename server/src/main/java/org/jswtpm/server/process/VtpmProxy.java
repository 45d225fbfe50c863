package org.jswtpm.server.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code --vtpm-proxy}: a TPM device of this machine whose commands come to this process (Linux, include/uapi/linux/vtpm_proxy.h).
 *
 * @param fd the descriptor to read commands from, and to write responses to; the device lives as long as it is open
 * @param number n of /dev/tpm<i>n</i>
 * @param major the device's major number
 * @param minor the device's minor number
 */
public record VtpmProxy(int fd, int number, int major, int minor) {
    private static final String MAKER = "/dev/vtpmx";

    /** _IOWR(0xa1, 0, struct vtpm_proxy_new_dev), a struct of five 32-bit words. */
    private static final long NEW_DEVICE = 0xc014_a100L;

    private static final int WORDS = 5;
    private static final int FLAG_TPM2 = 1;

    /**
     * Makes a device, as root only.
     *
     * @throws IOException with a message for the user
     */
    public static VtpmProxy create(boolean tpm2) throws IOException {
        int maker = open();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment device = arena.allocate(ValueLayout.JAVA_INT, WORDS);
            device.setAtIndex(ValueLayout.JAVA_INT, 0, tpm2 ? FLAG_TPM2 : 0);
            SystemCall.of("ioctl", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS)
                    .call(maker, NEW_DEVICE, device);
            int[] words = device.toArray(ValueLayout.JAVA_INT);
            return new VtpmProxy(words[2], words[1], words[3], words[4]);
        } catch (IOException e) {
            throw new IOException("Could not create a vTPM proxy: " + e.getMessage(), e);
        } finally {
            LinuxCalls.close(maker);
        }
    }

    private static int open() throws IOException {
        try {
            return CharacterDevice.open(MAKER);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; is the kernel's module tpm_vtpm_proxy loaded?", e);
        }
    }
}
