package org.jswtpm.server.cli;

import java.util.Arrays;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.options.OptionScanner;
import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.EndpointKind;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.Localities;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.cli.Settings.State;

/**
 * The command line of {@code swtpm socket} or {@code swtpm chardev}. Everything on it is checked before anything is opened,
 * in swtpm's order.
 *
 * <p>Of an option that is given twice the last one counts, as with swtpm; of several character devices the first.
 */
public final class CommandLine {
    /** What the user wants. */
    public enum Request {
        /** A running TPM. */
        RUN,
        /** The help text. */
        HELP,
        /** The JSON of {@code --print-capabilities}. */
        CAPABILITIES,
        /** The JSON of {@code --print-states}. */
        STATES,
        /** The JSON of {@code --print-profiles}. */
        PROFILES,
        /** The JSON of {@code --print-info}. */
        INFO
    }

    private static final long MAX_INFO_FLAGS = 0xffff_ffffL;

    private final InterfaceType type;
    private final String[] texts = new String[Option.values().length];
    private String defaultPort;
    private String serverText;
    private boolean disconnect;
    private Endpoint dataDescriptor;
    private long infoFlags;
    private boolean tpm2;
    private Request request = Request.RUN;
    private Settings settings;

    private CommandLine(InterfaceType type, String defaultPort) {
        this.type = type;
        this.defaultPort = defaultPort;
    }

    /**
     * Reads a command line.
     *
     * @param words the arguments of the process
     * @param first where the options of the interface begin
     * @param tpmPort the environment variable TPM_PORT, or null
     * @param tpmPath the environment variable TPM_PATH, or null
     */
    public static CommandLine parse(InterfaceType type, String[] words, int first, String tpmPort, String tpmPath)
            throws UsageException {
        CommandLine line = new CommandLine(type, tpmPort);
        line.scan(OptionScanner.of(type.word(), type.options(), Arrays.copyOfRange(words, first, words.length)));
        if (line.request != Request.HELP) {
            line.settings = line.settings(tpmPath);
        }
        return line;
    }

    /** What the user wants. */
    public Request request() {
        return request;
    }

    /** The settings; null where only help is wanted. */
    public Settings settings() {
        return settings;
    }

    /** The flags of {@code --print-info}. */
    public long infoFlags() {
        return infoFlags;
    }

    /** Whether {@code --tpm2} was given. */
    public boolean isTpm2() {
        return tpm2;
    }

    private void scan(OptionScanner<Option> scanner) throws UsageException {
        for (Option option = scanner.next(); option != null; option = scanner.next()) {
            String argument = scanner.argument();
            texts[option.ordinal()] = argument == null ? "" : argument;
            switch (option) {
                case HELP -> {
                    request = Request.HELP;
                    return;
                }
                case PORT -> {
                    defaultPort = ChannelOptions.port(argument);
                    serverText = "type=tcp";
                    disconnect = true;
                }
                case SERVER -> {
                    serverText = argument;
                    disconnect = false;
                }
                case CHARDEV -> addDevice(Endpoint.ofDevice(EndpointKind.DEVICE, argument));
                case FD -> addDevice(ChannelOptions.descriptor(argument, type));
                case PRINT_INFO -> infoFlags = flagsOf(argument);
                default -> {}
            }
        }
        if (!scanner.rest().isEmpty()) {
            throw UsageException.of("Unknown parameter '" + scanner.rest().getFirst() + "'");
        }
        tpm2 = has(Option.TPM2);
        request = wanted();
    }

    /** Where several are given, the one that swtpm comes to first. */
    private Request wanted() {
        if (has(Option.PRINT_CAPABILITIES)) {
            return Request.CAPABILITIES;
        }
        if (has(Option.PRINT_STATES)) {
            return Request.STATES;
        }
        if (has(Option.PRINT_PROFILES)) {
            return Request.PROFILES;
        }
        return infoFlags != 0 ? Request.INFO : Request.RUN;
    }

