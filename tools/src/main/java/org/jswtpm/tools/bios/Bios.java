package org.jswtpm.tools.bios;

import java.io.IOException;
import java.io.PrintStream;
import org.jswtpm.options.Release;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.log.LastResort;
import org.jswtpm.tools.log.ToolLog;

/** {@code swtpm_bios}. */
public final class Bios {
    private static final int TPM_ERROR = 128;
    private static final int RESET_NEEDED = 129;
    private static final int NO_RESPONSE = 255;

    private Bios() {}

    /**
     * Does what the command line says.
     *
     * @return the exit status: 0 when it was done, 1 for a wrong command line, 128 if the TPM answered an error, 129 if it
     *     has to be reset, 255 if it did not answer
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        BiosArguments arguments;
        try {
            arguments = BiosArguments.parse(words);
        } catch (UsageException e) {
            err.println(e.getMessage());
            out.print(help());
            return 1;
        }
        if (arguments.text() != null) {
            out.print(arguments.text() == BiosOption.HELP ? help() : version());
            return 0;
        }
        // as in swtpm: a TPM 1.2's errors are told on stderr, those of a TPM 2.0 on stdout
        TpmClient tpm = new TpmClient(arguments.address(), arguments.isTpm2() ? out : err);
        try {
            if (arguments.isTpm2()) {
                new Bios2(tpm).run(arguments);
            } else if (new Bios12(tpm, out).run(arguments)) {
                return RESET_NEEDED;
            }
        } catch (IOException e) {
            err.println(e.getMessage());
            return NO_RESPONSE;
        } catch (RuntimeException | Error e) {
            return LastResort.tell(e, ToolLog.of(out, err));
        }
        return tpm.hadErrors() ? TPM_ERROR : 0;
    }

    private static String version() {
        return Release.line("TPM emulator BIOS emulator") + "\n";
    }

    private static String help() {
        return version() + """

            swtpm_bios [options]

            Runs TPM_Startup (unless -n), then (unless -o) sets PP, enable, activate
            and finally (using -u) gives up physical presence (PP)

            The following options are supported:
            \t--tpm-device <device>  use the given device; default is /dev/tpm0
            \t--tcp [<host>]:[<prt>] connect to TPM on given host and port;
            \t                       default host is 127.0.0.1, default port is 6545
            \t--unix <path>          connect to TPM using UnixIO socket
            \t--tpm2                 initialize a TPM2
            \t-c                     startup clear (default)
            \t-s                     startup state
            \t-d                     startup deactivate (no effect on TPM2)
            \t-n                     no startup
            \t-o                     startup only
            \t-cs                    run TPM_ContinueSelfTest on TPM1.2
            \t                       run TPM2_IncrementalSelfTest on TPM2
            \t-ea                    make sure that the TPM 1.2 is activated;
            \t                       terminate with exit code 129 if the TPM
            \t                       needs to be reset
            \t-u                     give up physical presence
            \t                       on TPM 2 set the platform hierarchy to a
            \t                       random password
            \t-v                     display version and exit
            \t-h                     display this help screen and exit
            """;
    }
}
