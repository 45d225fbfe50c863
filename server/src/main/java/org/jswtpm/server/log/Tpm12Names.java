package org.jswtpm.server.log;

/** What TPM 1.2 commands and results are called, and the handles that a command begins with (Part 2, 16 and 17, and Part 3). */
final class Tpm12Names {
    private static final int HEADER = 10;
    private static final int HANDLE = 4;
    private static final int TAG_COMMAND = 0xC1;
    private static final int TAG_COMMAND_OF_TWO = 0xC3;
    private static final int TAG_RESPONSE = 0xC4;
    private static final int TAG_RESPONSE_OF_TWO = 0xC6;
    private static final int TSC_PHYSICAL_PRESENCE = 0x4000000A;
    private static final int TSC_RESET_ESTABLISHMENT_BIT = 0x4000000B;

    /** Each ordinal with its name and the number of its handles; NV indices count as such. */
    private static final String ORDINALS = " a=OIAP.0 b=OSAP.0 c=ChangeAuth.1 d=TakeOwnership.0"
        + " e=ChangeAuthAsymStart.1 f=ChangeAuthAsymFinish.1 10=ChangeAuthOwner.0 11=DSAP.0 12=CMK_CreateTicket.0"
        + " 13=CMK_CreateKey.1 14=Extend.0 15=PcrRead.0 16=Quote.1 17=Seal.1 18=Unseal.1 19=DirWriteAuth.0"
        + " 1a=DirRead.0 1b=CMK_CreateBlob.1 1c=CMK_SetRestrictions.0 1d=CMK_ApproveMA.0 1e=UnBind.1"
        + " 1f=CreateWrapKey.1 20=LoadKey.1 21=GetPubKey.1 22=EvictKey.1 23=KeyControlOwner.1"
        + " 24=CMK_ConvertMigration.1 25=MigrateKey.1 28=CreateMigrationBlob.1 29=DAA_Join.1 2a=ConvertMigrationBlob.1"
        + " 2b=AuthorizeMigrationKey.0 2c=CreateMaintenanceArchive.0 2d=LoadMaintenanceArchive.0"
        + " 2e=KillMaintenanceFeature.0 2f=LoadManuMaintPub.0 30=ReadManuMaintPub.0 31=DAA_Sign.1 32=CertifyKey.2"
        + " 33=CertifyKey2.2 3c=Sign.1 3d=Sealx.1 3e=Quote2.1 3f=SetCapability.0 40=ResetLockValue.0 41=LoadKey2.1"
        + " 46=GetRandom.0 47=StirRandom.0 50=SelfTestFull.0 52=CertifySelfTest.1 53=ContinueSelfTest.0"
        + " 54=GetTestResult.0 5a=Reset.0 5b=OwnerClear.0 5c=DisableOwnerClear.0 5d=ForceClear.0"
        + " 5e=DisableForceClear.0 64=GetCapabilitySigned.0 65=GetCapability.0 66=GetCapabilityOwner.0"
        + " 6e=OwnerSetDisable.0 6f=PhysicalEnable.0 70=PhysicalDisable.0 71=SetOwnerInstall.0"
        + " 72=PhysicalSetDeactivated.0 73=SetTempDeactivated.0 74=SetOperatorAuth.0 75=SetOwnerPointer.0"
        + " 78=CreateEndorsementKeyPair.0 79=MakeIdentity.0 7a=ActivateIdentity.1 7c=ReadPubek.0 7d=OwnerReadPubek.0"
        + " 7e=DisablePubekRead.0 7f=CreateRevocableEK.0 80=RevokeTrust.0 81=OwnerReadInternalPub.1 82=GetAuditEvent.0"
        + " 83=GetAuditEventSigned.0 85=GetAuditDigest.0 86=GetAuditDigestSigned.1 8c=GetOrdinalAuditStatus.0"
        + " 8d=SetOrdinalAuditStatus.0 96=Terminate_Handle.1 97=Init.0 98=SaveState.0 99=Startup.0 9a=SetRedirection.1"
        + " a0=SHA1Start.0 a1=SHA1Update.0 a2=SHA1Complete.0 a3=SHA1CompleteExtend.0 aa=FieldUpgrade.0"
        + " b4=SaveKeyContext.1 b5=LoadKeyContext.0 b6=SaveAuthContext.1 b7=LoadAuthContext.0 b8=SaveContext.1"
        + " b9=LoadContext.1 ba=FlushSpecific.1 c8=PCR_Reset.0 cc=NV_DefineSpace.0 cd=NV_WriteValue.1"
        + " ce=NV_WriteValueAuth.1 cf=NV_ReadValue.1 d0=NV_ReadValueAuth.1 d1=Delegate_UpdateVerification.0"
        + " d2=Delegate_Manage.0 d4=Delegate_CreateKeyDelegation.1 d5=Delegate_CreateOwnerDelegation.0"
        + " d6=Delegate_VerifyDelegation.0 d8=Delegate_LoadOwnerDelegation.0 db=Delegate_ReadTable.0"
        + " dc=CreateCounter.0 dd=IncrementCounter.0 de=ReadCounter.0 df=ReleaseCounter.0 e0=ReleaseCounterOwner.0"
        + " e6=EstablishTransport.1 e7=ExecuteTransport.0 e8=ReleaseTransportSigned.0 f1=GetTicks.0"
        + " f2=TickStampBlob.1 ";

