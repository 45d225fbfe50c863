package org.jswtpm.engine.tpm2.profile;

import java.util.EnumSet;
import java.util.Set;

/** What makes a TPM stricter than the specification wants it, by the names and in the order of libtpms. */
public enum ProfileAttribute {
    /** No RSA encryption without a scheme. */
    NO_UNPADDED_ENCRYPTION("no-unpadded-encryption"),
    /** No signatures by RSA and ECC keys over SHA-1 digests. */
    NO_SHA1_SIGNING("no-sha1-signing"),
    /** Signatures of RSA and ECC keys over SHA-1 digests are not verified. */
    NO_SHA1_VERIFICATION("no-sha1-verification"),
    /** No HMAC with SHA-1 is made. */
    NO_SHA1_HMAC_CREATION("no-sha1-hmac-creation"),
    /** HMACs with SHA-1 are not verified. */
    NO_SHA1_HMAC_VERIFICATION("no-sha1-hmac-verification"),
    /** Both for HMACs. */
    NO_SHA1_HMAC("no-sha1-hmac"),
    /** What OpenSSL forbids in FIPS mode. */
    FIPS_HOST("fips-host"),
    /** The random generator must not give the same block twice. Written as libtpms writes it. */
    DRBG_CONTINUOUS_TEST("drbg-continous-test"),
    /** New keys sign or encrypt once before they are used. */
    PAIRWISE_CONSISTENCY_TEST("pct"),
    /** No ECC keys that are derived from others, and none for one use. */
    NO_ECC_KEY_DERIVATION("no-ecc-key-derivation");

    /** The StateFormatLevel that all of them need. */
    static final int STATE_FORMAT_LEVEL = 7;

    private final String title;

    ProfileAttribute(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The attribute of this name, or null. */
    static ProfileAttribute of(String title) {
        for (ProfileAttribute attribute : values()) {
            if (attribute.title.equals(title)) {
                return attribute;
            }
        }
        return null;
    }

    /** What it stands for: itself, and what it sums up. */
    Set<ProfileAttribute> meaning() {
        return switch (this) {
            case NO_SHA1_HMAC -> EnumSet.of(this, NO_SHA1_HMAC_CREATION, NO_SHA1_HMAC_VERIFICATION);
            case FIPS_HOST -> EnumSet.of(this, NO_UNPADDED_ENCRYPTION, NO_SHA1_SIGNING, NO_SHA1_VERIFICATION);
            default -> EnumSet.of(this);
        };
    }
}
