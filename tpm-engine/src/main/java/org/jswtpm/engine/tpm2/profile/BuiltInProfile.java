package org.jswtpm.engine.tpm2.profile;

/** The profiles that libtpms comes with, in the order in which it lists them. */
enum BuiltInProfile {
    DEFAULT_V2(
            "default-v2",
            8,
            "This profile enables all libtpms v0.11-supported commands and algorithms. This profile is compatible with"
                    + " libtpms >= v0.11."),
    DEFAULT_V1(
            "default-v1",
            7,
            "This profile enables all libtpms v0.10-supported commands and algorithms. This profile is compatible with"
                    + " libtpms >= v0.10."),
    NULL(
            "null",
            1,
            "The profile enables the commands and algorithms that were enabled in libtpms v0.9. This profile is"
                    + " automatically used when the state does not have a profile, for example when it was created by"
                    + " libtpms v0.9 or before. This profile enables compatibility with libtpms >= v0.9."),
    CUSTOM(
            "custom",
            2,
            "This profile allows customization of enabled algorithms and commands. This profile requires at least"
                    + " libtpms v0.10.");

    private static final String PREFIX_OF_CUSTOM = "custom:";
    private static final String OLD_COMMANDS = "0x11f-0x122,0x124-0x12e,0x130-0x140,0x142-0x159,0x15b-0x15e,"
            + "0x160-0x165,0x167-0x174,0x176-0x178,0x17a-0x193,0x197";
    private static final String NEW_COMMANDS = OLD_COMMANDS + ",0x199-0x19c";
    private static final String ALGORITHMS = "rsa,rsa-min-size=1024,tdes,tdes-min-size=128,sha1,hmac,aes,"
        + "aes-min-size=128,mgf1,keyedhash,xor,sha256,sha384,sha512,null,rsassa,rsaes,rsapss,oaep,ecdsa,ecdh,ecdaa,"
        + "sm2,ecschnorr,ecmqv,kdf1-sp800-56a,kdf2,kdf1-sp800-108,ecc,ecc-min-size=192,ecc-nist,ecc-bn,ecc-sm2-p256,"
        + "symcipher,camellia,camellia-min-size=128,cmac,ctr,ofb,cbc,cfb,ecb";

    private final String title;
    private final int stateFormatLevel;
    private final String description;

    BuiltInProfile(String title, int stateFormatLevel, String description) {
        this.title = title;
        this.stateFormatLevel = stateFormatLevel;
        this.description = description;
    }

    /** The one with this name, or null; {@code custom:} may be followed by anything. */
    static BuiltInProfile of(String name) {
        for (BuiltInProfile profile : values()) {
            if (profile.title.equals(name)) {
                return profile;
            }
        }
        return name.startsWith(PREFIX_OF_CUSTOM) ? CUSTOM : null;
    }

    String title() {
        return title;
    }

    /** The level of the profile; for {@link #CUSTOM} the lowest one. */
    int stateFormatLevel() {
        return stateFormatLevel;
    }

    String commands() {
        return this == NULL ? OLD_COMMANDS : NEW_COMMANDS;
    }

    String algorithms() {
        return ALGORITHMS;
    }

    String description() {
        return description;
    }

    /** Whether the user may say what is in it. */
    boolean allowsChanges() {
        return this == CUSTOM;
    }
}
