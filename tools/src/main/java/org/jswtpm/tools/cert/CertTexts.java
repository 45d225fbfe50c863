package org.jswtpm.tools.cert;

import org.jswtpm.options.Release;

/** What swtpm_cert says of itself. */
final class CertTexts {
    private CertTexts() {}

    /** The text that an option asks for. */
    static String of(CertOption option) {
        return switch (option) {
            case PRINT_CAPABILITIES -> capabilities();
            case VERSION -> version();
            default -> help();
        };
    }

    private static String capabilities() {
        return "{ \"type\": \"swtpm_cert\", \"features\": [ \"cmdarg-signkey-pwd\", \"cmdarg-tpm-serial-num\", "
                + "\"supports-iak-idevid\", \"cmdarg-public\", \"cmdarg-keyalgo\" ], \"version\": \"" + Release.VERSION
                + "\" }\n";
    }

    private static String version() {
        return Release.line("TPM certificate tool") + "\n";
    }

    private static String help() {
        return version() + """

            Usage: swtpm_cert [options]

            Create TPM certificates without requiring the EK private key.

            The following options are supported:
            --pubkey <filename>       : PEM file for public key (EK)
            --signkey <filename>      : PEM file for CA signing key
            --signkey-password <pass> : Password for the CA signing key
            --signkey-pwd <pwd>       : Alternative password option for CA signing key
            --issuercert <filename>   : PEM file with CA cert
            --out-cert <filename>     : Filename for certificate
            --modulus <hex string>    : The modulus of the public key
            --exponent <exponent>     : The exponent of the public key
            --ecc-x <hex string>      : ECC key x component
            --ecc-y <hex string>      : ECC key y component
            --ecc-curveid <id>        : ECC curve id; secp256r1, secp384r1, secp521r1
                                        default: secp256r1
            --public <hex string>     : Public key component for ML-KEM or ML-DSA keys
            --keyalgo <name>          : ml-kem-512, ml-kem-768, ml-kem-1024,
                                        ml-dsa-44, ml-dsa-65, or ml-dsa-87
            --serial <serial number>  : The certificate serial number
            --days <number>           : Number of days the cert is valid;
                                        -1 for no expiration
            --pem                     : Write certificate in PEM format; default is DER
            --type <cert_type>        : The type of certificate to create; default is ek
                                        Other options are platform, iak, idevid
            --tpm-manufacturer <name> : The name of the TPM manufacturer
            --tpm-model <model>       : The TPM model (part number)
            --tpm-version <version>   : The TPM version (firmware version)
            --tpm-serial-num <s>      : The TPM serial number; required for IAK and IDevID
            --platform-manufacturer <name> : The name of the Platform manufacturer
            --platform-model <model>       : The Platform model (part number)
            --platform-version <version>   : The Platform version (firmware version)
            --tpm-spec-family <family>     : Specification family (string)
            --tpm-spec-level <level>       : Specification level (integer)
            --tpm-spec-revision <rev>      : Specification revision (integer)
            --subject <subject>       : Subject such as location in format
                                        C=US,ST=NY,L=NewYork; not used with TPM1.2
            --add-header              : Add the TCG certificate header describing
                                        a TCG_PCCLIENT_STORED_CERT for TPM1.2 NVRAM
            --tpm2                    : Issue a TPM 2 compliant certificate
            --allow-signing           : The EK of a TPM 2 allows signing;
                                        requires --tpm2
            --decryption              : The EK of a TPM 2 can be used for key
                                        encipherment; requires --tpm2
            --print-capabilities      : Print capabilities and exit
            --version                 : Display version and exit
            --help                    : Display this help screen and exit

            Password passed in 'pwd' options support the following formats:
            - <password>           : direct password
            - pass:<password>      : direct password
            - fd:<file descriptor> : read password from file descriptor
            - file:<filename>      : read password from filename
            - env:<env. varname>   : read from environment variable
            """;
    }
}
