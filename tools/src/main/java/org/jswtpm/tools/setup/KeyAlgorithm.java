package org.jswtpm.tools.setup;

/** The algorithms of the keys that swtpm_setup makes, with where their endorsement keys and certificates are kept. */
enum KeyAlgorithm {
    RSA_2048("rsa2048", "rsa2048", "RSA 2048", 2048, HashKind.SHA256, 0x81010001, 0x01C00002, 0x01C00004),
    RSA_3072("rsa3072", "rsa3072", "RSA 3072", 3072, HashKind.SHA384, 0x8101001C, 0x01C0001C, 0x01C0001D),
    RSA_4096("rsa4096", "rsa4096", "RSA 4096", 4096, HashKind.SHA384, 0x8101001E, 0x01C0001E, 0x01C0001F),
    ECC_P256("ecc_nist_p256", "secp256r1", "secp256r1", 3, HashKind.SHA256, 0x8101000A, 0x01C0000A, 0x01C0000B),
    ECC_P384("ecc_nist_p384", "secp384r1", "secp384r1", 4, HashKind.SHA384, 0x81010016, 0x01C00016, 0x01C00017),
    ECC_P521("ecc_nist_p521", "secp521r1", "secp521r1", 5, HashKind.SHA512, 0x81010018, 0x01C00018, 0x01C00019);

    private final String option;
    private final String description;
    private final String title;
    private final int parameter;
    private final HashKind hash;
    private final int ekHandle;
    private final int certificateIndex;
    private final int templateIndex;

    KeyAlgorithm(
            String option,
            String description,
            String title,
            int parameter,
            HashKind hash,
            int ekHandle,
            int certificateIndex,
            int templateIndex) {
        this.option = option;
        this.description = description;
        this.title = title;
        this.parameter = parameter;
        this.hash = hash;
        this.ekHandle = ekHandle;
        this.certificateIndex = certificateIndex;
        this.templateIndex = templateIndex;
    }

    /** The algorithm with this name in any case; null where there is none. */
    static KeyAlgorithm of(String name) {
        for (KeyAlgorithm algorithm : values()) {
            if (algorithm.option.equalsIgnoreCase(name) || algorithm.description.equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        return null;
    }

    /** The RSA algorithm of this size; null where there is none. */
    static KeyAlgorithm ofRsaBits(String bits) {
        return of("rsa" + bits);
    }

    /** Whether it is RSA, and not ECC. */
    boolean isRsa() {
        return this == RSA_2048 || this == RSA_3072 || this == RSA_4096;
    }

    /** Whether the EK Credential Profile has it in the "low range", with templates of an older make. */
    boolean isLowRange() {
        return this == RSA_2048 || this == ECC_P256;
    }

    /** Its name in file names and certificates. */
    String description() {
        return description;
    }

    /** Its name in messages. */
    String title() {
        return title;
    }

    /** The key size of RSA in bits, or TPM_ECC_CURVE. */
    int parameter() {
        return parameter;
    }

    /** The name algorithm of its keys. */
    HashKind hash() {
        return hash;
    }

    /** The octets of a modulus or a coordinate. */
    int octets() {
        return switch (this) {
            case RSA_2048, RSA_3072, RSA_4096 -> parameter / 8;
            case ECC_P256 -> 32;
            case ECC_P384 -> 48;
            case ECC_P521 -> 66;
        };
    }

    /** The persistent handle of its endorsement key (EK Credential Profile; TCG's registry of handles). */
    int ekHandle() {
        return ekHandle;
    }

    /** The NV Index of the certificate of its endorsement key. */
    int certificateIndex() {
        return certificateIndex;
    }

    /** The NV Index of the template of its endorsement key. */
    int templateIndex() {
        return templateIndex;
    }
}
