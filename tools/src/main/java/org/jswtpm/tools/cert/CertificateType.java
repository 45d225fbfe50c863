package org.jswtpm.tools.cert;

/** What a certificate says of its key. */
enum CertificateType {
    /** Endorsement key (EK Credential Profile). */
    EK("2.23.133.8.1"),
    /** Platform, bound to an endorsement key (Platform Certificate Profile). */
    PLATFORM("2.23.133.8.2"),
    /** Initial attestation key (Keys for Device Identity and Attestation). */
    IAK(null),
    /** Initial device identity (IEEE 802.1AR). */
    IDEVID(null);

    private final String extendedKeyUsage;

    CertificateType(String extendedKeyUsage) {
        this.extendedKeyUsage = extendedKeyUsage;
    }

    /** The object identifier of the extended key usage; null where there is none. */
    String extendedKeyUsage() {
        return extendedKeyUsage;
    }

    /** Whether the key proves the identity of a device by signatures. */
    boolean isDeviceIdentity() {
        return this == IAK || this == IDEVID;
    }

    /** The type with this name, in any case; null where there is none. */
    static CertificateType of(String name) {
        for (CertificateType type : values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return type;
            }
        }
        return null;
    }
}
