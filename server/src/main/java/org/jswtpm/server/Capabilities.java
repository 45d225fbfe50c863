package org.jswtpm.server;

import org.jswtpm.options.Release;

/**
 * {@code --print-capabilities}: one line of JSON in swtpm's form and order. Who reads a feature string here uses the
 * feature, so each is added together with what it promises.
 */
final class Capabilities {
    /** TPMLIB_INFO_TPMFEATURES, RUNTIME_ALGORITHMS, RUNTIME_COMMANDS and AVAILABLE_PROFILES. */
    static final long INFO_FLAGS = 0x04 | 0x08 | 0x10 | 0x40;

    private final StringBuilder json = new StringBuilder(1024);

    private Capabilities() {}

    /** @param info what a TPM 2.0 tells for {@link #INFO_FLAGS}; null where {@code --tpm2} was not given */
    static String json(String info) {
        Capabilities capabilities = new Capabilities();
        capabilities.features(info);
        capabilities.profiles(info);
        return capabilities
                .json
                .append("\"version\": \"")
                .append(Release.VERSION)
                .append("\" }")
                .toString();
    }

    private void features(String info) {
        json.append("{ \"type\": \"swtpm\", \"features\": [ \"tpm-1.2\", \"tpm-2.0\"");
        add("tpm-send-command-header", "flags-opt-startup", "flags-opt-disable-auto-shutdown", "ctrl-opt-terminate");
        add("cmdarg-seccomp", "cmdarg-key-fd", "cmdarg-pwd-fd", "cmdarg-print-states");
        add("cmdarg-chroot", "cmdarg-migration");
        add("nvram-backend-dir", "nvram-backend-file");
        if (info != null) {
            keySizes(between(info, "\"RSAKeySizes\":[", ']'));
            add("cmdarg-profile", "cmdarg-print-profiles", "profile-opt-remove-disabled");
        }
        add("cmdarg-print-info", "tpmstate-opt-lock");
        add("tpmstate-dir-backend-opt-backup", "tpmstate-dir-backend-opt-fsync");
        add("cmdarg-pcap", "systemd-notify");
        json.append(" ], ");
    }

    private void keySizes(String list) {
        int start = 0;
        while (start < list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            add("rsa-keysize-" + list.substring(start, end));
            start = end + 1;
        }
    }

    private void add(String... features) {
        for (String feature : features) {
            json.append(", \"").append(feature).append('"');
        }
    }

    private void profiles(String info) {
        json.append("\"profiles\": { ");
        if (info != null) {
            json.append("\"names\": [ ");
            names(info.substring(info.indexOf("\"AvailableProfiles\":")));
            json.append(" ], ");
            runtime("algorithms", info.substring(info.indexOf("\"RuntimeAlgorithms\":")));
            json.append(", ");
            runtime("commands", info.substring(info.indexOf("\"RuntimeCommands\":")));
            json.append(' ');
        }
        json.append("}, ");
    }

    private void names(String profiles) {
        String separator = "";
        int at = profiles.indexOf("\"Name\":\"");
        while (at >= 0) {
            json.append(separator).append('"').append(between(profiles.substring(at), "\"Name\":\"", '"'));
            json.append('"');
            separator = ", ";
            at = profiles.indexOf("\"Name\":\"", at + 1);
        }
    }

    private void runtime(String name, String runtime) {
        json.append('"').append(name).append("\": { \"canbedisabled\": \"");
        json.append(between(runtime, "\"CanBeDisabled\":\"", '"')).append("\", \"implemented\": \"");
        json.append(between(runtime, "\"Implemented\":\"", '"')).append("\" }");
    }

    private static String between(String text, String before, char after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }
}
