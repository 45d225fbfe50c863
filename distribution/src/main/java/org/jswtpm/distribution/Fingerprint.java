package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of all that a distribution is made from: the class path, the launcher, the JDK. */
record Fingerprint(String hex) {
    private static final String FILE = "fingerprint";

    static Fingerprint of(List<Path> classPath, Path launcher) throws IOException {
        MessageDigest digest = sha256();
        digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(System.getProperty("java.home").getBytes(StandardCharsets.UTF_8));
        for (Path entry : classPath) {
            add(digest, entry);
        }
        add(digest, launcher);
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, Path root) throws IOException {
        for (Path file : Tree.filesOf(root)) {
            digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the distribution was made from these inputs. */
    boolean isThatOf(Path output, Path work) throws IOException {
        Path file = work.resolve(FILE);
        return Files.isDirectory(output)
                && Files.exists(file)
                && Files.readString(file).equals(hex);
    }

    void keep(Path work) throws IOException {
        Files.writeString(work.resolve(FILE), hex);
    }
}
