package org.jswtpm.tools.ioctl;

import org.jswtpm.options.ProgramOption;

/** The options of swtpm_ioctl. All but the first three and the two texts are commands, of which one may be given. */
enum IoctlOption implements ProgramOption {
    TPM_DEVICE("tpm-device", true),
    TCP("tcp", true),
    UNIX("unix", true),
    CAPABILITY("c", false),
    INIT("i", false),
    STOP("stop", false),
    SHUTDOWN("s", false),
    ESTABLISHED("e", false),
    RESET_ESTABLISHED("r", true),
    STORE_VOLATILE("v", false),
    CANCEL("C", false),
    LOCALITY("l", true),
    HASH("h", true),
    CONFIG("g", false),
    BUFFER_SIZE("b", true),
    SAVE("save", true),
    LOAD("load", true),
    VERSION("version", false),
    INFO("info", true),
    LOCK_STORAGE("lock-storage", true),
    HELP("help", false);

    private final String longName;
    private final boolean argument;

    IoctlOption(String longName, boolean argument) {
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