    private static final String RESULTS =
            " 0=SUCCESS 1=AUTHFAIL 2=BADINDEX 3=BAD_PARAMETER 4=AUDITFAILURE 5=CLEAR_DISABLED 6=DEACTIVATED 7=DISABLED"
                + " 8=DISABLED_CMD 9=FAIL a=BAD_ORDINAL b=INSTALL_DISABLED c=INVALID_KEYHANDLE d=KEYNOTFOUND"
                + " e=INAPPROPRIATE_ENC f=MIGRATEFAIL 10=INVALID_PCR_INFO 11=NOSPACE 12=NOSRK 13=NOTSEALED_BLOB"
                + " 14=OWNER_SET 15=RESOURCES 16=SHORTRANDOM 17=SIZE 18=WRONGPCRVAL 19=BAD_PARAM_SIZE 1a=SHA_THREAD"
                + " 1b=SHA_ERROR 1c=FAILEDSELFTEST 1d=AUTH2FAIL 1e=BADTAG 1f=IOERROR 20=ENCRYPT_ERROR 21=DECRYPT_ERROR"
                + " 22=INVALID_AUTHHANDLE 23=NO_ENDORSEMENT 24=INVALID_KEYUSAGE 25=WRONG_ENTITYTYPE"
                + " 26=INVALID_POSTINIT 27=INAPPROPRIATE_SIG 28=BAD_KEY_PROPERTY 29=BAD_MIGRATION 2a=BAD_SCHEME"
                + " 2b=BAD_DATASIZE 2c=BAD_MODE 2d=BAD_PRESENCE 2e=BAD_VERSION 2f=NO_WRAP_TRANSPORT"
                + " 30=AUDITFAIL_UNSUCCESSFUL 31=AUDITFAIL_SUCCESSFUL 32=NOTRESETABLE 33=NOTLOCAL 34=BAD_TYPE"
                + " 35=INVALID_RESOURCE 36=NOTFIPS 37=INVALID_FAMILY 38=NO_NV_PERMISSION 39=REQUIRES_SIGN"
                + " 3a=KEY_NOTSUPPORTED 3b=AUTH_CONFLICT 3c=AREA_LOCKED 3d=BAD_LOCALITY 3e=READ_ONLY 3f=PER_NOWRITE"
                + " 40=FAMILYCOUNT 41=WRITE_LOCKED 42=BAD_ATTRIBUTES 43=INVALID_STRUCTURE 44=KEY_OWNER_CONTROL"
                + " 45=BAD_COUNTER 46=NOT_FULLWRITE 47=CONTEXT_GAP 48=MAXNVWRITES 49=NOOPERATOR 4a=RESOURCEMISSING"
                + " 4b=DELEGATE_LOCK 4c=DELEGATE_FAMILY 4d=DELEGATE_ADMIN 4e=TRANSPORT_NOTEXCLUSIVE 4f=OWNER_CONTROL"
                + " 50=DAA_RESOURCES 51=DAA_INPUT_DATA0 52=DAA_INPUT_DATA1 53=DAA_ISSUER_SETTINGS 54=DAA_TPM_SETTINGS"
                + " 55=DAA_STAGE 56=DAA_ISSUER_VALIDITY 57=DAA_WRONG_W 58=BAD_HANDLE 59=BAD_DELEGATE 5a=BADCONTEXT"
                + " 5b=TOOMANYCONTEXTS 5c=MA_TICKET_SIGNATURE 5d=MA_DESTINATION 5e=MA_SOURCE 5f=MA_AUTHORITY"
                + " 61=PERMANENTEK 62=BAD_SIGNATURE 63=NOCONTEXTSPACE 800=RETRY 801=NEEDS_SELFTEST 802=DOING_SELFTEST"
                + " 803=DEFEND_LOCK_RUNNING ";

