package org.jswtpm.tools.bios;

import org.jswtpm.options.OptionScanner;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.channel.TpmAddress;

/** What a command line of swtpm_bios asks for. The later of two options that contradict each other wins, as in swtpm. */
final class BiosArguments {
    private static final int DEFAULT_TCP_PORT = 6545;

    private BiosOption text;
    private String device;
    private TpmAddress.Tcp tcp;
    private String unix;
    private StartupKind startup = StartupKind.CLEAR;
    private boolean more = true;
    private boolean selfTest;
    private boolean ensureActivated;
    private boolean unassertPresence;
    private boolean tpm2;

    private BiosArguments() {}

    /** Reads the whole line, or stops where it asks for the version or the help. */
    static BiosArguments parse(String[] words) throws UsageException {
        BiosArguments arguments = new BiosArguments();
        OptionScanner<BiosOption> scanner = OptionScanner.singleDash("swtpm_bios", BiosOption.values(), words);
        for (BiosOption option = scanner.next(); option != null; option = scanner.next()) {
            arguments.take(option, scanner.argument());
            if (arguments.text != null) {
                break;
            }
        }
        return arguments;
    }

    private void take(BiosOption option, String value) throws UsageException {
        switch (option) {
            case TPM_DEVICE -> device = value;
            case TCP -> tcp = TpmAddress.Tcp.parse(value, DEFAULT_TCP_PORT);
            case UNIX -> unix = value;
            case CLEAR -> startup(StartupKind.CLEAR, true);
            case DEACTIVATED -> startup(StartupKind.DEACTIVATED, false);
            case STATE -> startup(StartupKind.STATE, true);
            case NO_STARTUP -> startup(StartupKind.NONE, true);
            case STARTUP_ONLY -> more = false;
            case SELF_TEST -> selfTest = true;
            case ENSURE_ACTIVATED -> ensureActivated = true;
            case UNASSERT_PRESENCE -> unassertPresence = true;
            case TPM2 -> tpm2 = true;
            case HELP, VERSION -> text = option;
        }
    }

    private void startup(StartupKind kind, boolean withMore) {
        startup = kind;
        more = withMore;
    }

    /** {@link BiosOption#HELP} or {@link BiosOption#VERSION} where one is asked for, else null. */
    BiosOption text() {
        return text;
    }

    /** A device before TCP before a Unix socket; without any of them what the environment of trousers names. */
    TpmAddress address() {
        if (device != null) {
            return new TpmAddress.Device(device);
        }
        if (tcp != null) {
            return tcp;
        }
        if (unix != null) {
            return new TpmAddress.Unix(unix);
        }
        if (System.getenv("TCSD_USE_TCP_DEVICE") != null) {
            String host = System.getenv("TCSD_TCP_DEVICE_HOSTNAME");
            String port = System.getenv("TCSD_TCP_DEVICE_PORT");
            return new TpmAddress.Tcp(host == null ? "localhost" : host, port(port));
        }
        String name = System.getenv("TPM_DEVICE");
        return new TpmAddress.Device(name == null ? "/dev/tpm0" : name);
    }

    private static int port(String text) {
        if (text == null) {
            return DEFAULT_TCP_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            return port < 0 || port > 65535 ? 0 : port;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The Startup. */
    StartupKind startup() {
        return startup;
    }

    /** Whether a TPM 1.2 is enabled and activated behind the Startup. */
    boolean isMore() {
        return more;
    }

    /** Whether the self-test goes on. */
    boolean isSelfTest() {
        return selfTest;
    }

    /** Whether a TPM 1.2 that was not active has to be told from one that was. */
    boolean isEnsureActivated() {
        return ensureActivated;
    }

    /** Whether physical presence (1.2) or the platform hierarchy (2.0) is given up. */
    boolean isUnassertPresence() {
        return unassertPresence;
    }

    /** Whether it is a TPM 2.0. */
    boolean isTpm2() {
        return tpm2;
    }
}
