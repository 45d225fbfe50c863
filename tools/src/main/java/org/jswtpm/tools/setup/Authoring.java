package org.jswtpm.tools.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.LastResort;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;

/** The set-up itself: starts the TPM, has it given all that is asked for, and tells how it went. */
final class Authoring {
    /** TPMLIB_INFO_ACTIVE_PROFILE. */
    private static final long ACTIVE_PROFILE = 0x20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE dd MMM yyyy hh:mm:ss a zzz", Locale.ENGLISH);

    private final SetupArguments arguments;
    private final ConfigFile config;
    private final SetupProgram program;
    private final Unfinished unfinished;
    private final ToolLog log;

    Authoring(SetupArguments arguments, ConfigFile config, SetupProgram program, Unfinished unfinished, ToolLog log) {
        this.arguments = arguments;
        this.config = config;
        this.program = program;
        this.unfinished = unfinished;
        this.log = log;
    }

    /**
     * What the TPM starts with.
     *
     * @param draft its state, if it runs in this process; else null
     * @param place where its state is
     * @param encryption what another program encrypts the state with
     * @param profile the profile of a TPM 2.0 in JSON; null for that of an older state
     */
    record Plan(StateDraft draft, StatePlace place, StateEncryption encryption, String profile) {}

    private SetupTpm start(Plan plan) throws SetupException {
        String profile = plan.profile;
        if (profile != null) {
            log.say("Apply profile: " + profile);
        }
        String removeDisabled = arguments.get(SetupOption.PROFILE_REMOVE_DISABLED);
        TpmVersion version = isTpm2() ? TpmVersion.TPM_2_0 : TpmVersion.TPM_1_2;
        return plan.draft != null
                ? SetupProgram.startHere(version, plan.draft, profile, removeDisabled)
                : program.startChild(version, plan.place, plan.encryption, profile, removeDisabled, unfinished, log);
    }

    /**
     * Does all that is asked for.
     *
     * @return whether it was done; what went wrong was told
     */
    boolean run(SetupKeys keys, Plan plan) {
        log.say("Starting vTPM " + (isReconfiguration() ? "reconfiguration" : "manufacturing") + " as " + owner()
                + " @ " + now());
        boolean done = false;
        try {
            author(keys, plan);
            log.say("Successfully authored TPM state.");
            done = true;
        } catch (SetupException e) {
            log.complain(e.getMessage());
        } catch (RuntimeException | Error e) {
            LastResort.tell(e, log);
        }
        if (!done) {
            log.complain("An error occurred. Authoring the TPM state failed.");
        }
        log.say("Ending vTPM manufacturing @ " + now());
        return done;
    }

    private void author(SetupKeys keys, Plan plan) throws SetupException {
        Path directory = null;
        if (arguments.has(SetupOption.CREATE_EK_CERT) || arguments.has(SetupOption.CREATE_PLATFORM_CERT)) {
            directory = TemporaryDirectory.make("swtpm_setup.certs.", "certs", unfinished);
        }
        CertificateFiles files = CertificateFiles.of(arguments, unfinished);
        try (SetupTpm tpm = start(plan)) {
            CertificateTool tool = CertificateTool.of(config, arguments, log, directory, unfinished);
            if (isTpm2()) {
                make(tpm, new Manufacturer(tpm, arguments, tool, files, log), keys);
            } else {
                new Manufacturer12(tpm, arguments, tool, files, log).run();
            }
            unfinished.keep(() -> {
                tpm.finish();
                files.show();
            });
        } catch (IOException e) {
            throw new SetupException("Could not write what was made: " + Reason.of(e));
        }
    }

    private void make(SetupTpm tpm, Manufacturer manufacturer, SetupKeys keys) throws SetupException {
        if (!isReconfiguration()) {
            if (Json.object(tpm.info(ACTIVE_PROFILE)).get("ActiveProfile") instanceof Object profile) {
                log.say("Active profile: " + JsonText.of(profile));
            }
            manufacturer.makeStorageKey();
            manufacturer.makeEndorsementKey(keys.first(), true);
            if (keys.second() != keys.first()) {
                manufacturer.makeEndorsementKey(keys.second(), false);
            }
            if (keys.attestation() != null) {
                manufacturer.makeAttestationKey(keys.attestation());
            }
            if (keys.identity() != null) {
                manufacturer.makeDeviceIdentity(keys.identity());
            }
        }
        manufacturer.activate(pcrBanks());
        manufacturer.finish();
    }

    private String pcrBanks() {
        String given = arguments.get(SetupOption.PCR_BANKS);
        if (given != null && !given.replace(",", "").isBlank()) {
            return given;
        }
        String configured = config.get("active_pcr_banks");
        return configured == null || configured.isBlank() ? Setup.DEFAULT_PCR_BANKS : configured.strip();
    }

    private boolean isTpm2() {
        return arguments.has(SetupOption.TPM2);
    }

    private boolean isReconfiguration() {
        return arguments.has(SetupOption.RECONFIGURE);
    }

    private static String owner() {
        try {
            PosixFileAttributes self = Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class);
            return self.owner().getName() + ":" + self.group().getName();
        } catch (IOException e) {
            return System.getProperty("user.name") + ":<unknown>";
        }
    }

    private static String now() {
        return TIME.format(ZonedDateTime.now());
    }
}
