package org.jswtpm.server.cli;

import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.Localities;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.cli.Settings.PidTarget;
import org.jswtpm.server.cli.Settings.State;

/**
 * The command line of {@code swtpm socket}. Everything on it is checked before anything is opened.
 *
 * <p>Of an option that is given twice the last one counts, as with swtpm.
 */
public final class CommandLine {
    /** What the user wants. */
    public enum Request {
        /** A running TPM. */
        RUN,
        /** The help text. */
        HELP,
        /** The JSON of {@code --print-capabilities}. */
        CAPABILITIES
    }

    private static final int MAX_PORT = 0xffff;

    private final String[] texts = new String[Option.values().length];
    private String defaultPort;
    private String serverText;
    private boolean disconnect;
    private Request request = Request.RUN;
    private Settings settings;

    private CommandLine(String defaultPort) {
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
    public static CommandLine parse(String[] words, int first, String tpmPort, String tpmPath) throws UsageException {
        CommandLine line = new CommandLine(tpmPort);
        line.scan(new OptionScanner(words, first));
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

    private void scan(OptionScanner scanner) throws UsageException {
        for (Option option = scanner.next(); option != null; option = scanner.next()) {
            if (!option.works()) {
                throw UsageException.of("The option --" + option.longName() + " is not supported yet. Leave it out.");
            }
            String argument = scanner.argument();
            texts[option.ordinal()] = argument == null ? "" : argument;
            switch (option) {
                case HELP -> {
                    request = Request.HELP;
                    return;
                }
                case PRINT_CAPABILITIES -> request = Request.CAPABILITIES;
                case PORT -> usePort(argument);
                case SERVER -> {
                    serverText = argument;
                    disconnect = false;
                }
                default -> {}
            }
        }
        if (scanner.firstWord() != null) {
            throw UsageException.of("Unknown parameter '" + scanner.firstWord() + "'");
        }
    }

    private void usePort(String argument) throws UsageException {
        long port;
        try {
            port = Long.decode(argument);
        } catch (NumberFormatException e) {
            throw UsageException.of("Cannot parse socket port number '" + argument + "'.");
        }
        if (port < 0 || port > MAX_PORT) {
            throw UsageException.of("Port " + argument + " is outside valid range 0 to 65535.");
        }
        defaultPort = Long.toString(port);
        serverText = "type=tcp";
        disconnect = true;
    }

    private String text(Option option) {
        return texts[option.ordinal()];
    }

    private Settings settings(String tpmPath) throws UsageException {
        LogTarget log = log(text(Option.LOG));
        if (request == Request.CAPABILITIES) {
            return new Settings(null, null, null, log, null, null, null, false, false);
        }
        if (text(Option.TPM2) == null) {
            throw UsageException.of("TPM 1.2 is not supported yet. Ask for a TPM 2.0 with --tpm2.");
        }
        seccomp(text(Option.SECCOMP));
        Settings read = new Settings(
                ctrl(text(Option.CTRL)),
                server(serverText),
                state(text(Option.TPMSTATE), tpmPath),
                log,
                flags(text(Option.FLAGS)),
                localities(text(Option.LOCALITY)),
                pid(text(Option.PID)),
                text(Option.DAEMON) != null,
                text(Option.TERMINATE) != null);
        if (read.ctrl() == null && read.server() == null) {
            throw UsageException.of("Nobody could reach this TPM. Give it --ctrl, --server or --port.");
        }
        return read;
    }

    private static LogTarget log(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("logging", text, KnownNames.LOG);
        int level = options.number("level", 0);
        // a level of its own is 1; swtpm keeps the console silent only with file=-
        return new LogTarget(
                options.string("file"),
                options.number("fd", -1),
                level == 0 ? 1 : level,
                options.string("prefix"),
                options.flag("truncate", false));
    }

    private static Endpoint ctrl(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("ctrl", text, KnownNames.CTRL);
        options.refuse("fd");
        options.refuse("clientfd");
        String type = options.string("type");
        if (type == null) {
            throw UsageException.of("Missing type parameter for control channel: type=unixio or type=tcp");
        }
        return switch (type) {
            case "unixio" -> unix(options, "UnixIO control channel", "terminate");
            case "tcp" -> {
                int port = options.number("port", -1);
                if (port == -1) {
                    throw UsageException.of("Missing port option for TCP control channel");
                }
                yield tcp(options, port, "TCP control channel port", "terminate");
            }
            default -> throw UsageException.of("Unsupported control channel type: " + type + "; it is unixio or tcp");
        };
    }

    private Endpoint server(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("server", disconnect ? text + ",disconnect" : text, KnownNames.SERVER);
        options.refuse("fd");
        String type = options.string("type");
        if (type == null || type.equals("tcp")) {
            return tcp(options, serverPort(options), "TCP socket port", "disconnect");
        }
        if (type.equals("unixio")) {
            return unix(options, "UnixIO socket", "disconnect");
        }
        throw UsageException.of("Unsupported socket type: " + type + "; it is unixio or tcp");
    }

    private int serverPort(SubOptions options) throws UsageException {
        int port = options.number("port", -1);
        if (port != -1) {
            return port;
        }
        try {
            return Integer.parseInt(defaultPort == null ? "" : defaultPort.trim());
        } catch (NumberFormatException e) {
            throw UsageException.of("TPM_PORT is not set or contains an invalid integer value; give --server a port=");
        }
    }

    private static Endpoint unix(SubOptions options, String what, String flag) throws UsageException {
        String path = options.string("path");
        if (path == null) {
            throw UsageException.of("Missing path option for " + what);
        }
        return new Endpoint(
                path,
                0,
                null,
                null,
                options.number("mode", 0770),
                options.string("uid"),
                options.string("gid"),
                options.flag(flag, false));
    }

    private static Endpoint tcp(SubOptions options, int port, String what, String flag) throws UsageException {
        if (port < 0 || port > MAX_PORT) {
            throw UsageException.of(what + " outside valid range 0 to 65535");
        }
        String address = options.string("bindaddr");
        return new Endpoint(
                null,
                port,
                address == null ? "127.0.0.1" : address,
                options.string("ifname"),
                0,
                null,
                null,
                options.flag(flag, false));
    }

    private static State state(String text, String tpmPath) throws UsageException {
        if (text == null) {
            return tpmPath == null ? null : new State(tpmPath, 0640, false, true, false, false);
        }
        SubOptions options = SubOptions.parse("tpmstate", text, KnownNames.TPMSTATE);
        String directory = options.string("dir");
        if (directory == null) {
            String uri = options.string("backend-uri");
            if (uri == null) {
                throw UsageException.of("The dir or backend-uri parameters is required for the tpmstate option.");
            }
            if (!uri.startsWith("dir://")) {
                throw UsageException.of(
                        "The tpmstate backend '" + uri + "' is not supported yet. Use dir=<directory>.");
            }
            directory = uri.substring("dir://".length());
        }
        int mode = options.number("mode", -1);
        return new State(
                directory,
                mode == -1 ? 0640 : mode,
                mode != -1,
                options.flag("lock", true),
                options.flag("backup", false),
                options.flag("fsync", false));
    }

    private static Flags flags(String text) throws UsageException {
        if (text == null) {
            return new Flags(true, Flags.NO_STARTUP, true);
        }
        SubOptions options = SubOptions.parse("flags", text, KnownNames.FLAGS);
        int startup = Flags.NO_STARTUP;
        if (options.flag("startup-clear", false)) {
            startup = 0;
        } else if (options.flag("startup-state", false)) {
            startup = 1;
        } else if (options.flag("startup-deactivated", false)) {
            throw UsageException.of("TPM 2 does not support startup deactivated.");
        }
        return new Flags(
                startup == Flags.NO_STARTUP && !options.flag("not-need-init", false),
                startup,
                !options.flag("disable-auto-shutdown", false));
    }

    private static Localities localities(String text) throws UsageException {
        if (text == null) {
            return new Localities(false, false);
        }
        SubOptions options = SubOptions.parse("locality", text, KnownNames.LOCALITY);
        return new Localities(options.flag("reject-locality-4", false), options.flag("allow-set-locality", false));
    }

    private static PidTarget pid(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("pid", text, KnownNames.PID);
        PidTarget target = new PidTarget(options.string("file"), options.number("fd", -1));
        if (target.file() == null && target.fd() < 0) {
            throw UsageException.of("The file or fd parameter is required for the pid option.");
        }
        return target;
    }

    private static void seccomp(String text) throws UsageException {
        if (text == null) {
            return;
        }
        String action = SubOptions.parse("seccomp", text, KnownNames.SECCOMP).string("action");
        if (!"none".equals(action)) {
            throw UsageException.of("The option --seccomp is supported with action=none only yet.");
        }
    }
}
