package org.jswtpm.tools.cert;

import org.jswtpm.options.ProgramOption;

/** The options of swtpm_cert. */
enum CertOption implements ProgramOption {
    PUBKEY("pubkey", true),
    MODULUS("modulus", true),
    ECC_X("ecc-x", true),
    ECC_Y("ecc-y", true),
    ECC_CURVEID("ecc-curveid", true),
    EXPONENT("exponent", true),
    PUBLIC("public", true),
    KEYALGO("keyalgo", true),
    SIGNKEY("signkey", true),
    SIGNKEY_PASSWORD("signkey-password", true),
    SIGNKEY_PWD("signkey-pwd", true),
    ISSUERCERT("issuercert", true),
    OUT_CERT("out-cert", true),
    SUBJECT("subject", true),
    DAYS("days", true),
    SERIAL("serial", true),
    TYPE("type", true),
    TPM_MANUFACTURER("tpm-manufacturer", true),
    TPM_MODEL("tpm-model", true),
    TPM_VERSION("tpm-version", true),
    TPM_SERIAL_NUM("tpm-serial-num", true),
    PLATFORM_MANUFACTURER("platform-manufacturer", true),
    PLATFORM_MODEL("platform-model", true),
    PLATFORM_VERSION("platform-version", true),
    TPM_SPEC_FAMILY("tpm-spec-family", true),
    TPM_SPEC_LEVEL("tpm-spec-level", true),
    TPM_SPEC_REVISION("tpm-spec-revision", true),
    PEM("pem", false),
    ADD_HEADER("add-header", false),
    TPM2("tpm2", false),
    ALLOW_SIGNING("allow-signing", false),
    DECRYPTION("decryption", false),
    PRINT_CAPABILITIES("print-capabilities", false),
    VERSION("version", false),
    HELP("help", false);

    private final String longName;
    private final boolean argument;

    CertOption(String longName, boolean argument) {
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
