package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.profile.Profile;
import org.jswtpm.engine.tpm2.profile.ProfileInfo;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;

/**
 * What a TPM 2.0 says of itself in JSON, with the keys and in the form of libtpms' TPMLIB_GetInfo; swtpm's tools put some
 * of it into certificates.
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

    private final StringBuilder json = new StringBuilder("{");

    private TpmInfo() {}

    /**
     * @param flags an OR of the TPMLIB_INFO flags; unknown ones are ignored
     * @param profile the profile of a TPM that is on, else null
     */
    static String json(long flags, Profile profile) {
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
            info.key("TPMFeatures")
                    .append("{\"RSAKeySizes\":[1024,2048,3072,4096],\"CamelliaKeySizes\":[128,192,256]}");
        }
        ProfileInfo profiles = new ProfileInfo(profile);
        if ((flags & RUNTIME_ALGORITHMS) != 0) {
            info.runtime("RuntimeAlgorithms", profiles::algorithms);
        }
        if ((flags & RUNTIME_COMMANDS) != 0) {
            info.runtime("RuntimeCommands", profiles::commands);
        }
        if ((flags & RUNTIME_ATTRIBUTES) != 0) {
            info.runtime("RuntimeAttributes", profiles::attributes);
        }
        if ((flags & ACTIVE_PROFILE) != 0 && profile != null) {
            info.key("ActiveProfile").append(profile.toJson());
        }
        if ((flags & AVAILABLE_PROFILES) != 0) {
            info.key("AvailableProfiles")
                    .append('[')
                    .append(ProfileInfo.available())
                    .append(']');
        }
        return info.json.append('}').toString();
    }

    private StringBuilder key(String name) {
        if (json.length() > 1) {
            json.append(',');
        }
        return json.append('"').append(name).append("\":");
    }

    private interface Lists {
        String of(ProfileInfo.Part part);
    }

    private void runtime(String name, Lists lists) {
        key(name)
                .append("{\"Implemented\":\"")
                .append(lists.of(ProfileInfo.Part.IMPLEMENTED))
                .append("\",\"CanBeDisabled\":\"")
                .append(lists.of(ProfileInfo.Part.CAN_BE_DISABLED))
                .append("\",\"Enabled\":\"")
                .append(lists.of(ProfileInfo.Part.ENABLED))
                .append("\",\"Disabled\":\"")
                .append(lists.of(ProfileInfo.Part.DISABLED))
                .append("\"}");
    }
}