    private Tpm12Names() {}

    /** Whether a message has the tag of a TPM 1.2 command. */
    static boolean isCommand(byte[] message) {
        int tag = CommandNames.int32(message, 0) >>> 16;
        return tag >= TAG_COMMAND && tag <= TAG_COMMAND_OF_TWO;
    }

    /** Whether a message has the tag of a TPM 1.2 response. */
    static boolean isResponse(byte[] message) {
        int tag = CommandNames.int32(message, 0) >>> 16;
        return tag >= TAG_RESPONSE && tag <= TAG_RESPONSE_OF_TWO;
    }

    /** Such as {@code TPM_Seal(0x40000000), authorized}. */
    static String describe(byte[] command) {
        int ordinal = CommandNames.int32(command, 6);
        String entry = entry(ordinal);
        if (command.length < HEADER || entry == null) {
            return "command 0x" + Integer.toHexString(ordinal);
        }
        int dot = entry.indexOf('.');
        StringBuilder text =
                new StringBuilder(entry).delete(dot, entry.length()).append('(');
        int handles = entry.charAt(dot + 1) - '0';
        for (int i = 0; i < handles && command.length >= HEADER + (i + 1) * HANDLE; i++) {
            text.append(i == 0 ? "0x" : ", 0x");
            appendHex(text, CommandNames.int32(command, HEADER + i * HANDLE), 2 * HANDLE);
        }
        boolean authorized = CommandNames.int32(command, 0) >>> 16 != TAG_COMMAND;
        return text.append(authorized ? "), authorized" : ")").toString();
    }

    /** How many handles a command begins with; none of them is a secret. 0 where it is too short to have them. */
    static int handles(byte[] command) {
        String entry = entry(CommandNames.int32(command, 6));
        int handles = entry == null ? 0 : entry.charAt(entry.indexOf('.') + 1) - '0';
        return command.length < HEADER + handles * HANDLE ? 0 : handles;
    }

    /** What libtpms says when it begins with a command. */
    static String process(byte[] command) {
        StringBuilder text = new StringBuilder("TPM_Process_GetCommandParams: tag ");
        appendHex(text, CommandNames.int32(command, 0) >>> 16, 4);
        text.append(" paramSize ").append(CommandNames.int32(command, 2)).append(" ordinal ");
        appendHex(text, CommandNames.int32(command, 6), 8);
        return text.toString();
    }

    private static void appendHex(StringBuilder text, int number, int width) {
        String digits = Integer.toHexString(number);
        text.append("00000000", digits.length(), width).append(digits);
    }

    /** Such as {@code TPM_AUTHFAIL}; the number where it has no name. */
    static String describe(int result) {
        String name = find(RESULTS, result);
        return name == null ? "result 0x" + Integer.toHexString(result) : "TPM_" + name;
    }

    private static String entry(int ordinal) {
        return switch (ordinal) {
            case TSC_PHYSICAL_PRESENCE -> "TSC_PhysicalPresence.0";
            case TSC_RESET_ESTABLISHMENT_BIT -> "TSC_ResetEstablishmentBit.0";
            default -> {
                String entry = find(ORDINALS, ordinal);
                yield entry == null ? null : "TPM_" + entry;
            }
        };
    }

    private static String find(String table, int number) {
        String key = " " + Integer.toHexString(number) + "=";
        int at = table.indexOf(key);
        return at < 0 ? null : table.substring(at + key.length(), table.indexOf(' ', at + 1));
    }
}
