package org.jswtpm.tools.setup;

import java.util.EnumMap;
import java.util.Map;
import org.jswtpm.options.OptionScanner;
import org.jswtpm.options.UsageException;

/** What a command line of swtpm_setup asks for; of a repeated option the last one counts, PCR banks add up. */
final class SetupArguments {
    private final Map<SetupOption, String> values = new EnumMap<>(SetupOption.class);
    private SetupOption text;

    private SetupArguments() {}

    /** Reads the whole line, or stops where it asks for a text or for configuration files. */
    static SetupArguments parse(String[] words) throws UsageException, SetupException {
        SetupArguments arguments = new SetupArguments();
        OptionScanner<SetupOption> scanner = OptionScanner.of("swtpm_setup", SetupOption.values(), words);
        for (SetupOption option = scanner.next(); option != null; option = scanner.next()) {
            arguments.take(option, scanner);
            if (arguments.text != null) {
                break;
            }
        }
        return arguments;
    }

    private void take(SetupOption option, OptionScanner<SetupOption> scanner) throws SetupException {
        String value = scanner.argument();
        switch (option) {
            case TPMSTATE -> values.put(SetupOption.TPM_STATE, value);
            case PCR_BANKS -> values.merge(option, value.strip(), (before, more) -> before + "," + more);
            case KEYFILE_FD, PWDFILE_FD, PROFILE_FILE_FD -> values.put(option, descriptor(value));
            case TAKE_OWNERSHIP, CREATE_EK_CERT, CREATE_PLATFORM_CERT -> {
                values.put(option, "");
                values.put(SetupOption.CREATEEK, "");
            }
            case PROFILE_REMOVE_DISABLED -> {
                if (!value.equals("fips-host") && !value.equals("check")) {
                    throw new SetupException("Unsupported parameter for --profile-remove-disabled: " + value);
                }
                values.put(option, value);
            }
            case VERSION, HELP -> text = option;
            case CREATE_CONFIG_FILES -> {
                String second = value == null ? scanner.secondArgument() : value;
                values.put(option, second == null ? "" : second);
                text = option;
            }
            default -> values.put(option, value == null ? "" : value);
        }
    }

    private static String descriptor(String text) throws SetupException {
        try {
            int descriptor = Integer.parseInt(text);
            if (descriptor >= 0 && descriptor < Integer.MAX_VALUE) {
                return Integer.toString(descriptor);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new SetupException("Invalid file descriptor '" + text + "'");
    }

    /** {@code VERSION}, {@code HELP} or {@code CREATE_CONFIG_FILES} where that is all that is asked for; else null. */
    SetupOption text() {
        return text;
    }

    /** Whether an option was given, or another one that implies it. */
    boolean has(SetupOption option) {
        return values.containsKey(option);
    }

    /** The value of an option; null where it was not given. */
    String get(SetupOption option) {
        return values.get(option);
    }
}
