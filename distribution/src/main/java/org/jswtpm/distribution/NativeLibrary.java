package org.jswtpm.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Junixsocket's native library, unpacked once here and not at each start of the daemon. */
final class NativeLibrary {
    private static final String JAR = "junixsocket-native-common";

    private NativeLibrary() {}

    static void install(List<Path> jars, Path directory) throws IOException {
        String prefix = "lib/" + System.getProperty("os.arch") + "-Linux-clang/jni/";
        for (Path jar : jars) {
            if (jar.getFileName().toString().startsWith(JAR) && unpack(jar, prefix, directory)) {
                return;
            }
        }
        throw new IOException("no " + prefix + " in " + JAR);
    }

    private static boolean unpack(Path jar, String prefix, Path directory) throws IOException {
        try (JarFile source = new JarFile(jar.toFile())) {
            Enumeration<JarEntry> entries = source.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".so") && !isNoDeps(entry)) {
                    try (InputStream in = source.getInputStream(entry)) {
                        Files.copy(in, directory.resolve("libjunixsocket.so"));
                    }
                    return true;
                }
            }
        }
        return false;
    }

    /** The variant for systems without the usual C library. */
    private static boolean isNoDeps(JarEntry entry) {
        return entry.getName().endsWith(".nodeps.so");
    }
}
