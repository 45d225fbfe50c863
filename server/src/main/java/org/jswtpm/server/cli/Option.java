package org.jswtpm.server.cli;

import static org.jswtpm.server.cli.InterfaceType.SOCKET;

import org.jswtpm.options.ProgramOption;

/**
 * The options of {@code swtpm}, all that it knows, in its order. Prefixes are unambiguous against all those of an
 * interface, so a script that shortens names finds what it finds with swtpm.
 */
enum Option implements ProgramOption {
    DAEMON("daemon", 'd', false),
    HELP("help", 'h', false),
    PORT("port", 'p', true, SOCKET),
    CHARDEV("chardev", 'c', true, InterfaceType.CHARDEV),
    FD("fd", 'f', true),
    SERVER("server", '\0', true, SOCKET),
    RUNAS("runas", 'r', true),
    CHROOT("chroot", 'R', true),
    TERMINATE("terminate", 't', false, SOCKET),
    LOCALITY("locality", '\0', true),
    LOG("log", '\0', true),
    KEY("key", '\0', true),
    MIGRATION_KEY("migration-key", '\0', true),
    PID("pid", '\0', true),
    TPMSTATE("tpmstate", '\0', true),
    CTRL("ctrl", '\0', true),
    FLAGS("flags", '\0', true),
    VTPM_PROXY("vtpm-proxy", '\0', false, InterfaceType.CHARDEV),
    TPM2("tpm2", '\0', false),
    SECCOMP("seccomp", '\0', true),
    MIGRATION("migration", '\0', true),
    PRINT_CAPABILITIES("print-capabilities", '\0', false),
    PRINT_STATES("print-states", '\0', false),
    PROFILE("profile", '\0', true),
    PRINT_PROFILES("print-profiles", '\0', false),
    PRINT_INFO("print-info", '\0', true),
    PCAP("pcap", '\0', true);

    private final String longName;
    private final char letter;
    private final boolean argument;
    private final InterfaceType only;

    Option(String longName, char letter, boolean argument) {
        this(longName, letter, argument, null);
    }

    Option(String longName, char letter, boolean argument, InterfaceType only) {
        this.longName = longName;
        this.letter = letter;
        this.argument = argument;
        this.only = only;
    }

    boolean isOf(InterfaceType type) {
        return only == null || only == type;
    }

    @Override
    public String longName() {
        return longName;
    }

    @Override
    public char letter() {
        return letter;
    }

    @Override
    public boolean takesArgument() {
        return argument;
    }
}
