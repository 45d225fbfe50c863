package org.jswtpm.server.cli;

/**
 * The options of {@code swtpm socket}, all that swtpm knows, in its order. Prefixes are unambiguous against this whole
 * list, so a script that shortens names finds what it finds with swtpm.
 */
enum Option {
    DAEMON("daemon", 'd', false, true),
    HELP("help", 'h', false, true),
    PORT("port", 'p', true, true),
    FD("fd", 'f', true, false),
    SERVER("server", '\0', true, true),
    RUNAS("runas", 'r', true, false),
    CHROOT("chroot", 'R', true, false),
    TERMINATE("terminate", 't', false, true),
    LOCALITY("locality", '\0', true, true),
    LOG("log", '\0', true, true),
    KEY("key", '\0', true, false),
    MIGRATION_KEY("migration-key", '\0', true, false),
    PID("pid", '\0', true, true),
    TPMSTATE("tpmstate", '\0', true, true),
    CTRL("ctrl", '\0', true, true),
    FLAGS("flags", '\0', true, true),
    TPM2("tpm2", '\0', false, true),
    SECCOMP("seccomp", '\0', true, true),
    MIGRATION("migration", '\0', true, false),
    PRINT_CAPABILITIES("print-capabilities", '\0', false, true),
    PRINT_STATES("print-states", '\0', false, false),
    PROFILE("profile", '\0', true, false),
    PRINT_PROFILES("print-profiles", '\0', false, false),
    PRINT_INFO("print-info", '\0', true, false),
    PCAP("pcap", '\0', true, false);

    private static final Option[] ALL = values();

    private final String longName;
    private final char shortName;
    private final boolean argument;
    private final boolean working;

    Option(String longName, char shortName, boolean argument, boolean working) {
        this.longName = longName;
        this.shortName = shortName;
        this.argument = argument;
        this.working = working;
    }

    /** The name after the two dashes. */
    String longName() {
        return longName;
    }

    /** Whether a value must follow. */
    boolean takesArgument() {
        return argument;
    }

    /** Whether this program obeys it; one that does not is refused by name, never ignored. */
    boolean works() {
        return working;
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
