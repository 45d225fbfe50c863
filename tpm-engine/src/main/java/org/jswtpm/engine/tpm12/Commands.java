package org.jswtpm.engine.tpm12;

import org.jswtpm.engine.tpm12.command.audit.GetAuditDigest;
import org.jswtpm.engine.tpm12.command.audit.GetAuditDigestSigned;
import org.jswtpm.engine.tpm12.command.audit.SetOrdinalAuditStatus;
import org.jswtpm.engine.tpm12.command.authdata.ChangeAuth;
import org.jswtpm.engine.tpm12.command.authdata.ChangeAuthOwner;
import org.jswtpm.engine.tpm12.command.capability.GetCapability;
import org.jswtpm.engine.tpm12.command.capability.GetCapabilityOwner;
import org.jswtpm.engine.tpm12.command.capability.SetCapability;
import org.jswtpm.engine.tpm12.command.context.KeyControlOwner;
import org.jswtpm.engine.tpm12.command.context.LoadContext;
import org.jswtpm.engine.tpm12.command.context.SaveContext;
import org.jswtpm.engine.tpm12.command.counter.CreateCounter;
import org.jswtpm.engine.tpm12.command.counter.IncrementCounter;
import org.jswtpm.engine.tpm12.command.counter.ReadCounter;
import org.jswtpm.engine.tpm12.command.counter.ReleaseCounter;
import org.jswtpm.engine.tpm12.command.counter.ReleaseCounterOwner;
import org.jswtpm.engine.tpm12.command.cryptography.CertifyKey;
import org.jswtpm.engine.tpm12.command.cryptography.CertifyKey2;
import org.jswtpm.engine.tpm12.command.cryptography.GetRandom;
import org.jswtpm.engine.tpm12.command.cryptography.Sha1Complete;
import org.jswtpm.engine.tpm12.command.cryptography.Sha1CompleteExtend;
import org.jswtpm.engine.tpm12.command.cryptography.Sha1Start;
import org.jswtpm.engine.tpm12.command.cryptography.Sha1Update;
import org.jswtpm.engine.tpm12.command.cryptography.Sign;
import org.jswtpm.engine.tpm12.command.cryptography.StirRandom;
import org.jswtpm.engine.tpm12.command.daa.DaaJoin;
import org.jswtpm.engine.tpm12.command.daa.DaaSign;
import org.jswtpm.engine.tpm12.command.delegation.DelegateCreateKeyDelegation;
import org.jswtpm.engine.tpm12.command.delegation.DelegateCreateOwnerDelegation;
import org.jswtpm.engine.tpm12.command.delegation.DelegateLoadOwnerDelegation;
import org.jswtpm.engine.tpm12.command.delegation.DelegateManage;
import org.jswtpm.engine.tpm12.command.delegation.DelegateReadTable;
import org.jswtpm.engine.tpm12.command.delegation.DelegateUpdateVerification;
import org.jswtpm.engine.tpm12.command.delegation.DelegateVerifyDelegation;
import org.jswtpm.engine.tpm12.command.deprecated.ChangeAuthAsymFinish;
import org.jswtpm.engine.tpm12.command.deprecated.ChangeAuthAsymStart;
import org.jswtpm.engine.tpm12.command.deprecated.DirRead;
import org.jswtpm.engine.tpm12.command.deprecated.DirWriteAuth;
import org.jswtpm.engine.tpm12.command.deprecated.DisablePubekRead;
import org.jswtpm.engine.tpm12.command.deprecated.EvictKey;
import org.jswtpm.engine.tpm12.command.deprecated.LoadAuthContext;
import org.jswtpm.engine.tpm12.command.deprecated.LoadKey;
import org.jswtpm.engine.tpm12.command.deprecated.LoadKeyContext;
import org.jswtpm.engine.tpm12.command.deprecated.OwnerReadPubek;
import org.jswtpm.engine.tpm12.command.deprecated.Reset;
import org.jswtpm.engine.tpm12.command.deprecated.SaveAuthContext;
import org.jswtpm.engine.tpm12.command.deprecated.SaveKeyContext;
import org.jswtpm.engine.tpm12.command.deprecated.TerminateHandle;
import org.jswtpm.engine.tpm12.command.endorsement.CreateEndorsementKeyPair;
import org.jswtpm.engine.tpm12.command.endorsement.CreateRevocableEk;
import org.jswtpm.engine.tpm12.command.endorsement.OwnerReadInternalPub;
import org.jswtpm.engine.tpm12.command.endorsement.ReadPubek;
import org.jswtpm.engine.tpm12.command.endorsement.RevokeTrust;
import org.jswtpm.engine.tpm12.command.eviction.FlushSpecific;
import org.jswtpm.engine.tpm12.command.identity.ActivateIdentity;
import org.jswtpm.engine.tpm12.command.identity.MakeIdentity;
import org.jswtpm.engine.tpm12.command.integrity.Extend;
import org.jswtpm.engine.tpm12.command.integrity.PcrRead;
import org.jswtpm.engine.tpm12.command.integrity.PcrReset;
import org.jswtpm.engine.tpm12.command.integrity.Quote;
import org.jswtpm.engine.tpm12.command.integrity.Quote2;
import org.jswtpm.engine.tpm12.command.management.ResetLockValue;
import org.jswtpm.engine.tpm12.command.migration.AuthorizeMigrationKey;
import org.jswtpm.engine.tpm12.command.migration.CmkApproveMa;
import org.jswtpm.engine.tpm12.command.migration.CmkConvertMigration;
import org.jswtpm.engine.tpm12.command.migration.CmkCreateBlob;
import org.jswtpm.engine.tpm12.command.migration.CmkCreateKey;
import org.jswtpm.engine.tpm12.command.migration.CmkCreateTicket;
import org.jswtpm.engine.tpm12.command.migration.CmkSetRestrictions;
import org.jswtpm.engine.tpm12.command.migration.ConvertMigrationBlob;
import org.jswtpm.engine.tpm12.command.migration.CreateMigrationBlob;
import org.jswtpm.engine.tpm12.command.migration.MigrateKey;
import org.jswtpm.engine.tpm12.command.nv.NvDefineSpace;
import org.jswtpm.engine.tpm12.command.nv.NvReadValue;
import org.jswtpm.engine.tpm12.command.nv.NvReadValueAuth;
import org.jswtpm.engine.tpm12.command.nv.NvWriteValue;
import org.jswtpm.engine.tpm12.command.nv.NvWriteValueAuth;
import org.jswtpm.engine.tpm12.command.optin.OwnerSetDisable;
import org.jswtpm.engine.tpm12.command.optin.PhysicalDisable;
import org.jswtpm.engine.tpm12.command.optin.PhysicalEnable;
import org.jswtpm.engine.tpm12.command.optin.PhysicalSetDeactivated;
import org.jswtpm.engine.tpm12.command.optin.SetOperatorAuth;
import org.jswtpm.engine.tpm12.command.optin.SetOwnerInstall;
import org.jswtpm.engine.tpm12.command.optin.SetTempDeactivated;
import org.jswtpm.engine.tpm12.command.ownership.DisableForceClear;
import org.jswtpm.engine.tpm12.command.ownership.DisableOwnerClear;
import org.jswtpm.engine.tpm12.command.ownership.ForceClear;
import org.jswtpm.engine.tpm12.command.ownership.OwnerClear;
import org.jswtpm.engine.tpm12.command.ownership.PhysicalPresence;
import org.jswtpm.engine.tpm12.command.ownership.ResetEstablishmentBit;
import org.jswtpm.engine.tpm12.command.ownership.TakeOwnership;
import org.jswtpm.engine.tpm12.command.session.Dsap;
import org.jswtpm.engine.tpm12.command.session.Oiap;
import org.jswtpm.engine.tpm12.command.session.Osap;
import org.jswtpm.engine.tpm12.command.session.SetOwnerPointer;
import org.jswtpm.engine.tpm12.command.startup.SaveState;
import org.jswtpm.engine.tpm12.command.startup.Startup;
import org.jswtpm.engine.tpm12.command.storage.CreateWrapKey;
import org.jswtpm.engine.tpm12.command.storage.GetPubKey;
import org.jswtpm.engine.tpm12.command.storage.LoadKey2;
import org.jswtpm.engine.tpm12.command.storage.Seal;
import org.jswtpm.engine.tpm12.command.storage.Sealx;
import org.jswtpm.engine.tpm12.command.storage.UnBind;
import org.jswtpm.engine.tpm12.command.storage.Unseal;
import org.jswtpm.engine.tpm12.command.testing.ContinueSelfTest;
import org.jswtpm.engine.tpm12.command.testing.GetTestResult;
import org.jswtpm.engine.tpm12.command.testing.SelfTestFull;
import org.jswtpm.engine.tpm12.command.tick.GetTicks;
import org.jswtpm.engine.tpm12.command.tick.TickStampBlob;
import org.jswtpm.engine.tpm12.command.transport.EstablishTransport;
import org.jswtpm.engine.tpm12.command.transport.ReleaseTransportSigned;

