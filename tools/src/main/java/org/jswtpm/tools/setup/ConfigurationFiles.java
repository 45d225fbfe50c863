package org.jswtpm.tools.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.process.KernelVersion;
import org.jswtpm.tools.process.NewFile;
import org.jswtpm.tools.process.ProcessUser;

/** {@code --create-config-files}: the three configuration files of a user, and the directory of the user's own CA. */
final class ConfigurationFiles {
    private static final String[] NAMES = {"swtpm_setup.conf", "swtpm-localca.conf", "swtpm-localca.options"};

    private final Path directory;

    private ConfigurationFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes the files.
     *
     * @param flags {@code overwrite}, {@code root} and {@code skip-if-exist}, with commas or blanks between them
     */
    static void write(String flags, PrintStream out) throws SetupException {
        List<String> words = List.of(flags.split("[, ]"));
        boolean overwrite = words.contains("overwrite");
        boolean skip = words.contains("skip-if-exist");
        if (overwrite && skip) {
            throw new SetupException("Error: overwrite and skip-if-exist cannot both be used");
        }
        if (ProcessUser.isRoot() && !words.contains("root")) {
            throw new SetupException(
                    "Requiring the 'root' flag since the configuration files will shadow those in /etc.");
        }
        new ConfigurationFiles(ConfigFile.userDirectory()).write(overwrite, skip, out);
    }

    private void write(boolean overwrite, boolean skip, PrintStream out) throws SetupException {
        for (String name : NAMES) {
            if (!overwrite && Files.exists(directory.resolve(name))) {
                if (skip) {
                    return;
                }
                throw new SetupException("File " + directory.resolve(name) + " already exists. Refusing to overwrite.");
            }
        }
        Path ca = directory.resolve("var/lib/swtpm-localca");
        Path made = firstMissing(ca);
        List<Path> temporaries = new ArrayList<>();
        boolean done = false;
        try {
            createDirectories(ca);
            writeAll(new String[] {setup(), authority(ca), options()}, temporaries, out);
            done = true;
        } finally {
            if (!done) {
                delete(temporaries, made, ca);
            }
        }
    }

    private static void createDirectories(Path ca) throws SetupException {
        try {
            Files.createDirectories(
                    ca, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxr-x")));
        } catch (IOException e) {
            throw new SetupException("Could not create " + ca + ": " + Reason.of(e));
        }
    }

    /** All are written before the first gets its name: what is there is replaced by all or by none. */
    private void writeAll(String[] contents, List<Path> temporaries, PrintStream out) throws SetupException {
        try {
            for (int i = 0; i < NAMES.length; i++) {
                out.println("Writing " + directory.resolve(NAMES[i]) + ".");
                temporaries.add(NewFile.in(directory, "." + NAMES[i] + "."));
                Files.writeString(temporaries.getLast(), contents[i]);
            }
            for (int i = 0; i < NAMES.length; i++) {
                Files.move(temporaries.get(i), directory.resolve(NAMES[i]), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new SetupException("Could not write to " + directory + ": " + Reason.of(e));
        }
    }

    /** The first directory on the way to another that will be made; null where none will. */
    private static Path firstMissing(Path directory) {
        Path missing = null;
        for (Path path = directory; path != null && !Files.exists(path); path = path.getParent()) {
            missing = path;
        }
        return missing;
    }

    private static void delete(List<Path> temporaries, Path made, Path ca) {
        temporaries.forEach(file -> file.toFile().delete());
        for (Path path = ca; made != null && path.startsWith(made); path = path.getParent()) {
            path.toFile().delete(); // which does not what is not empty
        }
    }

    private String setup() {
        Path tool = Path.of(System.getProperty("java.home"))
                .resolveSibling("bin")
                .resolve("swtpm_localca")
                .normalize();
        return "create_certs_tool = " + tool + "\n"
                + "create_certs_tool_config = " + directory.resolve(NAMES[1]) + "\n"
                + "create_certs_tool_options = " + directory.resolve(NAMES[2]) + "\n"
                + "# Comma-separated list (no spaces) of PCR banks to activate by default\n"
                + "active_pcr_banks = " + Setup.DEFAULT_PCR_BANKS + "\n"
                + "profile = {\"Name\":\"default-v1\"}\n"
                + "# profile_file =\n"
                + "local_profiles_dir = " + directory + "/etc/swtpm/profiles/\n";
    }

    private static String authority(Path ca) {
        return "statedir = " + ca + "\n"
                + "signingkey = " + ca.resolve("signkey.pem") + "\n"
                + "issuercert = " + ca.resolve("issuercert.pem") + "\n"
                + "certserial = " + ca.resolve("certserial") + "\n";
    }

    private static String options() throws SetupException {
        String system = System.getProperty("os.name").replace(' ', '_');
        String version;
        try {
            version = KernelVersion.get().strip().replace(' ', '_');
        } catch (IOException e) {
            throw new SetupException("uname failed: " + e.getMessage());
        }
        return "--platform-manufacturer " + system + "\n"
                + "--platform-version " + version + "\n"
                + "--platform-model " + system + "\n";
    }
}
