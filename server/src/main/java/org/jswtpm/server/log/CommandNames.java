package org.jswtpm.server.log;

/** What a TPM 2.0 command is called, and the handles that it begins with (Part 2, 6.5.2, and Part 3). */
final class CommandNames {
    private static final int HEADER = 10;
    private static final int HANDLE = 4;
    private static final int TAG_SESSIONS = 0x8002;
    private static final int FIRST_CODE = 0x11F;

    /** From TPM_CC_FIRST on, each with the number of its handles; a dash where a code is not given out. */
    private static final String NAMES = """
        NV_UndefineSpaceSpecial.2 EvictControl.2 HierarchyControl.1 NV_UndefineSpace.2 - ChangeEPS.1 \
        ChangePPS.1 Clear.1 ClearControl.1 ClockSet.1 HierarchyChangeAuth.1 NV_DefineSpace.1 PCR_Allocate.1 \
        PCR_SetAuthPolicy.1 PP_Commands.1 SetPrimaryPolicy.1 FieldUpgradeStart.2 ClockRateAdjust.1 \
        CreatePrimary.1 NV_GlobalWriteLock.1 GetCommandAuditDigest.2 NV_Increment.2 NV_SetBits.2 NV_Extend.2 \
        NV_Write.2 NV_WriteLock.2 DictionaryAttackLockReset.1 DictionaryAttackParameters.1 NV_ChangeAuth.1 \
        PCR_Event.1 PCR_Reset.1 SequenceComplete.1 SetAlgorithmSet.1 SetCommandCodeAuditStatus.1 \
        FieldUpgradeData.0 IncrementalSelfTest.0 SelfTest.0 Startup.0 Shutdown.0 StirRandom.0 \
        ActivateCredential.2 Certify.2 PolicyNV.3 CertifyCreation.2 Duplicate.2 GetTime.2 \
        GetSessionAuditDigest.3 NV_Read.2 NV_ReadLock.2 ObjectChangeAuth.2 PolicySecret.2 Rewrap.2 Create.1 \
        ECDH_ZGen.1 HMAC.1 Import.1 Load.1 Quote.1 RSA_Decrypt.1 - HMAC_Start.1 SequenceUpdate.1 Sign.1 \
        Unseal.1 - PolicySigned.2 ContextLoad.0 ContextSave.1 ECDH_KeyGen.1 EncryptDecrypt.1 FlushContext.0 - \
        LoadExternal.0 MakeCredential.1 NV_ReadPublic.1 PolicyAuthorize.1 PolicyAuthValue.1 \
        PolicyCommandCode.1 PolicyCounterTimer.1 PolicyCpHash.1 PolicyLocality.1 PolicyNameHash.1 PolicyOR.1 \
        PolicyTicket.1 ReadPublic.1 RSA_Encrypt.1 - StartAuthSession.2 VerifySignature.1 ECC_Parameters.0 \
        FirmwareRead.0 GetCapability.0 GetRandom.0 GetTestResult.0 Hash.0 PCR_Read.0 PolicyPCR.1 \
        PolicyRestart.1 ReadClock.0 PCR_Extend.1 PCR_SetAuthValue.1 NV_Certify.3 EventSequenceComplete.2 \
        HashSequenceStart.0 PolicyPhysicalPresence.1 PolicyDuplicationSelect.1 PolicyGetDigest.1 TestParms.0 \
        Commit.1 PolicyPassword.1 ZGen_2Phase.1 EC_Ephemeral.0 PolicyNvWritten.1 PolicyTemplate.1 \
        CreateLoaded.1 PolicyAuthorizeNV.3 EncryptDecrypt2.1 AC_GetCapability.1 AC_Send.2 \
        Policy_AC_SendSelect.1 CertifyX509.2 ACT_SetTimeout.1 ECC_Encrypt.1 ECC_Decrypt.1 PolicyCapability.1 \
        PolicyParameters.1 NV_DefineSpace2.1 NV_ReadPublic2.1 SetCapability.1 ReadOnlyControl.1 \
        PolicyTransportSPDM.1 \
        """;

    private CommandNames() {}

    /** Such as {@code TPM2_NV_Read(0x40000001, 0x01800001), authorized}. No handle is a secret. */
    static String describe(byte[] command) {
        if (command.length < HEADER) {
            return "incomplete command";
        }
        int code = int32(command, 6);
        int start = entry(code);
        if (start < 0) {
            return "command 0x" + Integer.toHexString(code);
        }
        int dot = NAMES.indexOf('.', start);
        StringBuilder text =
                new StringBuilder("TPM2_").append(NAMES, start, dot).append('(');
        int handles = NAMES.charAt(dot + 1) - '0';
        for (int i = 0; i < handles && command.length >= HEADER + (i + 1) * HANDLE; i++) {
            text.append(i == 0 ? "" : ", ");
            appendHandle(text, int32(command, HEADER + i * HANDLE));
        }
        boolean authorized = int32(command, 0) >>> 16 == TAG_SESSIONS;
        return text.append(authorized ? "), authorized" : ")").toString();
    }

    /** How many handles a command begins with; none of them is a secret. 0 where what is there is not all handles. */
    static int handles(byte[] command) {
        int start = command.length < HEADER ? -1 : entry(int32(command, 6));
        int handles = start < 0 ? 0 : NAMES.charAt(NAMES.indexOf('.', start) + 1) - '0';
        for (int i = 0; i < handles; i++) {
            int end = HEADER + (i + 1) * HANDLE;
            if (command.length < end || !isHandle(int32(command, end - HANDLE))) {
                return 0;
            }
        }
        return handles;
    }

    /** Where the name of a code begins; -1 where it has none. */
    private static int entry(int code) {
        int start = 0;
        for (int i = FIRST_CODE; i < code && start >= 0; i++) {
            int blank = NAMES.indexOf(' ', start);
            start = blank < 0 || blank + 1 >= NAMES.length() ? -1 : blank + 1;
        }
        return code < FIRST_CODE || start < 0 || NAMES.charAt(start) == '-' ? -1 : start;
    }

    private static void appendHandle(StringBuilder text, int handle) {
        if (!isHandle(handle)) {
            // whatever a broken command has there, it is not for a log
            text.append("no handle");
            return;
        }
        String digits = Integer.toHexString(handle);
        text.append("0x").append("00000000", digits.length(), 2 * HANDLE).append(digits);
    }

    /** Whether its type (TPM_HT, and TPM_HT_AC) is one. */
    private static boolean isHandle(int handle) {
        return switch (handle >>> 24) {
            case 0x00, 0x01, 0x02, 0x03, 0x40, 0x80, 0x81, 0x90 -> true;
            default -> false;
        };
    }

    /** A number of four octets; 0 where there are less. */
    static int int32(byte[] octets, int at) {
        if (octets.length < at + 4) {
            return 0;
        }
        return octets[at] << 24 | (octets[at + 1] & 0xff) << 16 | (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff;
    }
}
