package org.jswtpm.engine.tpm2.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The states beside this class, without the header of their files. */
final class SavedStates {
    private static final int FILE_HEADER = 16;

    private SavedStates() {}

    static byte[] read(String name) {
        try (InputStream in = SavedStates.class.getResourceAsStream(name + ".permall")) {
            byte[] file = in.readAllBytes();
            return Arrays.copyOfRange(file, FILE_HEADER, file.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
