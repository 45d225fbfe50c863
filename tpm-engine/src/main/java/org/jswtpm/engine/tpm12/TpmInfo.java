package org.jswtpm.engine.tpm12;

/** What a TPM 1.2 says of itself in JSON, in the form of libtpms' TPMLIB_GetInfo. */
final class TpmInfo {
    private static final int TPM_SPECIFICATION = 0x01;
    private static final int TPM_ATTRIBUTES = 0x02;

    private static final String SPECIFICATION =
            "\"TPMSpecification\":{\"family\":\"1.2\",\"level\":2,\"revision\":116}";
    private static final String ATTRIBUTES =
            "\"TPMAttributes\":{\"manufacturer\":\"id:00001014\",\"version\":\"id:00740001\",\"model\":\"swtpm\"}";

    private TpmInfo() {}

    /** @param flags an OR of the TPMLIB_INFO flags; unknown ones are ignored */
    static String json(long flags) {
        StringBuilder json = new StringBuilder("{");
        if ((flags & TPM_SPECIFICATION) != 0) {
            json.append(SPECIFICATION);
        }
        if ((flags & TPM_ATTRIBUTES) != 0) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append(ATTRIBUTES);
        }
        return json.append('}').toString();
    }
}
