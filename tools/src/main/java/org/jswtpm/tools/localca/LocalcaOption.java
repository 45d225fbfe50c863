package org.jswtpm.tools.localca;

import org.jswtpm.options.ProgramOption;

/** The options of swtpm_localca. */
enum LocalcaOption implements ProgramOption {
    TYPE("type", true),
    EK("ek", true),
    KEY("key", true),
    DIR("dir", true),
    VMID("vmid", true),
    OPTSFILE("optsfile", true),
    CONFIGFILE("configfile", true),
    LOGFILE("logfile", true),
    TPM_SPEC_FAMILY("tpm-spec-family", true),
    TPM_SPEC_REVISION("tpm-spec-revision", true),
    TPM_SPEC_LEVEL("tpm-spec-level", true),
    TPM_MANUFACTURER("tpm-manufacturer", true),
    TPM_MODEL("tpm-model", true),
    TPM_VERSION("tpm-version", true),
    TPM_SERIAL_NUM("tpm-serial-num", true),
    TPM2("tpm2", false),
    ALLOW_SIGNING("allow-signing", false),
    DECRYPTION("decryption", false),
    HELP("help", false);

    private final String longName;
    private final boolean argument;

    LocalcaOption(String longName, boolean argument) {
        this.longName = longName;
        this.argument = argument;
    }

    @Override
    public String longName() {
        return longName;
    }

    @Override
    public char letter() {
        return this == HELP ? 'h' : 0;
    }

    @Override
    public boolean takesArgument() {
        return argument;
    }
}
