package org.jswtpm.tools.setup;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.localca.Localca;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/** The program that issues certificates, as swtpm_setup.conf names it. swtpm_localca is run in this process. */
final class CertificateTool {
    /** TPMLIB_INFO_TPMSPECIFICATION and TPMATTRIBUTES. */
    private static final long SPECIFICATION = 0x01 | 0x02;

    private static final String[][] ATTRIBUTES = {
        {"TPMSpecification", "family", "--tpm-spec-family"},
        {"TPMSpecification", "level", "--tpm-spec-level"},
        {"TPMSpecification", "revision", "--tpm-spec-revision"},
        {"TPMAttributes", "manufacturer", "--tpm-manufacturer"},
        {"TPMAttributes", "model", "--tpm-model"},
        {"TPMAttributes", "version", "--tpm-version"}
    };

    private final ConfigFile config;
    private final SetupArguments arguments;
    private final ToolLog log;
    private final Path directory;
    private final Unfinished unfinished;

    private CertificateTool(
            ConfigFile config, SetupArguments arguments, ToolLog log, Path directory, Unfinished unfinished) {
        this.config = config;
        this.arguments = arguments;
        this.log = log;
        this.directory = directory;
        this.unfinished = unfinished;
    }

    /**
     * The tool.
     *
     * @param directory where certificates may lie until they are read; null where none will be made
     * @param unfinished ends the tool's process, if need be
     */
    static CertificateTool of(
            ConfigFile config, SetupArguments arguments, ToolLog log, Path directory, Unfinished unfinished) {
        return new CertificateTool(config, arguments, log, directory, unfinished);
    }

    /**
     * Has a certificate issued.
     *
     * @param type {@code ek}, {@code platform}, {@code iak} or {@code idevid}
     * @param key the public key, see {@link CreatedKey}
     * @param serialNumber that of the TPM; null for certificates without it
     * @return the certificate in DER, behind TCG_PCCLIENT_STORED_CERT for a TPM 1.2
     */
    byte[] issue(String type, String key, String serialNumber, SetupTpm tpm) throws SetupException {
        String tool = config.get("create_certs_tool");
        if (tool == null) {
            throw new SetupException("No create_certs_tool is configured to make certificates with.");
        }
        String name = tool.substring(tool.lastIndexOf('/') + 1);
        List<String> words = words(type, key, serialNumber, tpm);
        log.say("  Invoking " + tool + " " + String.join(" ", words));
        String output = name.equals("swtpm_localca") ? runHere(name, words) : runChild(tool, name, words);
        for (String line : output.split("\n")) {
            if (!line.isEmpty()) {
                log.say(name + ": " + line);
            }
        }
        Path file = directory.resolve(type + ".cert");
        try {
            byte[] certificate = Files.readAllBytes(file);
            Files.delete(file);
            return certificate;
        } catch (IOException e) {
            throw new SetupException("Failed to open file '" + file + "': " + Reason.of(e));
        }
    }

    private List<String> words(String type, String key, String serialNumber, SetupTpm tpm) throws SetupException {
        List<String> words = new ArrayList<>(List.of("--type", type, serialNumber == null ? "--ek" : "--key", key));
        words.addAll(List.of("--dir", directory.toString()));
        if (arguments.has(SetupOption.ALLOW_SIGNING)) {
            words.add("--allow-signing");
            if (arguments.has(SetupOption.DECRYPTION)) {
                words.add("--decryption");
            }
        }
        if (log.file() != null) {
            words.addAll(List.of("--logfile", log.file().toString()));
        }
        if (arguments.has(SetupOption.VMID)) {
            words.addAll(List.of("--vmid", arguments.get(SetupOption.VMID)));
        }
        addAttributes(words, tpm);
        if (arguments.has(SetupOption.TPM2)) {
            words.add("--tpm2");
        }
        addConfigured(words, "--configfile", "create_certs_tool_config");
        addConfigured(words, "--optsfile", "create_certs_tool_options");
        if (serialNumber != null) {
            words.addAll(List.of("--tpm-serial-num", serialNumber));
        }
        return words;
    }

    private static void addAttributes(List<String> words, SetupTpm tpm) throws SetupException {
        String json = tpm.info(SPECIFICATION);
        Map<?, ?> info = Json.object(json);
        for (String[] attribute : ATTRIBUTES) {
            Object value = info.get(attribute[0]) instanceof Map<?, ?> section ? section.get(attribute[1]) : null;
            if (value == null) {
                throw new SetupException(
                        "Could not find [" + attribute[0] + "][" + attribute[1] + "] in '" + json + "'");
            }
            words.addAll(List.of(attribute[2], value.toString()));
        }
    }

    private void addConfigured(List<String> words, String option, String keyword) {
        String value = config.get(keyword);
        if (value != null) {
            words.addAll(List.of(option, value));
        }
    }

    private static String runHere(String name, List<String> words) throws SetupException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Localca.run(words.toArray(new String[0]), print(out), print(err));
        if (status != 0) {
            throw failure(name, status, err.toString(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream print(ByteArrayOutputStream octets) {
        return new PrintStream(octets, true, StandardCharsets.UTF_8);
    }

    private String runChild(String tool, String name, List<String> words) throws SetupException {
        Path program = SetupProgram.find(tool);
        if (program == null) {
            throw new SetupException("Could not find " + tool + " in PATH.");
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        Path complaints = directory.resolve("stderr");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(complaints.toFile())
                    .start();
            unfinished.unlessKept(process::destroyForcibly);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw failure(name, status, Files.readString(complaints, StandardCharsets.ISO_8859_1));
            }
            return output;
        } catch (IOException e) {
            throw new SetupException("An error occurred running " + tool + ": " + Reason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupException("The set-up was interrupted.");
        } finally {
            complaints.toFile().delete();
        }
    }

    private static SetupException failure(String name, int status, String complaints) {
        return new SetupException(name + " exit with status " + status + ": " + complaints.strip());
    }
}
