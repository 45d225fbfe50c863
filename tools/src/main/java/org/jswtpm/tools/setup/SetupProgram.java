package org.jswtpm.tools.setup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.FipsProfile;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/** The program that runs the TPM: this process, or one that is named on the command line. */
final class SetupProgram {
    /** TPMLIB_INFO_AVAILABLE_PROFILES. */
    private static final long AVAILABLE_PROFILES = 0x40;
    /** With TPMLIB_INFO_TPMFEATURES. */
    private static final long FEATURES = 0x04 | AVAILABLE_PROFILES;

    /** Null for this process. */
    private final List<String> command;

    private final String capabilities;

    private SetupProgram(List<String> command, String capabilities) {
        this.command = command;
        this.capabilities = capabilities;
    }

    /**
     * The program of the command line; without one, or where it is the one that belongs to this program, this process.
     *
     * @param text {@code --tpm}, split at blanks; null where it was not given
     */
    static SetupProgram of(String text) throws SetupException {
        if (text == null) {
            return new SetupProgram(null, null);
        }
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ")) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        Path file = words.isEmpty() ? null : find(words.getFirst());
        if (file == null) {
            throw new SetupException("swtpm at " + text + " is not an executable.");
        }
        if (isOurs(file)) {
            return new SetupProgram(null, null);
        }
        words.set(0, file.toString());
        return new SetupProgram(words, output(words, "--print-capabilities"));
    }

    /** An executable file, by its path or its name in the PATH; null where there is none. */
    static Path find(String name) {
        if (name.contains("/")) {
            Path path = Path.of(name);
            return Files.isRegularFile(path) && Files.isExecutable(path) ? path : null;
        }
        String path = System.getenv("PATH");
        for (String directory : (path == null ? "/usr/bin:/bin" : path).split(File.pathSeparator)) {
            Path file = Path.of(directory, name);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    private static boolean isOurs(Path file) {
        Path ours =
                Path.of(System.getProperty("java.home")).resolveSibling("bin").resolve("swtpm");
        try {
            return Files.exists(ours) && Files.isSameFile(file, ours);
        } catch (IOException e) {
            return false;
        }
    }

    /** What a program prints for arguments behind its own. */
    private static String output(List<String> command, String... arguments) throws SetupException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new SetupException("Failed to run swtpm '" + command.getFirst() + "': " + output);
            }
            return output;
        } catch (IOException e) {
            throw new SetupException("Could not start swtpm '" + command.getFirst() + "': " + Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupException("The set-up was interrupted.");
        }
    }

    /** Whether the TPM runs in this process. */
    boolean isThisProcess() {
        return command == null;
    }

    /** Its name, for messages. */
    String name() {
        return command == null ? "swtpm" : command.getFirst();
    }

    /** Whether it runs TPMs 2.0. */
    boolean hasTpm2() {
        return command == null || capabilities.contains("\"tpm-2.0\"");
    }

    /** Whether it runs TPMs 1.2. */
    boolean hasTpm12() throws SetupException {
        return command == null ? EngineTpm.hasTpm12() : capabilities.contains("\"tpm-1.2\"");
    }

    /** The key sizes of RSA that it has. */
    List<String> rsaKeySizes() throws SetupException {
        List<String> sizes = new ArrayList<>();
        if (command == null) {
            Map<?, ?> info = Json.object(EngineTpm.infoOfNone(FEATURES));
            if (info.get("TPMFeatures") instanceof Map<?, ?> features
                    && features.get("RSAKeySizes") instanceof List<?> list) {
                list.forEach(size -> sizes.add(size.toString()));
            }
            return sizes;
        }
        Map<?, ?> info = Json.object(output(command, "--tpm2", "--print-capabilities"));
        if (info.get("features") instanceof List<?> features) {
            for (Object feature : features) {
                if (feature instanceof String name && name.startsWith("rsa-keysize-")) {
                    sizes.add(name.substring("rsa-keysize-".length()));
                }
            }
        }
        return sizes;
    }

    /** The names of the profiles that it has; empty for a program of a time before profiles. */
    List<String> profiles() throws SetupException {
        List<String> names = new ArrayList<>();
        for (Map<?, ?> profile : builtinProfiles()) {
            names.add(String.valueOf(profile.get("Name")));
        }
        return names;
    }

    /** The profiles that it has, as libtpms tells them. */
    List<Map<?, ?>> builtinProfiles() throws SetupException {
        Map<?, ?> info;
        if (command == null) {
            info = Json.object(EngineTpm.infoOfNone(FEATURES));
        } else if (output(command, "--tpm2", "--print-capabilities").contains("\"cmdarg-print-profiles\"")) {
            info = Json.object(output(command, "--tpm2", "--print-profiles"));
        } else {
            return List.of();
        }
        List<Map<?, ?>> profiles = new ArrayList<>();
        if (info.get("AvailableProfiles") instanceof List<?> list) {
            for (Object profile : list) {
                if (profile instanceof Map<?, ?> map) {
                    profiles.add(map);
                }
            }
        }
        return profiles;
    }

    /**
     * Starts a TPM in this process.
     *
     * @param profile the profile of a TPM 2.0 in JSON; null for that of an older state
     */
    static SetupTpm startHere(TpmVersion version, StateDraft draft, String profile, String removeDisabled)
            throws SetupException {
        boolean fips = profile != null && "fips-host".equals(removeDisabled);
        String applied = fips ? FipsProfile.restrict(profile, EngineTpm.infoOfNone(AVAILABLE_PROFILES)) : profile;
        return EngineTpm.start(version, draft, applied);
    }

    /**
     * Starts a TPM in a process of the other program, as in {@link #startHere}.
     *
     * @param unfinished ends the process, if need be
     */
    SetupTpm startChild(
            TpmVersion version,
            StatePlace place,
            StateEncryption encryption,
            String profile,
            String removeDisabled,
            Unfinished unfinished,
            ToolLog log)
            throws SetupException {
        List<String> options = new ArrayList<>(List.of("--tpmstate", "backend-uri=" + place.uri()));
        if (version == TpmVersion.TPM_2_0) {
            options.add("--tpm2");
        }
        if (profile != null) {
            String more = removeDisabled == null ? "" : ",remove-disabled=" + removeDisabled;
            options.addAll(List.of("--profile", "profile=" + profile + more));
        }
        return ChildTpm.start(command, options, encryption, unfinished, log);
    }
}
