package org.jswtpm.tools.process;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;

/**
 * The kernel's random octets, also where there is no /dev/urandom, as in a new root. The generators of java.security
 * would load providers for the same octets, and find other sources without the device.
 */
public final class KernelRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    /** getrandom(2) gives so many octets at once without fail. */
    private static final int MAX_CALL = 256;

    public KernelRandom() {
        super(new Source(), null);
    }

    /**
     * Fills {@code target}.
     *
     * @throws UncheckedIOException if there is no entropy
     */
    public static void fill(byte[] target) {
        try (InputStream device = new FileInputStream("/dev/urandom")) {
            if (device.readNBytes(target, 0, target.length) != target.length) {
                throw new EOFException("/dev/urandom ends");
            }
        } catch (FileNotFoundException e) {
            fillWithoutDevice(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By getrandom(2). */
    static void fillWithoutDevice(byte[] target) {
        try {
            int filled = 0;
            while (filled < target.length) {
                byte[] octets = LinuxCalls.getrandom(Math.min(MAX_CALL, target.length - filled));
                System.arraycopy(octets, 0, target, filled, octets.length);
                filled += octets.length;
                Arrays.fill(octets, (byte) 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What java.security asks for. */
    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the kernel has better ones
        }

        @Override
        protected void engineNextBytes(byte[] octets) {
            fill(octets);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            fill(seed);
            return seed;
        }
    }
}