/** Which class does which ordinal. No class is loaded before its first use. */
public final class Commands {
    private Commands() {}

    /** A new object for {@code ordinal}, or null if this TPM does not have it. Exhaustive on purpose. */
    public static Command<?, ?> of(Ordinal ordinal) {
        return switch (ordinal) {
            case OIAP -> new Oiap();
            case OSAP -> new Osap();
            case CHANGE_AUTH -> new ChangeAuth();
            case TAKE_OWNERSHIP -> new TakeOwnership();
            case CHANGE_AUTH_ASYM_START -> new ChangeAuthAsymStart();
            case CHANGE_AUTH_ASYM_FINISH -> new ChangeAuthAsymFinish();
            case CHANGE_AUTH_OWNER -> new ChangeAuthOwner();
            case DSAP -> new Dsap();
            case CMK_CREATE_TICKET -> new CmkCreateTicket();
            case CMK_CREATE_KEY -> new CmkCreateKey();
            case EXTEND -> new Extend();
            case PCR_READ -> new PcrRead();
            case QUOTE -> new Quote();
            case SEAL -> new Seal();
            case UNSEAL -> new Unseal();
            case DIR_WRITE_AUTH -> new DirWriteAuth();
            case DIR_READ -> new DirRead();
            case CMK_CREATE_BLOB -> new CmkCreateBlob();
            case CMK_SET_RESTRICTIONS -> new CmkSetRestrictions();
            case CMK_APPROVE_MA -> new CmkApproveMa();
            case UN_BIND -> new UnBind();
            case CREATE_WRAP_KEY -> new CreateWrapKey();
            case LOAD_KEY -> new LoadKey();
            case GET_PUB_KEY -> new GetPubKey();
            case EVICT_KEY -> new EvictKey();
            case KEY_CONTROL_OWNER -> new KeyControlOwner();
            case CMK_CONVERT_MIGRATION -> new CmkConvertMigration();
            case MIGRATE_KEY -> new MigrateKey();
            case CREATE_MIGRATION_BLOB -> new CreateMigrationBlob();
            case DAA_JOIN -> new DaaJoin();
            case CONVERT_MIGRATION_BLOB -> new ConvertMigrationBlob();
            case AUTHORIZE_MIGRATION_KEY -> new AuthorizeMigrationKey();
            case DAA_SIGN -> new DaaSign();
            case CERTIFY_KEY -> new CertifyKey();
            case CERTIFY_KEY2 -> new CertifyKey2();
            case SIGN -> new Sign();
            case SEALX -> new Sealx();
            case QUOTE2 -> new Quote2();
            case SET_CAPABILITY -> new SetCapability();
            case RESET_LOCK_VALUE -> new ResetLockValue();
            case LOAD_KEY2 -> new LoadKey2();
            case GET_RANDOM -> new GetRandom();
            case STIR_RANDOM -> new StirRandom();
            case SELF_TEST_FULL -> new SelfTestFull();
            case CONTINUE_SELF_TEST -> new ContinueSelfTest();
            case GET_TEST_RESULT -> new GetTestResult();
            case RESET -> new Reset();
            case OWNER_CLEAR -> new OwnerClear();
            case DISABLE_OWNER_CLEAR -> new DisableOwnerClear();
            case FORCE_CLEAR -> new ForceClear();
            case DISABLE_FORCE_CLEAR -> new DisableForceClear();
            case GET_CAPABILITY -> new GetCapability();
            case GET_CAPABILITY_OWNER -> new GetCapabilityOwner();
            case OWNER_SET_DISABLE -> new OwnerSetDisable();
            case PHYSICAL_ENABLE -> new PhysicalEnable();
            case PHYSICAL_DISABLE -> new PhysicalDisable();
            case SET_OWNER_INSTALL -> new SetOwnerInstall();
            case PHYSICAL_SET_DEACTIVATED -> new PhysicalSetDeactivated();
            case SET_TEMP_DEACTIVATED -> new SetTempDeactivated();
            case SET_OPERATOR_AUTH -> new SetOperatorAuth();
            case SET_OWNER_POINTER -> new SetOwnerPointer();
            case CREATE_ENDORSEMENT_KEY_PAIR -> new CreateEndorsementKeyPair();
            case MAKE_IDENTITY -> new MakeIdentity();
            case ACTIVATE_IDENTITY -> new ActivateIdentity();
            case READ_PUBEK -> new ReadPubek();
            case OWNER_READ_PUBEK -> new OwnerReadPubek();
            case DISABLE_PUBEK_READ -> new DisablePubekRead();
            case CREATE_REVOCABLE_EK -> new CreateRevocableEk();
            case REVOKE_TRUST -> new RevokeTrust();
            case OWNER_READ_INTERNAL_PUB -> new OwnerReadInternalPub();
            case GET_AUDIT_DIGEST -> new GetAuditDigest();
            case GET_AUDIT_DIGEST_SIGNED -> new GetAuditDigestSigned();
            case SET_ORDINAL_AUDIT_STATUS -> new SetOrdinalAuditStatus();
            case TERMINATE_HANDLE -> new TerminateHandle();
            case SAVE_STATE -> new SaveState();
            case STARTUP -> new Startup();
            case SHA1_START -> new Sha1Start();
            case SHA1_UPDATE -> new Sha1Update();
            case SHA1_COMPLETE -> new Sha1Complete();
            case SHA1_COMPLETE_EXTEND -> new Sha1CompleteExtend();
            case SAVE_KEY_CONTEXT -> new SaveKeyContext();
            case LOAD_KEY_CONTEXT -> new LoadKeyContext();
            case SAVE_AUTH_CONTEXT -> new SaveAuthContext();
            case LOAD_AUTH_CONTEXT -> new LoadAuthContext();
            case SAVE_CONTEXT -> new SaveContext();
            case LOAD_CONTEXT -> new LoadContext();
            case FLUSH_SPECIFIC -> new FlushSpecific();
            case PCR_RESET -> new PcrReset();
            case NV_DEFINE_SPACE -> new NvDefineSpace();
            case NV_WRITE_VALUE -> new NvWriteValue();
            case NV_WRITE_VALUE_AUTH -> new NvWriteValueAuth();
            case NV_READ_VALUE -> new NvReadValue();
            case NV_READ_VALUE_AUTH -> new NvReadValueAuth();
            case DELEGATE_UPDATE_VERIFICATION -> new DelegateUpdateVerification();
            case DELEGATE_MANAGE -> new DelegateManage();
            case DELEGATE_CREATE_KEY_DELEGATION -> new DelegateCreateKeyDelegation();
            case DELEGATE_CREATE_OWNER_DELEGATION -> new DelegateCreateOwnerDelegation();
            case DELEGATE_VERIFY_DELEGATION -> new DelegateVerifyDelegation();
            case DELEGATE_LOAD_OWNER_DELEGATION -> new DelegateLoadOwnerDelegation();
            case DELEGATE_READ_TABLE -> new DelegateReadTable();
            case CREATE_COUNTER -> new CreateCounter();
            case INCREMENT_COUNTER -> new IncrementCounter();
            case READ_COUNTER -> new ReadCounter();
            case RELEASE_COUNTER -> new ReleaseCounter();
            case RELEASE_COUNTER_OWNER -> new ReleaseCounterOwner();
            case ESTABLISH_TRANSPORT -> new EstablishTransport();
            case RELEASE_TRANSPORT_SIGNED -> new ReleaseTransportSigned();
            case GET_TICKS -> new GetTicks();
            case TICK_STAMP_BLOB -> new TickStampBlob();
            case TSC_PHYSICAL_PRESENCE -> new PhysicalPresence();
            case TSC_RESET_ESTABLISHMENT_BIT -> new ResetEstablishmentBit();
            case CREATE_MAINTENANCE_ARCHIVE,
                    LOAD_MAINTENANCE_ARCHIVE,
                    KILL_MAINTENANCE_FEATURE,
                    LOAD_MANU_MAINT_PUB,
                    READ_MANU_MAINT_PUB,
                    CERTIFY_SELF_TEST,
                    GET_CAPABILITY_SIGNED,
                    GET_AUDIT_EVENT,
                    GET_AUDIT_EVENT_SIGNED,
                    GET_ORDINAL_AUDIT_STATUS,
                    INIT,
                    SET_REDIRECTION,
                    FIELD_UPGRADE,
                    EXECUTE_TRANSPORT -> null;
        };
    }
}
