package org.jswtpm.server.cli;

import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.Settings.Backend;
import org.jswtpm.server.cli.Settings.KeySource;
import org.jswtpm.server.cli.Settings.Migration;
import org.jswtpm.server.cli.Settings.Profile;
import org.jswtpm.server.cli.Settings.State;

/** {@code --tpmstate}, {@code --key}, {@code --migration-key}, {@code --migration} and {@code --profile}. */
final class StateOptions {
    private static final String DIR = "dir://";
    private static final String FILE = "file://";
    private static final String MEMORY = "mem://";

    private StateOptions() {}

    /** {@code --tpmstate}; {@code dir=} comes before {@code backend-uri=}. */
    static State state(String text, String tpmPath) throws UsageException {
        if (text == null) {
            return tpmPath == null ? null : new State(Backend.DIRECTORY, tpmPath, -1, true, false, false, false);
        }
        SubOptions options = SubOptions.parse("tpmstate", text, KnownNames.tpmstate());
        String directory = options.string("dir");
        String uri = directory == null ? options.string("backend-uri") : DIR + directory;
        if (uri == null) {
            throw UsageException.of("The dir or backend-uri parameters is required for the tpmstate option.");
        }
        Backend backend = backend(uri);
        State state = new State(
                backend,
                uri.substring(uri.indexOf("://") + "://".length()),
                options.number("mode", -1),
                options.flag("lock", backend != Backend.FILE),
                options.flag("backup", false),
                options.flag("fsync", false),
                options.flag("must-exist", false));
        if (backend != Backend.DIRECTORY && (state.backup() || state.fsync())) {
            throw UsageException.of("The " + (state.backup() ? "backup" : "fsync")
                    + " option is not supported with this storage backend; it needs dir=");
        }
        if (backend == Backend.MEMORY && state.mustExist()) {
            throw UsageException.of("The must-exist option is not supported with mem://, where no state can exist yet");
        }
        return state;
    }

    private static Backend backend(String uri) throws UsageException {
        if (uri.startsWith(DIR)) {
            return Backend.DIRECTORY;
        }
        if (uri.startsWith(FILE)) {
            return Backend.FILE;
        }
        if (uri.startsWith(MEMORY)) {
            return Backend.MEMORY;
        }
        throw UsageException.of("Unsupported backend '" + uri + "' for the tpmstate option; it is dir://<directory>,"
                + " file://<file> or mem://");
    }

    /** {@code --key} or {@code --migration-key}, as {@code title} says. A key comes before a passphrase. */
    static KeySource key(String title, String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("key", text, KnownNames.key());
        String file = options.string("file");
        int fd = options.number("fd", -1);
        String passphraseFile = options.string("pwdfile");
        int passphraseFd = options.number("pwdfd", -1);
        boolean passphrase = file == null && fd < 0;
        if (passphrase && passphraseFile == null && passphraseFd < 0) {
            throw UsageException.of("Either file=, fd=, pwdfile=, or pwdfd= is required for " + title + " option");
        }
        boolean binary = choice(options, "format", "hex", "binary", "Unknown key format '");
        int bits = bits(options.string("mode"));
        boolean sha512 = choice(options, "kdf", "pbkdf2", "sha512", "Unknown kdf '");
        return new KeySource(
                title,
                passphrase ? passphraseFile : file,
                passphrase ? passphraseFd : fd,
                passphrase,
                binary,
                bits,
                sha512,
                options.flag("remove", false));
    }

    private static int bits(String mode) throws UsageException {
        if (mode == null || mode.equals("aes-cbc") || mode.equals("aes-128-cbc")) {
            return 128;
        }
        if (mode.equals("aes-256-cbc")) {
            return 256;
        }
        throw UsageException.of("Unknown encryption mode '" + mode + "'; it is aes-cbc, aes-128-cbc or aes-256-cbc");
    }

    /** Whether the value is {@code other} rather than {@code usual}. */
    private static boolean choice(SubOptions options, String name, String usual, String other, String unknown)
            throws UsageException {
        String value = options.string(name);
        if (value == null || value.equals(usual)) {
            return false;
        }
        if (value.equals(other)) {
            return true;
        }
        throw UsageException.of(unknown + value + "'; it is " + usual + " or " + other);
    }

    /** {@code --migration}. */
    static Migration migration(String text) throws UsageException {
        if (text == null) {
            return new Migration(false, false);
        }
        SubOptions options = SubOptions.parse("migration", text, KnownNames.migration());
        return new Migration(options.flag("incoming", false), options.flag("release-lock-outgoing", false));
    }

    /** {@code --profile}: one of its four sources. */
    static Profile profile(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("profile", text, KnownNames.profile());
        Profile profile = new Profile(
                options.string("name"),
                options.string("profile"),
                options.string("file"),
                options.number("fd", -1),
                options.string("remove-disabled"));
        int sources = (profile.name() == null ? 0 : 1)
                + (profile.json() == null ? 0 : 1)
                + (profile.file() == null ? 0 : 1)
                + (profile.fd() < 0 ? 0 : 1);
        if (sources > 1) {
            throw UsageException.of(
                    "Only one profile option parameter of 'profile', 'name', 'fd', or 'file' may be provided");
        }
        if (sources == 0) {
            throw UsageException.of(
                    "No profile option parameter given to get a profile;" + " it is name=, profile=, file= or fd=");
        }
        String remove = profile.removeDisabled();
        if (remove != null && !remove.equals("check") && !remove.equals("fips-host")) {
            throw UsageException.of(
                    "Invalid option parameter '" + remove + "' for 'remove-disabled'; it is check or fips-host");
        }
        return profile;
    }
}
