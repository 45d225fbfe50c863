package org.jswtpm.tools.localca;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.options.OptionScanner;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.cert.Cert;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.LastResort;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/** {@code swtpm_localca}. */
public final class Localca {
    private static final LocalcaOption[] SPECIFICATION = {
        LocalcaOption.TPM_SPEC_FAMILY, LocalcaOption.TPM_SPEC_REVISION, LocalcaOption.TPM_SPEC_LEVEL
    };
    private static final LocalcaOption[] ATTRIBUTES = {
        LocalcaOption.TPM_MANUFACTURER, LocalcaOption.TPM_MODEL, LocalcaOption.TPM_VERSION
    };

    private final Map<LocalcaOption, String> values;
    private final ToolLog log;

    private Localca(Map<LocalcaOption, String> values, ToolLog log) {
        this.values = values;
        this.log = log;
    }

    /**
     * Does what the command line says.
     *
     * @return the exit status: 0 when it was done, 1 when not
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        Map<LocalcaOption, String> values;
        ToolLog log;
        try {
            values = parse(words);
            if (values.containsKey(LocalcaOption.HELP)) {
                out.print(LocalcaTexts.help());
                return 0;
            }
            String file = values.get(LocalcaOption.LOGFILE);
            log = file == null ? ToolLog.of(out, err) : ToolLog.of(file, out, err);
        } catch (UsageException e) {
            err.println(e.getMessage());
            out.print(LocalcaTexts.help());
            return 1;
        } catch (IOException e) {
            err.println(e.getMessage());
            return 1;
        }
        try {
            new Localca(values, log).issue();
            return 0;
        } catch (LocalcaException e) {
            log.complain(e.getMessage());
            return 1;
        } catch (RuntimeException | Error e) {
            return LastResort.tell(e, log);
        }
    }

    private static Map<LocalcaOption, String> parse(String[] words) throws UsageException {
        Map<LocalcaOption, String> values = new EnumMap<>(LocalcaOption.class);
        OptionScanner<LocalcaOption> scanner = OptionScanner.of("swtpm_localca", LocalcaOption.values(), words);
        for (LocalcaOption option = scanner.next(); option != null; option = scanner.next()) {
            String value = option.takesArgument() ? scanner.argument() : "";
            values.put(option == LocalcaOption.KEY ? LocalcaOption.EK : option, value);
        }
        return values;
    }

    private void issue() throws LocalcaException {
        Path options = file(LocalcaOption.OPTSFILE, "swtpm-localca.options", "options");
        Path configFile = file(LocalcaOption.CONFIGFILE, "swtpm-localca.conf", "config");
        Authority authority;
        try {
            authority = Authority.open(ConfigFile.read(configFile), configFile, log);
        } catch (IOException e) {
            throw new LocalcaException("Could not read " + configFile + ": " + Reason.of(e));
        }
        List<String> words = certificateOptions(options);
        words.addAll(List.of("--serial", authority.nextSerial().toString(), "--days", "-1"));
        words.addAll(List.of("--signkey", authority.signingKey()));
        words.addAll(List.of("--issuercert", authority.issuerCertificate().toString()));
        if (authority.password() != null) {
            words.addAll(List.of("--signkey-password", authority.password()));
        }
        certify(words);
    }

    private Path file(LocalcaOption option, String name, String what) throws LocalcaException {
        String value = values.get(option);
        Path file = value == null ? ConfigFile.find(name) : Path.of(value);
        if (!Files.isReadable(file)) {
            throw new LocalcaException("Need read rights on " + what + " file " + file + " for user "
                    + System.getProperty("user.name") + ".");
        }
        return file;
    }

    private List<String> certificateOptions(Path optionsFile) {
        boolean tpm2 = values.containsKey(LocalcaOption.TPM2);
        List<String> words = new ArrayList<>(List.of("--subject", subject()));
        try {
            for (String line : ConfigFile.lines(optionsFile)) {
                for (String word : line.split("[ \t\r]+")) {
                    if (!word.isEmpty()) {
                        words.add(word);
                    }
                }
            }
        } catch (IOException e) { // there may be none, as in swtpm
            log.complain("Could not read " + optionsFile + ": " + Reason.of(e));
        }
        if (tpm2 && values.containsKey(LocalcaOption.TPM_SERIAL_NUM)) {
            words.addAll(List.of("--tpm-serial-num", values.get(LocalcaOption.TPM_SERIAL_NUM)));
        }
        words.add(tpm2 ? "--tpm2" : "--add-header");
        if (type().equals("ek")) {
            addFlag(words, LocalcaOption.ALLOW_SIGNING);
            addFlag(words, LocalcaOption.DECRYPTION);
            addValues(words, SPECIFICATION);
        } else {
            words.addAll(List.of("--type", type()));
        }
        addValues(words, ATTRIBUTES);
        addKey(words);
        String directory = values.getOrDefault(LocalcaOption.DIR, ".");
        words.addAll(List.of("--out-cert", directory + "/" + type() + ".cert"));
        return words;
    }

    private String type() {
        String type = values.getOrDefault(LocalcaOption.TYPE, "");
        return type.isEmpty() ? "ek" : type;
    }

    /** The name of the virtual machine, without the characters that have a meaning in a name. */
    private String subject() {
        String vmid = values.getOrDefault(LocalcaOption.VMID, "unknown");
        StringBuilder name =
                new StringBuilder(type().equals("ek") || type().equals("platform") ? "CN=" : "serialNumber=");
        for (int i = 0; i < vmid.length(); i++) {
            char c = vmid.charAt(i);
            boolean escaped = c == '+' && i > 0 && vmid.charAt(i - 1) == '\\';
            name.append(c == ',' || c == '+' && !escaped ? '_' : c);
        }
        return name.toString();
    }

    private void addFlag(List<String> words, LocalcaOption flag) {
        if (values.containsKey(flag)) {
            words.add("--" + flag.longName());
        }
    }

    private void addValues(List<String> words, LocalcaOption[] options) {
        for (LocalcaOption option : options) {
            if (values.containsKey(option)) {
                words.addAll(List.of("--" + option.longName(), values.get(option)));
            }
        }
    }

    /** A modulus, or {@code x=…,y=…[,id=…]}. */
    private void addKey(List<String> words) {
        String key = values.getOrDefault(LocalcaOption.EK, "");
        if (!key.startsWith("x=")) {
            words.addAll(List.of("--modulus", key));
            return;
        }
        for (String part : key.split(",")) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0));
            words.addAll(List.of(name.equals("id") ? "--ecc-curveid" : "--ecc-" + name, part.substring(equals + 1)));
        }
    }

    private void certify(List<String> words) throws LocalcaException {
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(complaints, true, StandardCharsets.UTF_8);
        int status = Cert.run(words.toArray(new String[0]), printed, printed);
        String what = type().equals("ek") ? "EK" : type();
        if (status != 0) {
            throw new LocalcaException("Could not create " + what + " certificate locally\n"
                    + complaints.toString(StandardCharsets.UTF_8));
        }
        log.say("Successfully created " + what + " certificate locally.");
    }
}
