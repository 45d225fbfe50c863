package org.jswtpm.server.cli;

import org.jswtpm.engine.TpmVersion;
import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.Settings.Confinement;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.Localities;
import org.jswtpm.server.cli.Settings.LogTarget;
import org.jswtpm.server.cli.Settings.Pcap;
import org.jswtpm.server.cli.Settings.PidTarget;
import org.jswtpm.server.cli.Settings.SeccompAction;

/** The options that say how the process behaves: log, pid, flags, localities, confinement, recording. */
final class ProcessOptions {
    private ProcessOptions() {}

    /** {@code --log}. */
    static LogTarget log(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("logging", text, KnownNames.log());
        int level = options.number("level", 0);
        // a level of its own is 1; swtpm keeps the console silent only with file=-
        return new LogTarget(
                options.string("file"),
                options.number("fd", -1),
                level == 0 ? 1 : level,
                options.string("prefix"),
                options.flag("truncate", false),
                options.flag("explain", false));
    }

    /** {@code --flags}. */
    static Flags flags(String text, TpmVersion version) throws UsageException {
        if (text == null) {
            return new Flags(true, Flags.NO_STARTUP, true);
        }
        SubOptions options = SubOptions.parse("flags", text, KnownNames.flags());
        int startup = Flags.NO_STARTUP;
        if (options.flag("startup-clear", false)) {
            startup = 0;
        } else if (options.flag("startup-state", false)) {
            startup = 1;
        } else if (options.flag("startup-deactivated", false)) {
            if (version == TpmVersion.TPM_2_0) {
                throw UsageException.of("TPM 2 does not support startup deactivated.");
            }
            startup = 2;
        }
        return new Flags(
                startup == Flags.NO_STARTUP && !options.flag("not-need-init", false),
                startup,
                !options.flag("disable-auto-shutdown", false));
    }

    /** {@code --locality}. */
    static Localities localities(String text) throws UsageException {
        if (text == null) {
            return new Localities(false, false);
        }
        SubOptions options = SubOptions.parse("locality", text, KnownNames.locality());
        return new Localities(options.flag("reject-locality-4", false), options.flag("allow-set-locality", false));
    }

    /** {@code --pid}. */
    static PidTarget pid(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("pid", text, KnownNames.pid());
        PidTarget target = new PidTarget(options.string("file"), options.number("fd", -1));
        if (target.file() == null && target.fd() < 0) {
            throw UsageException.of("The file or fd parameter is required for the pid option.");
        }
        return target;
    }

    /** {@code --seccomp}, {@code --runas} and {@code --chroot}. */
    static Confinement confinement(String seccomp, String runAs, String chroot) throws UsageException {
        return new Confinement(runAs, chroot, seccomp(seccomp));
    }

    private static SeccompAction seccomp(String text) throws UsageException {
        if (text == null) {
            return SeccompAction.NONE;
        }
        String action = SubOptions.parse("seccomp", text, KnownNames.seccomp()).string("action");
        return switch (action == null ? "kill" : action) {
            case "none" -> SeccompAction.NONE;
            case "log" -> SeccompAction.LOG;
            case "kill" -> SeccompAction.KILL;
            default ->
                throw UsageException.of("Unsupported seccomp log action " + action + "; it is none, log or kill");
        };
    }

    /** {@code --pcap}. */
    static Pcap pcap(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        SubOptions options = SubOptions.parse("pcap", text, KnownNames.pcap());
        Pcap pcap = new Pcap(
                options.string("file"),
                options.number("fd", -1),
                options.number("mode", 0640),
                options.flag("truncate", false),
                options.flag("checksums", false));
        if (pcap.file() == null && pcap.fd() < 0) {
            throw UsageException.of("The file or fd parameter is required for the pcap option.");
        }
        return pcap;
    }
}
