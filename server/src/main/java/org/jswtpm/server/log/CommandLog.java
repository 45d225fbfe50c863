package org.jswtpm.server.log;

/**
 * Logs TPM 2.0 commands and responses: octet by octet where neither can hold a secret, else by name, size and response
 * code. A secret is an authorization value, a private key, sealed or NV data, random octets, data to hash or decrypt;
 * an HMAC counts as one, since it allows to guess a weak value.
 */
public final class CommandLog {
    private static final int HEADER = 10;
    private static final int TAG_NO_SESSIONS = 0x8001;
    private static final int FIRST_CODE = 0x11F;

    /** From TPM_CC_FIRST on, a dash where a code is not given out (Part 2, 6.5.2). */
    private static final String NAMES = """
        NV_UndefineSpaceSpecial EvictControl HierarchyControl NV_UndefineSpace - ChangeEPS ChangePPS Clear \
        ClearControl ClockSet HierarchyChangeAuth NV_DefineSpace PCR_Allocate PCR_SetAuthPolicy PP_Commands \
        SetPrimaryPolicy FieldUpgradeStart ClockRateAdjust CreatePrimary NV_GlobalWriteLock GetCommandAuditDigest \
        NV_Increment NV_SetBits NV_Extend NV_Write NV_WriteLock DictionaryAttackLockReset \
        DictionaryAttackParameters NV_ChangeAuth PCR_Event PCR_Reset SequenceComplete SetAlgorithmSet \
        SetCommandCodeAuditStatus FieldUpgradeData IncrementalSelfTest SelfTest Startup Shutdown StirRandom \
        ActivateCredential Certify PolicyNV CertifyCreation Duplicate GetTime GetSessionAuditDigest NV_Read \
        NV_ReadLock ObjectChangeAuth PolicySecret Rewrap Create ECDH_ZGen HMAC Import Load Quote RSA_Decrypt - \
        HMAC_Start SequenceUpdate Sign Unseal - PolicySigned ContextLoad ContextSave ECDH_KeyGen EncryptDecrypt \
        FlushContext - LoadExternal MakeCredential NV_ReadPublic PolicyAuthorize PolicyAuthValue \
        PolicyCommandCode PolicyCounterTimer PolicyCpHash PolicyLocality PolicyNameHash PolicyOR PolicyTicket \
        ReadPublic RSA_Encrypt - StartAuthSession VerifySignature ECC_Parameters FirmwareRead GetCapability \
        GetRandom GetTestResult Hash PCR_Read PolicyPCR PolicyRestart ReadClock PCR_Extend PCR_SetAuthValue \
        NV_Certify EventSequenceComplete HashSequenceStart PolicyPhysicalPresence PolicyDuplicationSelect \
        PolicyGetDigest TestParms Commit PolicyPassword ZGen_2Phase EC_Ephemeral PolicyNvWritten PolicyTemplate \
        CreateLoaded PolicyAuthorizeNV EncryptDecrypt2 AC_GetCapability AC_Send Policy_AC_SendSelect CertifyX509 \
        ACT_SetTimeout ECC_Encrypt ECC_Decrypt PolicyCapability PolicyParameters NV_DefineSpace2 NV_ReadPublic2 \
        SetCapability ReadOnlyControl PolicyTransportSPDM \
        """;

    private final Log log;

    /** A log of commands that is part of {@code log}, from level 2 on. */
    public CommandLog(Log log) {
        this.log = log;
    }

    /** Logs a command as it came. */
    public void command(byte[] command) {
        if (!log.shows(1)) {
            return;
        }
        if (isOpen(command)) {
            log.dump("SWTPM_IO_Read:", command, command.length);
        } else {
            log.say(" SWTPM_IO_Read: " + name(command) + " length " + command.length);
        }
    }

    /** Logs the response to {@code command}. */
    public void response(byte[] command, byte[] response) {
        if (!log.shows(1)) {
            return;
        }
        if (isOpen(command)) {
            log.dump("SWTPM_IO_Write:", response, response.length);
        } else {
            log.say(" SWTPM_IO_Write: " + name(command) + " length " + response.length + " response code 0x"
                    + Integer.toHexString(int32(response, 6)));
        }
    }

    /** Whether neither the command nor its response holds a secret. */
    private static boolean isOpen(byte[] command) {
        if (command.length < HEADER || int32(command, 0) >>> 16 != TAG_NO_SESSIONS) {
            return false;
        }
        return switch (int32(command, 6)) {
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

    private static String name(byte[] command) {
        if (command.length < HEADER) {
            return "incomplete command";
        }
        int code = int32(command, 6);
        int start = 0;
        for (int i = FIRST_CODE; i < code && start > -1; i++) {
            start = NAMES.indexOf(' ', start) + 1;
            if (start == 0 || start >= NAMES.length()) {
                start = -1;
            }
        }
        if (code < FIRST_CODE || start < 0 || NAMES.charAt(start) == '-') {
            return "command 0x" + Integer.toHexString(code);
        }
        return "TPM2_" + NAMES.substring(start, NAMES.indexOf(' ', start));
    }

    private static int int32(byte[] octets, int at) {
        if (octets.length < at + 4) {
            return 0;
        }
        return octets[at] << 24 | (octets[at + 1] & 0xff) << 16 | (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff;
    }
}
