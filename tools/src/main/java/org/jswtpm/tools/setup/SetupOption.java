package org.jswtpm.tools.setup;

import org.jswtpm.options.ProgramOption;

/** The options of swtpm_setup. */
enum SetupOption implements ProgramOption {
    TPM_STATE("tpm-state", true),
    TPMSTATE("tpmstate", true),
    TPM("tpm", true),
    SWTPM_IOCTL("swtpm_ioctl", true),
    TPM2("tpm2", false),
    ECC("ecc", false),
    CREATEEK("createek", false),
    CREATE_SPK("create-spk", false),
    EK1KEYALGO("ek1keyalgo", true),
    EK2KEYALGO("ek2keyalgo", true),
    IAKKEYALGO("iakkeyalgo", true),
    IDEVIDKEYALGO("idevidkeyalgo", true),
    TAKE_OWNERSHIP("take-ownership", false),
    OWNERPASS("ownerpass", true),
    OWNER_WELL_KNOWN("owner-well-known", false),
    SRKPASS("srkpass", true),
    SRK_WELL_KNOWN("srk-well-known", false),
    CREATE_EK_CERT("create-ek-cert", false),
    CREATE_PLATFORM_CERT("create-platform-cert", false),
    LOCK_NVRAM("lock-nvram", false),
    DISPLAY("display", false),
    CONFIG("config", true),
    VMID("vmid", true),
    KEYFILE("keyfile", true),
    KEYFILE_FD("keyfile-fd", true),
    PWDFILE("pwdfile", true),
    PWDFILE_FD("pwdfile-fd", true),
    CIPHER("cipher", true),
    RUNAS("runas", true),
    LOGFILE("logfile", true),
    OVERWRITE("overwrite", false),
    NOT_OVERWRITE("not-overwrite", false),
    ALLOW_SIGNING("allow-signing", false),
    DECRYPTION("decryption", false),
    PCR_BANKS("pcr-banks", true),
    RSA_KEYSIZE("rsa-keysize", true),
    WRITE_EK_CERT_FILES("write-ek-cert-files", true),
    CREATE_CONFIG_FILES("create-config-files", false),
    TCSD_SYSTEM_PS_FILE("tcsd-system-ps-file", true),
    VERSION("version", false),
    PRINT_CAPABILITIES("print-capabilities", false),
    RECONFIGURE("reconfigure", false),
    PROFILE("profile", true),
    PROFILE_NAME("profile-name", true),
    PROFILE_FILE("profile-file", true),
    PROFILE_FILE_FD("profile-file-fd", true),
    PROFILE_REMOVE_DISABLED("profile-remove-disabled", true),
    PRINT_PROFILES("print-profiles", false),
    NO_IAK("no-iak", false),
    HELP("help", false);

    private final String longName;
    private final boolean argument;

    SetupOption(String longName, boolean argument) {
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

    @Override
    public boolean takesOptionalArgument() {
        return this == CREATE_CONFIG_FILES;
    }
}
