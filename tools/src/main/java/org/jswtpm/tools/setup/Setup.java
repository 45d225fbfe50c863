package org.jswtpm.tools.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jswtpm.options.UsageException;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.LastResort;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;
import org.jswtpm.tools.process.ProcessUser;

/** {@code swtpm_setup}. */
public final class Setup {
    /** The banks that are active where neither the command line nor the configuration names any. */
    static final String DEFAULT_PCR_BANKS = "sha256";

    private static final String CONFIG = "swtpm_setup.conf";

    private static final SetupOption[] ONLY_TPM2 = {
        SetupOption.ECC,
        SetupOption.CREATE_SPK,
        SetupOption.RECONFIGURE,
        SetupOption.ALLOW_SIGNING,
        SetupOption.DECRYPTION,
        SetupOption.PCR_BANKS,
        SetupOption.PROFILE,
        SetupOption.PROFILE_NAME,
        SetupOption.PROFILE_FILE,
        SetupOption.PROFILE_FILE_FD
    };

    private final SetupArguments arguments;
    private final ToolLog log;
    private final PrintStream out;

    private Setup(SetupArguments arguments, ToolLog log, PrintStream out) {
        this.arguments = arguments;
        this.log = log;
        this.out = out;
    }

    /**
     * Does what the command line says.
     *
     * @return the exit status: 0 when it was done, or there was a state that is not to be overwritten; 1 when not
     */
    public static int run(String[] words, PrintStream out, PrintStream err) {
        SetupArguments arguments;
        ToolLog log;
        try {
            arguments = SetupArguments.parse(words);
            if (arguments.text() != null) {
                return text(arguments, out);
            }
            String file = arguments.get(SetupOption.LOGFILE);
            log = file == null ? ToolLog.of(out, err) : ToolLog.of(file, out, err);
        } catch (UsageException e) {
            err.println(e.getMessage());
            out.print(SetupTexts.help(ConfigFile.find(CONFIG).toString()));
            return 1;
        } catch (SetupException | IOException e) {
            err.println(e.getMessage());
            return 1;
        } catch (RuntimeException | Error e) {
            return LastResort.tell(e, ToolLog.of(out, err));
        }
        try {
            return new Setup(arguments, log, out).run() ? 0 : 1;
        } catch (SetupException e) {
            log.complain(e.getMessage());
            return 1;
        } catch (IOException e) { // of the log itself
            err.println(e.getMessage());
            return 1;
        } catch (RuntimeException | Error e) {
            return LastResort.tell(e, log);
        }
    }

    private static int text(SetupArguments arguments, PrintStream out) throws SetupException {
        switch (arguments.text()) {
            case CREATE_CONFIG_FILES -> ConfigurationFiles.write(arguments.get(SetupOption.CREATE_CONFIG_FILES), out);
            case VERSION -> out.print(SetupTexts.version());
            default -> out.print(SetupTexts.help(ConfigFile.find(CONFIG).toString()));
        }
        return 0;
    }

    private boolean run() throws SetupException, IOException {
        SetupProgram program = SetupProgram.of(arguments.get(SetupOption.TPM));
        if (program.isThisProcess() && arguments.has(SetupOption.CREATEEK)) {
            HeadStart.begin();
        }
        if (arguments.has(SetupOption.PRINT_CAPABILITIES)) {
            out.print(SetupTexts.capabilities(program));
            return true;
        }
        boolean tpm2 = arguments.has(SetupOption.TPM2);
        if (tpm2 ? !program.hasTpm2() : !program.hasTpm12()) {
            throw new SetupException("swtpm at " + program.name() + " does not support TPM " + (tpm2 ? "2" : "1.2"));
        }
        becomeUser();
        log.requireWritable();
        if (arguments.has(SetupOption.PRINT_PROFILES)) {
            out.println(tpm2 ? new Profiles(program, config()).print() : "{}");
            return true;
        }
        return setUp(program);
    }

    private void becomeUser() throws SetupException {
        if (arguments.has(SetupOption.RUNAS)) {
            try {
                ProcessUser.become(arguments.get(SetupOption.RUNAS));
            } catch (IOException e) {
                throw new SetupException(e.getMessage());
            }
        }
    }

    private ConfigFile config() throws SetupException {
        String name = arguments.get(SetupOption.CONFIG);
        Path file = name == null ? ConfigFile.find(CONFIG) : Path.of(name);
        try {
            return ConfigFile.read(file);
        } catch (IOException e) {
            String user = System.getProperty("user.name");
            throw new SetupException(
                    Files.isReadable(file) && !file.toString().isEmpty()
                            ? "Could not read config file " + file + ": " + Reason.of(e)
                            : "User " + user + " cannot read config file " + file + ".");
        }
    }

    private boolean setUp(SetupProgram program) throws SetupException {
        if (!arguments.has(SetupOption.TPM_STATE)) {
            throw new SetupException("--tpm-state must be provided");
        }
        StatePlace place = StatePlace.of(arguments.get(SetupOption.TPM_STATE));
        place.checkAccess();
        if (arguments.has(SetupOption.WRITE_EK_CERT_FILES)) {
            StatePlace.checkDirectory(Path.of(arguments.get(SetupOption.WRITE_EK_CERT_FILES)));
        }
        checkVersion();
        boolean reconfigure = arguments.has(SetupOption.RECONFIGURE);
        if (!reconfigure && place.hasState(isTpm2())) {
            if (arguments.has(SetupOption.NOT_OVERWRITE)) {
                log.say("Not overwriting existing state file.");
                return true;
            }
            if (!arguments.has(SetupOption.OVERWRITE)) {
                throw new SetupException("Found existing TPM state 'permall'.");
            }
        }
        ConfigFile config = config();
        String profile = isTpm2() ? new Profiles(program, config).choose(arguments, log) : null;
        try (StateEncryption encryption = StateEncryption.of(arguments, log);
                Unfinished unfinished = new Unfinished(log)) {
            SetupKeys keys = isTpm2() ? SetupKeys.of(arguments, config, program) : null;
            StateDraft draft = null;
            if (program.isThisProcess()) {
                draft = StateDraft.begin(place, isTpm2(), encryption.storeKeys(), !reconfigure, unfinished);
            } else if (!reconfigure) {
                boolean makesLock = !Files.exists(place.lockable());
                place.delete(isTpm2(), false);
                unfinished.unlessKept(() -> place.delete(isTpm2(), makesLock));
            }
            Authoring authoring = new Authoring(arguments, config, program, unfinished, log);
            return authoring.run(keys, new Authoring.Plan(draft, place, encryption, profile));
        }
    }

    private boolean isTpm2() {
        return arguments.has(SetupOption.TPM2);
    }

    private void checkVersion() throws SetupException {
        if (isTpm2()) {
            if (arguments.has(SetupOption.TAKE_OWNERSHIP)) {
                throw new SetupException("Taking ownership is not supported for TPM 2.");
            }
            return;
        }
        for (SetupOption option : ONLY_TPM2) {
            if (arguments.has(option)) {
                throw new SetupException("--" + option.longName() + " requires --tpm2.");
            }
        }
    }
}
