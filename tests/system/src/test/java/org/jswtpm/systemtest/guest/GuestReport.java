package org.jswtpm.systemtest.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.systemtest.tpm.TpmResponse;

/** What a guest has told about its TPM. */
public final class GuestReport {
    private final Map<String, List<String>> lines = new HashMap<>();

    private int boots;

    private GuestReport() {}

    /** Reads what a guest has written. */
    public static GuestReport parse(String text) {
        GuestReport report = new GuestReport();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("@boot")) {
                report.boots++;
                report.lines.clear();
            }
            if (line.startsWith("@")) {
                String[] keyAndValue = line.substring(1).split(" ", 2);
                report.lines
                        .computeIfAbsent(keyAndValue[0], _ -> new ArrayList<>())
                        .add(keyAndValue.length > 1 ? keyAndValue[1].strip() : "");
            }
        }
        if (!report.lines.containsKey("end")) {
            throw new AssertionError("the guest did not come to its end:\n" + text);
        }
        return report;
    }

    /** All responses to a command, whole ones, in what a guest has written that need not have come to its end. */
    public static List<TpmResponse> responses(String text, String command) {
        return outputs(text, command).stream().map(TpmResponse::new).toList();
    }

    /** What a command or a script of the test has given each time, in what a guest has written until now. */
    public static List<byte[]> outputs(String text, String command) {
        List<byte[]> outputs = new ArrayList<>();
        String start = "@response " + command + " ";
        for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
            int end = text.indexOf('\n', at);
            if (end > 0) {
                String octets = text.substring(at + start.length(), end).strip();
                outputs.add(HexFormat.of().parseHex(octets));
            }
        }
        return outputs;
    }

    /** How often Linux has started; all else is from the last time. */
    public int boots() {
        return boots;
    }

    /** /sys/class/tpm/tpm0/tpm_version_major. */
    public String versionMajor() {
        return one("version");
    }

    /** What the kernel's TPM drivers say. */
    public List<String> kernelLines() {
        return lines.getOrDefault("kernel", List.of());
    }

    /** The names of the active PCR banks. */
    public List<String> banks() {
        return lines.getOrDefault("pcr", List.of()).stream()
                .map(line -> line.split(" ")[0])
                .distinct()
                .sorted()
                .toList();
    }

    /** The value that Linux reads of a PCR before any command of the test. */
    public byte[] pcr(String bank, int pcr) {
        return octets("pcr", bank + " " + pcr + " ");
    }

    /** /sys/kernel/security/tpm0/binary_bios_measurements. */
    public byte[] eventLog() {
        return octets("log", "");
    }

    /** The response to a command of the test. */
    public TpmResponse response(String command) {
        return new TpmResponse(octets("response", command + " "));
    }

    private String one(String key) {
        return String.join("\n", lines.getOrDefault(key, List.of()));
    }

    private byte[] octets(String key, String prefix) {
        Optional<String> line = lines.getOrDefault(key, List.of()).stream()
                .filter(candidate -> candidate.startsWith(prefix))
                .findFirst();
        return HexFormat.of()
                .parseHex(line.orElseThrow(() -> new AssertionError("the guest reports no " + key + " " + prefix))
                        .substring(prefix.length()));
    }
}
