package org.jswtpm.engine.tpm2.structure;

/** Who made this TPM, as TPM_PT_MANUFACTURER and its neighbours tell it (Part 2, 6.13): the values of libtpms. */
public final class TpmIdentity {
    /** "2.0". */
    public static final int FAMILY_INDICATOR = 0x322E_3000;

    public static final int LEVEL = 0;
    /** Times 100. */
    public static final int REVISION = 183;

    public static final int DAY_OF_YEAR = 25;
    public static final int YEAR = 2024;
    /** "IBM". */
    public static final int MANUFACTURER = 0x4942_4D00;
    /** "SW  ". */
    public static final int VENDOR_STRING_1 = 0x5357_2020;
    /** " TPM". */
    public static final int VENDOR_STRING_2 = 0x2054_504D;

    public static final int VENDOR_STRING_3 = 0;
    public static final int VENDOR_STRING_4 = 0;
    public static final int VENDOR_TPM_TYPE = 1;
    public static final int FIRMWARE_VERSION_1 = 0x2024_0125;
    public static final int FIRMWARE_VERSION_2 = 0x0012_0000;
    /** Both halves of the version, as attestations have it. */
    public static final long FIRMWARE_VERSION =
            (long) FIRMWARE_VERSION_1 << Integer.SIZE | Integer.toUnsignedLong(FIRMWARE_VERSION_2);

    public static final int FIRMWARE_SVN = 10;
    public static final int FIRMWARE_MAX_SVN = 255;

    /** PC Client. */
    public static final int PLATFORM_FAMILY = 1;

    public static final int PLATFORM_LEVEL = 0;
    /** 1.06. */
    public static final int PLATFORM_REVISION = 0x106;

    public static final int PLATFORM_DAY_OF_YEAR = 25;
    public static final int PLATFORM_YEAR = 2024;

    private TpmIdentity() {}
}