    private static long flagsOf(String argument) throws UsageException {
        try {
            long flags = Long.decode(argument);
            if (flags >= 0 && flags <= MAX_INFO_FLAGS) {
                return flags;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number that is too large
        }
        throw UsageException.of("Cannot parse info value '" + argument + "'; it is an OR of the flags 0x01 to 0x80.");
    }

    private boolean has(Option option) {
        return text(option) != null;
    }

    private String text(Option option) {
        return texts[option.ordinal()];
    }

    private Settings settings(String tpmPath) throws UsageException {
        LogTarget log = ProcessOptions.log(text(Option.LOG));
        if (request == Request.CAPABILITIES) {
            return onlyLog(log, null);
        }
        Endpoint ctrl = null;
        Endpoint server = null;
        if (type == InterfaceType.SOCKET) {
            ctrl = ChannelOptions.ctrl(text(Option.CTRL));
            server = server();
        }
        if (request == Request.STATES) {
            return onlyLog(log, printedState());
        }
        if (request == Request.PROFILES) {
            return onlyLog(log, null);
        }
        if (type == InterfaceType.CHARDEV) {
            server = device();
            ctrl = ChannelOptions.ctrl(text(Option.CTRL));
        }
        return new Settings(
                version(),
                ctrl,
                server,
                StateOptions.state(text(Option.TPMSTATE), tpmPath),
                StateOptions.key("key", text(Option.KEY)),
                StateOptions.key("migration-key", text(Option.MIGRATION_KEY)),
                log,
                flags(),
                localities(),
                ProcessOptions.pid(text(Option.PID)),
                StateOptions.migration(text(Option.MIGRATION)),
                StateOptions.profile(text(Option.PROFILE)),
                ProcessOptions.pcap(text(Option.PCAP)),
                ProcessOptions.confinement(text(Option.SECCOMP), text(Option.RUNAS), text(Option.CHROOT)),
                has(Option.DAEMON),
                has(Option.TERMINATE)
                        || type == InterfaceType.CHARDEV
                        || dataDescriptor != null
                        || isConnectedAtOnce(server));
    }

    private void addDevice(Endpoint device) {
        if (dataDescriptor == null || type == InterfaceType.SOCKET) {
            dataDescriptor = device;
        }
    }

    private Endpoint device() throws UsageException {
        if (has(Option.VTPM_PROXY)) {
            if (dataDescriptor != null) {
                throw UsageException.of(
                        "Cannot use vTPM proxy with a provided device; give one of --vtpm-proxy, --chardev"
                                + " and --fd");
            }
            return Endpoint.ofDevice(EndpointKind.VTPM_PROXY, null);
        }
        if (dataDescriptor == null && request == Request.RUN) {
            throw UsageException.of(
                    "Error: Missing character device or file descriptor; give --chardev, --fd or" + " --vtpm-proxy");
        }
        return dataDescriptor;
    }

    /** Linux talks to a vTPM proxy at once. */
    private Flags flags() throws UsageException {
        Flags flags = ProcessOptions.flags(text(Option.FLAGS), version());
        if (!has(Option.VTPM_PROXY)) {
            return flags;
        }
        return new Flags(false, has(Option.FLAGS) ? flags.startup() : 0, flags.autoShutdown());
    }

    /** Linux tells a vTPM proxy the locality in-band. */
    private Localities localities() throws UsageException {
        Localities localities = ProcessOptions.localities(text(Option.LOCALITY));
        return has(Option.VTPM_PROXY) ? new Localities(localities.rejectFour(), true) : localities;
    }

    private TpmVersion version() {
        return tpm2 ? TpmVersion.TPM_2_0 : TpmVersion.TPM_1_2;
    }

    private static boolean isConnectedAtOnce(Endpoint server) {
        return server != null && server.kind() == EndpointKind.CONNECTED_FD;
    }

    private Endpoint server() throws UsageException {
        if (serverText == null) {
            return dataDescriptor;
        }
        if (dataDescriptor != null) {
            throw UsageException.of("Only one of --fd, --port and --server can say where TPM commands come from");
        }
        return ChannelOptions.server(serverText, disconnect, defaultPort);
    }

    private State printedState() throws UsageException {
        if (!has(Option.TPMSTATE)) {
            throw UsageException.of("Error: --tpmstate option is required for --print-states");
        }
        return StateOptions.state(text(Option.TPMSTATE), null);
    }

    private Settings onlyLog(LogTarget log, State state) throws UsageException {
        return new Settings(
                version(),
                null,
                null,
                state,
                null,
                null,
                log,
                null,
                null,
                null,
                null,
                null,
                null,
                ProcessOptions.confinement(null, text(Option.RUNAS), text(Option.CHROOT)),
                false,
                false);
    }
}
