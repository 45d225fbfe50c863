package org.jswtpm.engine.tpm2.pcr;

/**
 * What the platform specification says of a PCR, with the values of libtpms (PlatformPcr.c).
 *
 * @param isStateSaved whether TPM2_Shutdown(STATE) saves it
 * @param isUncounted whether a change of it leaves the PCR update counter as it is
 * @param resetLocality bit n: locality n may reset it
 * @param extendLocality bit n: locality n may extend it
 */
record PcrAttributes(boolean isStateSaved, boolean isUncounted, int resetLocality, int extendLocality) {
    private static final int LOCALITY_4 = 0x10;

    private static final PcrAttributes STATIC = new PcrAttributes(true, false, 0x00, 0x1F);
    private static final PcrAttributes APPLICATION = new PcrAttributes(false, true, 0x0F, 0x1F);
    private static final PcrAttributes DRTM = new PcrAttributes(false, false, 0x10, 0x1C);
    private static final PcrAttributes DRTM_AUX = new PcrAttributes(false, false, 0x10, 0x0C);
    private static final PcrAttributes DYNAMIC_LOADER = new PcrAttributes(false, false, 0x1C, 0x0E);
    private static final PcrAttributes DYNAMIC_OS = new PcrAttributes(false, true, 0x1C, 0x04);

    /** The attributes of PCR {@code pcr}, 0 to 23. */
    static PcrAttributes of(int pcr) {
        return switch (pcr) {
            case 16, 23 -> APPLICATION;
            case 17, 18 -> DRTM;
            case 19 -> DRTM_AUX;
            case 20 -> DYNAMIC_LOADER;
            case 21, 22 -> DYNAMIC_OS;
            default -> STATIC;
        };
    }

    /** Whether a D-RTM resets it, so that it is all ones until then. */
    boolean isDynamic() {
        return (resetLocality & LOCALITY_4) != 0;
    }
}
