package org.jswtpm.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.CommandLine;
import org.jswtpm.server.cli.InterfaceType;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.cli.Settings.Confinement;
import org.jswtpm.server.cli.Settings.SeccompAction;
import org.jswtpm.server.cli.Texts;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.process.ClosedMemory;
import org.jswtpm.server.process.Detachment;
import org.jswtpm.server.process.Ending;
import org.jswtpm.server.process.IgnoredSignals;
import org.jswtpm.server.process.Privileges;
import org.jswtpm.server.process.SeccompFilter;
import org.jswtpm.server.process.SpareThreads;
import org.jswtpm.server.socket.NotifySocket;
import org.jswtpm.server.socket.SocketLibrary;

/** What {@code swtpm} does with its command line. */
final class Program {
    private static final int FAILURE = 1;

    private Program() {}

    /**
     * Does what the command line says.
     *
     * @param args the words behind the program's name
     * @param maker makes the TPM, if one is to run
     * @return the exit status: 0 when it was done, 1 when not. A running TPM ends the process itself
     */
    static int run(String[] args, TpmServer.TpmMaker maker) {
        if (args.length == 0) {
            return complain("Missing TPM interface type.\n");
        }
        return switch (args[0]) {
            case "socket" -> run(InterfaceType.SOCKET, args, maker);
            case "chardev" -> run(InterfaceType.CHARDEV, args, maker);
            case "-h", "--help" -> print(Texts.help());
            case "-v", "--version" -> print(Texts.version() + "\n");
            default -> complain("Unsupported TPM interface type '" + args[0] + "'.\n" + Texts.help());
        };
    }

    private static int run(InterfaceType type, String[] args, TpmServer.TpmMaker maker) {
        CommandLine line;
        try {
            line = CommandLine.parse(type, args, 1, System.getenv("TPM_PORT"), System.getenv("TPM_PATH"));
        } catch (UsageException e) {
            return e.isHelpWanted()
                    ? complain(e.getMessage() + "\n" + Texts.help(type))
                    : complain("swtpm: " + e.getMessage() + "\n");
        }
        return switch (line.request()) {
            case RUN -> serve(line.settings(), args, maker);
            case HELP -> print(Texts.help(type));
            default -> report(line, maker);
        };
    }

    private static int report(CommandLine line, TpmServer.TpmMaker maker) {
        Settings settings = line.settings();
        Log log = null;
        try {
            confine(settings.confinement());
            log = Log.open(settings.log());
            if (line.request() == CommandLine.Request.INFO) {
                return info(Report.info(settings, line.infoFlags(), maker, log), log);
            }
            return print(
                    switch (line.request()) {
                        case CAPABILITIES -> Report.capabilities(line.isTpm2(), maker) + "\n";
                        case STATES -> Report.states(settings, line.isTpm2());
                        case PROFILES -> Report.profiles(line.isTpm2(), maker);
                        case HELP, RUN, INFO -> throw new IllegalArgumentException();
                    });
        } catch (IOException e) {
            return complain(log, e);
        } catch (RuntimeException | Error e) {
            orStderr(log).fault("report", e);
            return FAILURE;
        }
    }

    /** The answer first: who reads stdout and stderr as one finds it at the beginning. */
    private static int info(Report.Info info, Log log) {
        int status = print(info.json() + "\n");
        if (info.made() != null) {
            info.made().report(log);
        }
        return status;
    }

    private static int serve(Settings settings, String[] args, TpmServer.TpmMaker maker) {
        Ending ending = null;
        Log log = null;
        try {
            if (settings.daemon() && !Detachment.isDaemon()) {
                return Detachment.start(args);
            }
            IgnoredSignals.heed(args);
            Detachment detachment = settings.daemon() ? Detachment.begin() : null;
            Settings opened = DataDevice.open(settings);
            ClosedMemory memory = ClosedMemory.prepare();
            confine(settings.confinement());
            log = Log.open(settings.log());
            ending = Ending.ofProcess();
            TpmServer server = TpmServer.open(DataDevice.make(opened), maker, ending, log);
            if (settings.confinement().seccomp() != SeccompAction.NONE) {
                SeccompFilter.install(settings.confinement().seccomp());
            }
            SpareThreads.demand();
            sayReady(detachment, log);
            new Thread(null, new MemoryKeeper(server, memory, log), "memory keeper", MemoryKeeper.STACK).start();
            server.serve();
            // the threads of the data channel are the process now; the last of them ends it
            sleepForever();
        } catch (IOException e) {
            complain(log, e);
        } catch (RuntimeException | Error e) {
            // left to the VM, it would end the process by the shutdown hook, as if all were well
            orStderr(log).fault("start", e);
        }
        if (ending != null) {
            ending.end(FAILURE);
        }
        return FAILURE;
    }

    /** Before any file is opened, the log included, as swtpm does. */
    private static void confine(Confinement confinement) throws IOException {
        if (confinement.chroot() != null || confinement.runAs() != null) {
            SocketLibrary.load();
            Privileges.loadWhatStaysOutside();
        }
        if (confinement.chroot() != null) {
            Privileges.enterRoot(confinement.chroot());
        }
        if (confinement.runAs() != null) {
            Privileges.become(confinement.runAs());
        }
    }

    private static void sayReady(Detachment detachment, Log log) throws IOException {
        if (detachment != null) {
            detachment.finish();
        }
        String notifySocket = System.getenv("NOTIFY_SOCKET");
        if (notifySocket != null && !notifySocket.isEmpty()) {
            try {
                NotifySocket.sendReady(notifySocket);
            } catch (IOException e) {
                log.say("Could not notify " + notifySocket + ": " + FailureReason.of(e));
            }
        }
    }

    private static void sleepForever() {
        while (true) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                // nobody means to interrupt this thread
            }
        }
    }

    static int print(String text) {
        write(FileDescriptor.out, text);
        return 0;
    }

    /** To the log, as far as it got, and to stderr. */
    private static int complain(Log log, IOException e) {
        orStderr(log).fail(FailureReason.sentence(e));
        return FAILURE;
    }

    /** A log that is nowhere leaves the user without the reason. */
    private static Log orStderr(Log log) {
        return log == null || !log.shows(0) ? Log.toStderr() : log;
    }

    private static int complain(String text) {
        write(FileDescriptor.err, text);
        return FAILURE;
    }

    private static void write(FileDescriptor descriptor, String text) {
        try {
            // not closed: a descriptor that this process inherited stays open
            new FileOutputStream(descriptor).write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // whoever does not listen any more does not mind
        }
    }
}
