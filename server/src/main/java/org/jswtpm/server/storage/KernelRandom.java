package org.jswtpm.server.storage;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jswtpm.store.RandomSource;

/** Octets of /dev/urandom for the initial vectors of the store, opened at once: later there may be another root. */
final class KernelRandom implements RandomSource {
    private final FileInputStream random;

    KernelRandom() throws IOException {
        random = new FileInputStream("/dev/urandom");
    }

    @Override
    public synchronized void fill(byte[] target) {
        try {
            if (random.readNBytes(target, 0, target.length) != target.length) {
                throw new EOFException("/dev/urandom");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
