package org.jswtpm.tools.ioctl;

import org.jswtpm.options.Numbers;
import org.jswtpm.options.OptionScanner;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.channel.TpmAddress;

/** What a command line of swtpm_ioctl asks for. */
final class IoctlArguments {
    private static final int DEFAULT_TCP_PORT = 6546;
    private static final int MAX_LOCALITY = 4;

    private final OptionScanner<IoctlOption> scanner;
    private IoctlOption command;
    private String text;
    private String file;
    private long number;
    private boolean device;
    private TpmAddress.Tcp tcp;
    private TpmAddress.Unix unix;

    private IoctlArguments(OptionScanner<IoctlOption> scanner) {
        this.scanner = scanner;
    }

    /** Reads the whole line, or stops where it asks for the version or the help. */
    static IoctlArguments parse(String[] words) throws UsageException {
        IoctlArguments arguments =
                new IoctlArguments(OptionScanner.singleDash("swtpm_ioctl", IoctlOption.values(), words));
        arguments.scan();
        return arguments;
    }

    private void scan() throws UsageException {
        for (IoctlOption option = scanner.next(); option != null; option = scanner.next()) {
            switch (option) {
                case TPM_DEVICE -> device = true;
                case TCP -> tcp = TpmAddress.Tcp.parse(scanner.argument(), DEFAULT_TCP_PORT);
                case UNIX -> unix = new TpmAddress.Unix(scanner.argument());
                case VERSION, HELP -> {
                    command = option;
                    return;
                }
                default -> command(option);
            }
        }
        if (command == null) {
            throw UsageException.of("No valid command.");
        }
        if (!device && tcp == null && unix == null) {
            if (scanner.rest().isEmpty()) {
                throw UsageException.of("Error: Missing device name.");
            }
            device = true;
        }
    }

    private void command(IoctlOption option) throws UsageException {
        text = scanner.argument();
        switch (option) {
            case RESET_ESTABLISHED, LOCALITY -> {
                number = number("Could not get locality number from " + text + ".");
                if (number > MAX_LOCALITY) {
                    throw UsageException.of("Locality outside valid range of [0..4].");
                }
            }
            case BUFFER_SIZE -> number = number("Could not get buffersize from " + text + ".");
            case LOCK_STORAGE -> number = number("Could not parse lock retries from " + text + ".");
            case INFO -> {
                number = Numbers.anyBase(text);
                if (number == Numbers.NONE) {
                    throw UsageException.of("Cannot parse info flags.");
                }
            }
            case SAVE, LOAD -> {
                file = scanner.secondArgument();
                if (file == null) {
                    throw UsageException.of("Missing filename argument for --" + option.longName() + " option");
                }
            }
            default -> {}
        }
        if (command != null) {
            throw UsageException.of("Only one command may be given.");
        }
        command = option;
    }

    private long number(String complaint) throws UsageException {
        long value = Numbers.unsigned(text);
        if (value == Numbers.NONE) {
            throw UsageException.of(complaint);
        }
        return value;
    }

    /** What to do. */
    IoctlOption command() {
        return command;
    }

    /** The number behind the command: locality, buffer size, flags or retries. */
    long number() {
        return number;
    }

    /** The word behind the command. */
    String text() {
        return text;
    }

    /** The second word behind the command. */
    String file() {
        return file;
    }

    /** Whether a CUSE device was named, which goes before the sockets. */
    boolean isDevice() {
        return device;
    }

    /** The control channel; TCP goes before Unix. */
    TpmAddress address() {
        return tcp != null ? tcp : unix;
    }
}
