package org.jswtpm.server.log;

/**
 * Logs commands and responses as swtpm does, octet by octet; where one of them can hold a secret, with zeros behind header and
 * handles. A log that explains has their names before them. A secret is an authorization value, a private key, sealed or NV data, random octets, data to hash or decrypt;
 * an HMAC counts as one, since it allows to guess a weak value.
 */
public final class CommandLog {
    private static final int HEADER = 10;
    private static final int HANDLE = 4;
    private static final int TAG_NO_SESSIONS = 0x8001;

    /** As deep as the finest of what libtpms tells of a TPM 1.2: its users take it for a sign that it tells everything. */
    private static final String FINEST = "       ";

    private final Log log;
    private long begin;

    /** A log of commands that is part of {@code log}, from level 2 on; it knows one command at a time. */
    public CommandLog(Log log) {
        this.log = log;
    }

    /** Logs a command as it came. */
    public void command(byte[] command) {
        if (log.shows(1)) {
            begin = System.nanoTime();
            boolean tpm12 = Tpm12Names.isCommand(command);
            if (log.explains()) {
                log.say(" " + (tpm12 ? Tpm12Names.describe(command) : CommandNames.describe(command)));
            }
            int handles = tpm12 ? Tpm12Names.handles(command) : CommandNames.handles(command);
            log.dump("SWTPM_IO_Read:", command, isOpen(command) ? command.length : HEADER + handles * HANDLE);
            if (tpm12 && log.shows(FINEST.length())) {
                log.say(FINEST + Tpm12Names.process(command));
            }
        }
    }

    /** Logs the response to {@code command}. */
    public void response(byte[] command, byte[] response) {
        if (log.shows(1)) {
            if (log.explains()) {
                int code = CommandNames.int32(response, 6);
                log.say(" "
                        + (Tpm12Names.isResponse(response) ? Tpm12Names.describe(code) : ResponseNames.describe(code)));
            }
            log.dump("SWTPM_IO_Write:", response, isOpen(command) ? response.length : HEADER);
            log.answered(begin);
        }
    }

    /** Whether neither the command nor its response holds a secret. */
    private static boolean isOpen(byte[] command) {
        if (command.length < HEADER || CommandNames.int32(command, 0) >>> 16 != TAG_NO_SESSIONS) {
            return false;
        }
        return switch (CommandNames.int32(command, 6)) {
            case 0x142, // IncrementalSelfTest
                    0x143, // SelfTest
                    0x144, // Startup
                    0x145, // Shutdown
                    0x165, // FlushContext
                    0x169, // NV_ReadPublic
                    0x16B, // PolicyAuthValue
                    0x16C, // PolicyCommandCode
                    0x16F, // PolicyLocality
                    0x171, // PolicyOR
                    0x173, // ReadPublic
                    0x176, // StartAuthSession; its salt is encrypted
                    0x177, // VerifySignature
                    0x178, // ECC_Parameters
                    0x17A, // GetCapability
                    0x17C, // GetTestResult
                    0x17E, // PCR_Read
                    0x17F, // PolicyPCR
                    0x180, // PolicyRestart
                    0x181, // ReadClock
                    0x189, // PolicyGetDigest
                    0x18A, // TestParms
                    0x18C -> true; // PolicyPassword
            default -> false;
        };
    }
}
