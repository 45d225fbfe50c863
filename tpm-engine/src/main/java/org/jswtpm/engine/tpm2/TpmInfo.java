package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.structure.TpmIdentity;

/**
 * What a TPM 2.0 says of itself in JSON, with the keys and in the form of libtpms' TPMLIB_GetInfo; swtpm's tools put some
 * of it into certificates. There is the null profile only, so nothing can be switched off.
 */
final class TpmInfo {
    private static final int TPM_SPECIFICATION = 0x01;
    private static final int TPM_ATTRIBUTES = 0x02;
    private static final int TPM_FEATURES = 0x04;
    private static final int RUNTIME_ALGORITHMS = 0x08;
    private static final int RUNTIME_COMMANDS = 0x10;
    private static final int ACTIVE_PROFILE = 0x20;
    private static final int AVAILABLE_PROFILES = 0x40;
    private static final int RUNTIME_ATTRIBUTES = 0x80;

    private static final String ALGORITHMS =
            "rsa,rsa-min-size=1024,tdes,tdes-min-size=128,sha1,hmac,aes,aes-min-size=128,"
                + "mgf1,keyedhash,xor,sha256,sha384,sha512,null,rsassa,rsaes,rsapss,oaep,ecdsa,ecdh,ecdaa,sm2,ecschnorr,ecmqv,"
                + "kdf1-sp800-56a,kdf2,kdf1-sp800-108,ecc,ecc-min-size=192,ecc-nist,ecc-bn,";
    private static final String CURVES =
            "ecc-nist-p192,ecc-nist-p224,ecc-nist-p256,ecc-nist-p384,ecc-nist-p521," + "ecc-bn-p256,ecc-bn-p638,";
    private static final String MORE_ALGORITHMS =
            "ecc-sm2-p256,symcipher,camellia,camellia-min-size=128,cmac,ctr,ofb,cbc,cfb,ecb";
    private static final String DESCRIPTION = "The profile enables the commands and algorithms that were enabled in"
        + " libtpms v0.9. This profile is automatically used when the state does not have a profile, for example when"
        + " it was created by libtpms v0.9 or before. This profile enables compatibility with libtpms >= v0.9.";

    private final StringBuilder json = new StringBuilder("{");

    private TpmInfo() {}

    /** @param flags an OR of the TPMLIB_INFO flags; unknown ones are ignored */
    static String json(long flags) {
        TpmInfo info = new TpmInfo();
        if ((flags & TPM_SPECIFICATION) != 0) {
            info.key("TPMSpecification")
                    .append("{\"family\":\"2.0\",\"level\": ")
                    .append(TpmIdentity.LEVEL)
                    .append(",\"revision\": ")
                    .append(TpmIdentity.REVISION)
                    .append('}');
        }
        if ((flags & TPM_ATTRIBUTES) != 0) {
            info.key("TPMAttributes")
                    .append("{\"manufacturer\":\"id:00001014\",\"version\":\"id:")
                    .append(Integer.toHexString(TpmIdentity.FIRMWARE_VERSION_1))
                    .append("\",\"model\":\"swtpm\"}");
        }
        if ((flags & TPM_FEATURES) != 0) {
            info.key("TPMFeatures").append("{\"RSAKeySizes\":[1024,2048,3072],\"CamelliaKeySizes\":[128,256]}");
        }
        if ((flags & RUNTIME_ALGORITHMS) != 0) {
            info.runtime("RuntimeAlgorithms", ALGORITHMS + CURVES + MORE_ALGORITHMS);
        }
        if ((flags & RUNTIME_COMMANDS) != 0) {
            info.runtime("RuntimeCommands", commands());
        }
        if ((flags & RUNTIME_ATTRIBUTES) != 0) {
            info.runtime("RuntimeAttributes", "");
        }
        if ((flags & ACTIVE_PROFILE) != 0) {
            info.key("ActiveProfile").append(profile());
        }
        if ((flags & AVAILABLE_PROFILES) != 0) {
            info.key("AvailableProfiles").append('[').append(profile()).append(']');
        }
        return info.json.append('}').toString();
    }

    private StringBuilder key(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        return json.append('"').append(name).append("\":");
    }

    private void runtime(String name, String all) {
        key(name)
                .append("{\"Implemented\":\"")
                .append(all)
                .append("\",\"CanBeDisabled\":\"\",\"Enabled\":\"")
                .append(all)
                .append("\",\"Disabled\":\"\"}");
    }

    private static String profile() {
        return "{\"Name\":\"null\",\"StateFormatLevel\":1,\"Commands\":\"" + commands() + "\",\"Algorithms\":\""
                + ALGORITHMS + MORE_ALGORITHMS + "\",\"Description\":\"" + DESCRIPTION + "\"}";
    }

    /** The codes of all commands, as ranges. */
    private static String commands() {
        StringBuilder ranges = new StringBuilder();
        int first = 0;
        int last = 0;
        for (CommandCode row : CommandCode.values()) {
            if (!CommandSet.nullProfile().isEnabled(row) || !Commands.isImplemented(row)) {
                continue;
            }
            if (row.code() != last + 1) {
                append(ranges, first, last);
                first = row.code();
            }
            last = row.code();
        }
        append(ranges, first, last);
        return ranges.toString();
    }

    private static void append(StringBuilder ranges, int first, int last) {
        if (first == 0) {
            return;
        }
        ranges.append(ranges.isEmpty() ? "0x" : ",0x").append(Integer.toHexString(first));
        if (last != first) {
            ranges.append("-0x").append(Integer.toHexString(last));
        }
    }
}
