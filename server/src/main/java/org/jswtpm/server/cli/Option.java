package org.jswtpm.server.cli;

/**
 * The options of {@code swtpm socket}, all that swtpm knows, in its order. Prefixes are unambiguous against this whole
 * list, so a script that shortens names finds what it finds with swtpm.
 */
enum Option {
    DAEMON("daemon", 'd', false),
    HELP("help", 'h', false),
    PORT("port", 'p', true),
    FD("fd", 'f', true),
    SERVER("server", '\0', true),
    RUNAS("runas", 'r', true),
    CHROOT("chroot", 'R', true),
    TERMINATE("terminate", 't', false),
    LOCALITY("locality", '\0', true),
    LOG("log", '\0', true),
    KEY("key", '\0', true),
    MIGRATION_KEY("migration-key", '\0', true),
    PID("pid", '\0', true),
    TPMSTATE("tpmstate", '\0', true),
    CTRL("ctrl", '\0', true),
    FLAGS("flags", '\0', true),
    TPM2("tpm2", '\0', false),
    SECCOMP("seccomp", '\0', true),
    MIGRATION("migration", '\0', true),
    PRINT_CAPABILITIES("print-capabilities", '\0', false),
    PRINT_STATES("print-states", '\0', false),
    PROFILE("profile", '\0', true),
    PRINT_PROFILES("print-profiles", '\0', false),
    PRINT_INFO("print-info", '\0', true),
    PCAP("pcap", '\0', true);

    private static final Option[] ALL = values();

    private final String longName;
    private final char shortName;
    private final boolean argument;

    Option(String longName, char shortName, boolean argument) {
        this.longName = longName;
        this.shortName = shortName;
        this.argument = argument;
    }

    /** The name after the two dashes. */
    String longName() {
        return longName;
    }

    /** Whether a value must follow. */
    boolean takesArgument() {
        return argument;
    }

    /** The option with this letter. */
    static Option ofShortName(char name) throws UsageException {
        for (Option option : ALL) {
            if (option.shortName == name) {
                return option;
            }
        }
        throw UsageException.withHelp("socket: invalid option -- '" + name + "'");
    }

    /** The option with this name, or the only one that begins with it. */
    static Option ofLongName(String name) throws UsageException {
        Option found = null;
        StringBuilder candidates = new StringBuilder();
        int count = 0;
        for (Option option : ALL) {
            if (option.longName.equals(name)) {
                return option;
            }
            if (option.longName.startsWith(name)) {
                found = option;
                candidates.append(" '--").append(option.longName).append('\'');
                count++;
            }
        }
        if (count == 0) {
            throw UsageException.withHelp("socket: unrecognized option '--" + name + "'");
        }
        if (count > 1) {
            throw UsageException.withHelp("socket: option '--" + name + "' is ambiguous; possibilities:" + candidates);
        }
        return found;
    }
}
