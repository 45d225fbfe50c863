package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;
import org.jswtpm.tools.process.InheritedDescriptor;

/** Profiles: which one the command line or the configuration chooses, and which ones there are. */
final class Profiles {
    private static final Path DISTRO = Path.of("/usr/share/swtpm/profiles");
    private static final String SUFFIX = ".json";
    private static final int MAX_NAME = 32;
    private static final int MAX_SIZE = 10 * 1024 - 1;
    private static final SetupOption[] CHOICES = {
        SetupOption.PROFILE, SetupOption.PROFILE_NAME, SetupOption.PROFILE_FILE, SetupOption.PROFILE_FILE_FD
    };

    private final SetupProgram program;
    private final ConfigFile config;

    Profiles(SetupProgram program, ConfigFile config) {
        this.program = program;
        this.config = config;
    }

    /** The chosen profile in JSON, which the program has; null where none is chosen. */
    String choose(SetupArguments arguments, ToolLog log) throws SetupException {
        int count = 0;
        for (SetupOption option : CHOICES) {
            count += arguments.has(option) ? 1 : 0;
        }
        if (count > 1) {
            throw new SetupException(
                    "Only one of --profile, --profile-name, --profile-file, and --profile-file-fd may be" + " given.");
        }
        if (arguments.has(SetupOption.RECONFIGURE)) {
            if (count > 0) {
                throw new SetupException("Reconfiguration does not accept a (new) profile.");
            }
            return null;
        }
        return count > 0 ? checked(named(arguments)) : byDefault(log);
    }

    private String named(SetupArguments arguments) throws SetupException {
        if (arguments.has(SetupOption.PROFILE)) {
            return arguments.get(SetupOption.PROFILE);
        }
        if (arguments.has(SetupOption.PROFILE_NAME)) {
            return byName(arguments.get(SetupOption.PROFILE_NAME));
        }
        if (arguments.has(SetupOption.PROFILE_FILE)) {
            return read(Path.of(arguments.get(SetupOption.PROFILE_FILE)));
        }
        return readDescriptor(arguments.get(SetupOption.PROFILE_FILE_FD));
    }

    /** As in swtpm: a file in the local directory goes before one of the distribution before a built-in profile. */
    private String byName(String name) throws SetupException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c < 0x80 && Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == ':')) {
                throw new SetupException("Profile name '" + name + "' contains unacceptable characters.");
            }
        }
        if (name.startsWith("builtin:")) {
            return "{\"Name\":\"" + name.substring("builtin:".length()) + "\"}";
        }
        boolean local = name.startsWith("local:");
        boolean distro = name.startsWith("distro:");
        String file = (local || distro ? name.substring(name.indexOf(':') + 1) : name) + SUFFIX;
        Path localDirectory = localDirectory();
        if (!distro && localDirectory != null && Files.isReadable(localDirectory.resolve(file))) {
            return read(localDirectory.resolve(file));
        }
        if (!local && Files.isReadable(DISTRO.resolve(file))) {
            return read(DISTRO.resolve(file));
        }
        if (local || distro) {
            throw new SetupException("Could not find or access profile '" + name + "'.");
        }
        return "{\"Name\":\"" + name + "\"}";
    }

    private Path localDirectory() {
        String directory = config.get("local_profiles_dir");
        return directory == null || directory.isEmpty() ? null : Path.of(directory);
    }

    private static String read(Path file) throws SetupException {
        try {
            // the line's end that editors leave is no part of it
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SetupException("Could not open profile file '" + file + "': " + Reason.of(e));
        }
    }

    private static String readDescriptor(String number) throws SetupException {
        try {
            byte[] octets = InheritedDescriptor.read(Integer.parseInt(number), MAX_SIZE);
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SetupException("Could not read a profile from descriptor " + number + ": " + e.getMessage());
        }
    }

    /** A default that the program does not know is left out, so that one configuration serves several programs. */
    private String byDefault(ToolLog log) throws SetupException {
        String file = config.get("profile_file");
        String profile = file == null || file.isEmpty() ? config.get("profile") : read(Path.of(file));
        if (profile == null || profile.isBlank()) {
            return null;
        }
        String name = nameOf(profile);
        if (isKnown(name)) {
            return profile;
        }
        log.say("Leaving out the default profile '" + name + "', which " + program.name() + " does not have.");
        return null;
    }

    private String checked(String profile) throws SetupException {
        String name = nameOf(profile);
        if (!isKnown(name)) {
            throw new SetupException("swtpm does not support a profile with name '" + name + "'");
        }
        return profile;
    }

    private static String nameOf(String profile) throws SetupException {
        if (!(Json.object(profile).get("Name") instanceof String name)) {
            throw new SetupException("Failed to get 'Name' from profile '" + profile + "'.");
        }
        if (name.length() > MAX_NAME) {
            throw new SetupException("Profile name must not exceed 32 characters.");
        }
        return name;
    }

    private boolean isKnown(String name) throws SetupException {
        List<String> known = program.profiles();
        return known.contains(name) || known.contains("custom") && name.startsWith("custom:");
    }

    /** {@code --print-profiles}. */
    String print() throws SetupException {
        Map<String, Object> all = new LinkedHashMap<>();
        Path local = localDirectory();
        if (local != null && Files.isDirectory(local)) {
            all.put("local", in(local));
        }
        if (Files.isDirectory(DISTRO)) {
            all.put("distro", in(DISTRO));
        }
        all.put("builtin", program.builtinProfiles());
        return JsonText.of(all);
    }

    /** Profiles in a directory; each has the name of its file. What is no profile is left out. */
    private static List<Object> in(Path directory) throws SetupException {
        List<Object> profiles = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Map<String, Object> profile = new LinkedHashMap<>();
                for (Map.Entry<?, ?> member : Json.object(read(file)).entrySet()) {
                    profile.put(member.getKey().toString(), member.getValue());
                }
                profile.put("Name", name.substring(0, name.length() - SUFFIX.length()));
                profiles.add(profile);
            }
        } catch (IOException e) {
            throw new SetupException("Could not read " + directory + ": " + Reason.of(e));
        }
        return profiles;
    }
}
