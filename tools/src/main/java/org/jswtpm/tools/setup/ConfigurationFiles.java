package org.jswtpm.tools.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.Reason;

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
        if (System.getProperty("user.name").equals("root") && !words.contains("root")) {
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
        try {
            Files.createDirectories(
                    ca, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxr-x")));
        } catch (IOException e) {
            throw new SetupException("Could not create " + ca + ": " + Reason.of(e));
        }
        String[] contents = {setup(), authority(ca), options()};
        try {
            for (int i = 0; i < NAMES.length; i++) {
                out.println("Writing " + directory.resolve(NAMES[i]) + ".");
                Files.writeString(directory.resolve(NAMES[i]), contents[i]);
            }
        } catch (IOException e) {
            for (String name : NAMES) {
                directory.resolve(name).toFile().delete();
            }
            throw new SetupException("Could not write to " + directory + ": " + Reason.of(e));
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
            version = Files.readString(Path.of("/proc/sys/kernel/version"))
                    .strip()
                    .replace(' ', '_');
        } catch (IOException e) {
            throw new SetupException("Could not read the kernel's version: " + Reason.of(e));
        }
        return "--platform-manufacturer " + system + "\n"
                + "--platform-version " + version + "\n"
                + "--platform-model " + system + "\n";
    }
}
