package org.jswtpm.server.log;

/**
 * Logs commands and responses: by name, handles, response code and size, and octet by octet where neither of them
 * can hold a secret. A secret is an authorization value, a private key, sealed or NV data, random octets, data to hash or decrypt;
 * an HMAC counts as one, since it allows to guess a weak value.
 */
public final class CommandLog {
    private static final int HEADER = 10;
    private static final int TAG_NO_SESSIONS = 0x8001;

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
            log.say(" "
                    + (Tpm12Names.isCommand(command) ? Tpm12Names.describe(command) : CommandNames.describe(command)));
            octets("SWTPM_IO_Read:", command, isOpen(command));
        }
    }

    /** Logs the response to {@code command}. */
    public void response(byte[] command, byte[] response) {
        if (log.shows(1)) {
            int code = CommandNames.int32(response, 6);
            log.say(" " + (Tpm12Names.isResponse(response) ? Tpm12Names.describe(code) : ResponseNames.describe(code)));
            octets("SWTPM_IO_Write:", response, isOpen(command));
            log.answered(begin);
        }
    }

    private void octets(String title, byte[] message, boolean open) {
        if (open) {
            log.dump(title, message, message.length);
        } else {
            log.say(" " + title + " length " + message.length + ", not shown");
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
