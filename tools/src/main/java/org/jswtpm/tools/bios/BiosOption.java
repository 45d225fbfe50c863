package org.jswtpm.tools.bios;

import org.jswtpm.options.ProgramOption;

/** The options of swtpm_bios. */
enum BiosOption implements ProgramOption {
    TPM_DEVICE("tpm-device", true),
    TCP("tcp", true),
    UNIX("unix", true),
    CLEAR("c", false),
    DEACTIVATED("d", false),
    HELP("h", false),
    VERSION("v", false),
    NO_STARTUP("n", false),
    STATE("s", false),
    STARTUP_ONLY("o", false),
    SELF_TEST("cs", false),
    ENSURE_ACTIVATED("ea", false),
    UNASSERT_PRESENCE("u", false),
    TPM2("tpm2", false);

    private final String longName;
    private final boolean argument;

    BiosOption(String longName, boolean argument) {
        this.longName = longName;
        this.argument = argument;
    }

    @Override
    public String longName() {
        return longName;
    }

    @Override
    public char letter() {
        return 0;
    }

    @Override
    public boolean takesArgument() {
        return argument;
    }
}
