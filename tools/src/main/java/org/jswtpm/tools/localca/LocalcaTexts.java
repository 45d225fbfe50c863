package org.jswtpm.tools.localca;

/** What swtpm_localca says of itself. */
final class LocalcaTexts {
    private LocalcaTexts() {}

    static String help() {
        return """
            Usage: swtpm_localca [options]

            The following options are supported:

            --type type           The type of certificate to create: 'ek', 'platform', 'iak' or 'idevid'
            --ek key-param        The modulus of an RSA key or x=...,y=,... for an EC key
            --key key-param       Alias for --ek
            --dir directory       The directory to write the resulting certificate into
            --vmid vmid           The ID of the virtual machine
            --optsfile file       A file containing options to pass to swtpm_cert
            --configfile file     A file containing configuration parameters for directory,
                                  signing key and password and certificate to use
            --logfile file        A file to write a log into
            --tpm-spec-family s   The implemented spec family, e.g., '2.0'
            --tpm-spec-revision i The spec revision of the TPM as integer; e.g., 146
            --tpm-spec-level i    The spec level of the TPM; must be an integer; e.g. 0
            --tpm-manufacturer s  The manufacturer of the TPM; e.g., id:00001014
            --tpm-model s         The model of the TPM; e.g., 'swtpm'
            --tpm-version i       The (firmware) version of the TPM; e.g., id:20160511
            --tpm-serial-num s    The string representing the serial number of the TPM
            --tpm2                Generate a certificate for a TPM 2
            --allow-signing       The TPM 2's EK can be used for signing
            --decryption          The TPM 2's EK can be used for decryption
            --help, -h            Display this help screen and exit


            The following environment variables are supported:

            SWTPM_ROOTCA_PASSWORD  The root CA's private key password

            """;
    }
}
