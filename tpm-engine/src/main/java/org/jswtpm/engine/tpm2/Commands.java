package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.tpm2.command.asymmetric.EccParameters;
import org.jswtpm.engine.tpm2.command.asymmetric.EcdhKeyGen;
import org.jswtpm.engine.tpm2.command.asymmetric.EcdhZGen;
import org.jswtpm.engine.tpm2.command.asymmetric.RsaDecrypt;
import org.jswtpm.engine.tpm2.command.asymmetric.RsaEncrypt;
import org.jswtpm.engine.tpm2.command.attestation.Certify;
import org.jswtpm.engine.tpm2.command.attestation.CertifyCreation;
import org.jswtpm.engine.tpm2.command.attestation.CertifyX509;
import org.jswtpm.engine.tpm2.command.attestation.GetCommandAuditDigest;
import org.jswtpm.engine.tpm2.command.attestation.GetSessionAuditDigest;
import org.jswtpm.engine.tpm2.command.attestation.GetTime;
import org.jswtpm.engine.tpm2.command.attestation.Quote;
import org.jswtpm.engine.tpm2.command.audit.SetCommandCodeAuditStatus;
import org.jswtpm.engine.tpm2.command.capability.GetCapability;
import org.jswtpm.engine.tpm2.command.capability.TestParms;
import org.jswtpm.engine.tpm2.command.clock.ClockRateAdjust;
import org.jswtpm.engine.tpm2.command.clock.ClockSet;
import org.jswtpm.engine.tpm2.command.clock.ReadClock;
import org.jswtpm.engine.tpm2.command.context.ContextLoad;
import org.jswtpm.engine.tpm2.command.context.ContextSave;
import org.jswtpm.engine.tpm2.command.context.EvictControl;
import org.jswtpm.engine.tpm2.command.context.FlushContext;
import org.jswtpm.engine.tpm2.command.dictionary.DictionaryAttackLockReset;
import org.jswtpm.engine.tpm2.command.dictionary.DictionaryAttackParameters;
import org.jswtpm.engine.tpm2.command.ephemeral.Commit;
import org.jswtpm.engine.tpm2.command.ephemeral.EcEphemeral;
import org.jswtpm.engine.tpm2.command.hash.EventSequenceComplete;
import org.jswtpm.engine.tpm2.command.hash.Hash;
import org.jswtpm.engine.tpm2.command.hash.HashSequenceStart;
import org.jswtpm.engine.tpm2.command.hash.Mac;
import org.jswtpm.engine.tpm2.command.hash.MacStart;
import org.jswtpm.engine.tpm2.command.hash.SequenceComplete;
import org.jswtpm.engine.tpm2.command.hash.SequenceUpdate;
import org.jswtpm.engine.tpm2.command.hierarchy.ChangeEps;
import org.jswtpm.engine.tpm2.command.hierarchy.ChangePps;
import org.jswtpm.engine.tpm2.command.hierarchy.Clear;
import org.jswtpm.engine.tpm2.command.hierarchy.ClearControl;
import org.jswtpm.engine.tpm2.command.hierarchy.CreatePrimary;
import org.jswtpm.engine.tpm2.command.hierarchy.HierarchyChangeAuth;
import org.jswtpm.engine.tpm2.command.hierarchy.HierarchyControl;
import org.jswtpm.engine.tpm2.command.hierarchy.SetPrimaryPolicy;
import org.jswtpm.engine.tpm2.command.integrity.PcrAllocate;
import org.jswtpm.engine.tpm2.command.integrity.PcrEvent;
import org.jswtpm.engine.tpm2.command.integrity.PcrExtend;
import org.jswtpm.engine.tpm2.command.integrity.PcrRead;
import org.jswtpm.engine.tpm2.command.integrity.PcrReset;
import org.jswtpm.engine.tpm2.command.integrity.PcrSetAuthPolicy;
import org.jswtpm.engine.tpm2.command.integrity.PcrSetAuthValue;
import org.jswtpm.engine.tpm2.command.management.PpCommands;
import org.jswtpm.engine.tpm2.command.management.SetAlgorithmSet;
import org.jswtpm.engine.tpm2.command.nv.NvCertify;
import org.jswtpm.engine.tpm2.command.nv.NvChangeAuth;
import org.jswtpm.engine.tpm2.command.nv.NvDefineSpace;
import org.jswtpm.engine.tpm2.command.nv.NvExtend;
import org.jswtpm.engine.tpm2.command.nv.NvGlobalWriteLock;
import org.jswtpm.engine.tpm2.command.nv.NvIncrement;
import org.jswtpm.engine.tpm2.command.nv.NvRead;
import org.jswtpm.engine.tpm2.command.nv.NvReadLock;
import org.jswtpm.engine.tpm2.command.nv.NvReadPublic;
import org.jswtpm.engine.tpm2.command.nv.NvSetBits;
import org.jswtpm.engine.tpm2.command.nv.NvUndefineSpace;
import org.jswtpm.engine.tpm2.command.nv.NvUndefineSpaceSpecial;
import org.jswtpm.engine.tpm2.command.nv.NvWrite;
import org.jswtpm.engine.tpm2.command.nv.NvWriteLock;
import org.jswtpm.engine.tpm2.command.object.ActivateCredential;
import org.jswtpm.engine.tpm2.command.object.Create;
import org.jswtpm.engine.tpm2.command.object.CreateLoaded;
import org.jswtpm.engine.tpm2.command.object.Load;
import org.jswtpm.engine.tpm2.command.object.LoadExternal;
import org.jswtpm.engine.tpm2.command.object.MakeCredential;
import org.jswtpm.engine.tpm2.command.object.ObjectChangeAuth;
import org.jswtpm.engine.tpm2.command.object.ReadPublic;
import org.jswtpm.engine.tpm2.command.object.Unseal;
import org.jswtpm.engine.tpm2.command.policy.PolicyAuthValue;
import org.jswtpm.engine.tpm2.command.policy.PolicyAuthorize;
import org.jswtpm.engine.tpm2.command.policy.PolicyAuthorizeNv;
import org.jswtpm.engine.tpm2.command.policy.PolicyCommandCode;
import org.jswtpm.engine.tpm2.command.policy.PolicyCounterTimer;
import org.jswtpm.engine.tpm2.command.policy.PolicyCpHash;
import org.jswtpm.engine.tpm2.command.policy.PolicyDuplicationSelect;
import org.jswtpm.engine.tpm2.command.policy.PolicyGetDigest;
import org.jswtpm.engine.tpm2.command.policy.PolicyLocality;
import org.jswtpm.engine.tpm2.command.policy.PolicyNameHash;
import org.jswtpm.engine.tpm2.command.policy.PolicyNv;
import org.jswtpm.engine.tpm2.command.policy.PolicyNvWritten;
import org.jswtpm.engine.tpm2.command.policy.PolicyOr;
import org.jswtpm.engine.tpm2.command.policy.PolicyPassword;
import org.jswtpm.engine.tpm2.command.policy.PolicyPcr;
import org.jswtpm.engine.tpm2.command.policy.PolicyPhysicalPresence;
import org.jswtpm.engine.tpm2.command.policy.PolicySecret;
import org.jswtpm.engine.tpm2.command.policy.PolicySigned;
import org.jswtpm.engine.tpm2.command.policy.PolicyTemplate;
import org.jswtpm.engine.tpm2.command.policy.PolicyTicket;
import org.jswtpm.engine.tpm2.command.random.GetRandom;
import org.jswtpm.engine.tpm2.command.random.StirRandom;
import org.jswtpm.engine.tpm2.command.session.PolicyRestart;
import org.jswtpm.engine.tpm2.command.session.StartAuthSession;
import org.jswtpm.engine.tpm2.command.signing.Sign;
import org.jswtpm.engine.tpm2.command.signing.VerifySignature;
import org.jswtpm.engine.tpm2.command.startup.Shutdown;
import org.jswtpm.engine.tpm2.command.startup.Startup;
import org.jswtpm.engine.tpm2.command.symmetric.EncryptDecrypt;
import org.jswtpm.engine.tpm2.command.symmetric.EncryptDecrypt2;
import org.jswtpm.engine.tpm2.command.testing.GetTestResult;
import org.jswtpm.engine.tpm2.command.testing.IncrementalSelfTest;
import org.jswtpm.engine.tpm2.command.testing.SelfTest;

/** The class of each command. A class is loaded when its command comes for the first time, and its object is kept. */
public final class Commands {
    private final Command<?, ?>[] made = new Command<?, ?>[CommandCode.values().length];

    /** The command of {@code code}, or null if this TPM does not have it. */
    public Command<?, ?> of(CommandCode code) {
        int index = code.ordinal();
        Command<?, ?> command = made[index];
        if (command == null) {
            command = create(code);
            made[index] = command;
        }
        return command;
    }

    /** Whether this TPM has the command of {@code code}. */
    public static boolean isImplemented(CommandCode code) {
        return create(code) != null;
    }

    /** Exhaustive on purpose: a row without a class does not compile. */
    private static Command<?, ?> create(CommandCode code) {
        return switch (code) {
            case NV_UNDEFINE_SPACE_SPECIAL -> new NvUndefineSpaceSpecial();
            case EVICT_CONTROL -> new EvictControl();
            case HIERARCHY_CONTROL -> new HierarchyControl();
            case NV_UNDEFINE_SPACE -> new NvUndefineSpace();
            case CHANGE_EPS -> new ChangeEps();
            case CHANGE_PPS -> new ChangePps();
            case CLEAR -> new Clear();
            case CLEAR_CONTROL -> new ClearControl();
            case CLOCK_SET -> new ClockSet();
            case HIERARCHY_CHANGE_AUTH -> new HierarchyChangeAuth();
            case NV_DEFINE_SPACE -> new NvDefineSpace();
            case PCR_ALLOCATE -> new PcrAllocate();
            case PCR_SET_AUTH_POLICY -> new PcrSetAuthPolicy();
            case PP_COMMANDS -> new PpCommands();
            case SET_PRIMARY_POLICY -> new SetPrimaryPolicy();
            case CLOCK_RATE_ADJUST -> new ClockRateAdjust();
            case CREATE_PRIMARY -> new CreatePrimary();
            case NV_GLOBAL_WRITE_LOCK -> new NvGlobalWriteLock();
            case GET_COMMAND_AUDIT_DIGEST -> new GetCommandAuditDigest();
            case NV_INCREMENT -> new NvIncrement();
            case NV_SET_BITS -> new NvSetBits();
            case NV_EXTEND -> new NvExtend();
            case NV_WRITE -> new NvWrite();
            case NV_WRITE_LOCK -> new NvWriteLock();
            case DICTIONARY_ATTACK_LOCK_RESET -> new DictionaryAttackLockReset();
            case DICTIONARY_ATTACK_PARAMETERS -> new DictionaryAttackParameters();
            case NV_CHANGE_AUTH -> new NvChangeAuth();
            case PCR_EVENT -> new PcrEvent();
            case PCR_RESET -> new PcrReset();
            case SEQUENCE_COMPLETE -> new SequenceComplete();
            case SET_ALGORITHM_SET -> new SetAlgorithmSet();
            case SET_COMMAND_CODE_AUDIT_STATUS -> new SetCommandCodeAuditStatus();
            case INCREMENTAL_SELF_TEST -> new IncrementalSelfTest();
            case SELF_TEST -> new SelfTest();
            case STARTUP -> new Startup();
            case SHUTDOWN -> new Shutdown();
            case STIR_RANDOM -> new StirRandom();
            case ACTIVATE_CREDENTIAL -> new ActivateCredential();
            case CERTIFY -> new Certify();
            case POLICY_NV -> new PolicyNv();
            case CERTIFY_CREATION -> new CertifyCreation();
            case GET_TIME -> new GetTime();
            case GET_SESSION_AUDIT_DIGEST -> new GetSessionAuditDigest();
            case NV_READ -> new NvRead();
            case NV_READ_LOCK -> new NvReadLock();
            case OBJECT_CHANGE_AUTH -> new ObjectChangeAuth();
            case POLICY_SECRET -> new PolicySecret();
            case CREATE -> new Create();
            case ECDH_ZGEN -> new EcdhZGen();
            case HMAC -> new Mac();
            case LOAD -> new Load();
            case QUOTE -> new Quote();
            case RSA_DECRYPT -> new RsaDecrypt();
            case HMAC_START -> new MacStart();
            case SEQUENCE_UPDATE -> new SequenceUpdate();
            case SIGN -> new Sign();
            case UNSEAL -> new Unseal();
            case POLICY_SIGNED -> new PolicySigned();
            case CONTEXT_LOAD -> new ContextLoad();
            case CONTEXT_SAVE -> new ContextSave();
            case ECDH_KEY_GEN -> new EcdhKeyGen();
            case ENCRYPT_DECRYPT -> new EncryptDecrypt();
            case FLUSH_CONTEXT -> new FlushContext();
            case LOAD_EXTERNAL -> new LoadExternal();
            case MAKE_CREDENTIAL -> new MakeCredential();
            case NV_READ_PUBLIC -> new NvReadPublic();
            case POLICY_AUTHORIZE -> new PolicyAuthorize();
            case POLICY_AUTH_VALUE -> new PolicyAuthValue();
            case POLICY_COMMAND_CODE -> new PolicyCommandCode();
            case POLICY_COUNTER_TIMER -> new PolicyCounterTimer();
            case POLICY_CP_HASH -> new PolicyCpHash();
            case POLICY_LOCALITY -> new PolicyLocality();
            case POLICY_NAME_HASH -> new PolicyNameHash();
            case POLICY_OR -> new PolicyOr();
            case POLICY_TICKET -> new PolicyTicket();
            case READ_PUBLIC -> new ReadPublic();
            case RSA_ENCRYPT -> new RsaEncrypt();
            case START_AUTH_SESSION -> new StartAuthSession();
            case VERIFY_SIGNATURE -> new VerifySignature();
            case ECC_PARAMETERS -> new EccParameters();
            case GET_CAPABILITY -> new GetCapability();
            case GET_RANDOM -> new GetRandom();
            case GET_TEST_RESULT -> new GetTestResult();
            case HASH -> new Hash();
            case PCR_READ -> new PcrRead();
            case POLICY_PCR -> new PolicyPcr();
            case POLICY_RESTART -> new PolicyRestart();
            case READ_CLOCK -> new ReadClock();
            case PCR_EXTEND -> new PcrExtend();
            case PCR_SET_AUTH_VALUE -> new PcrSetAuthValue();
            case NV_CERTIFY -> new NvCertify();
            case EVENT_SEQUENCE_COMPLETE -> new EventSequenceComplete();
            case HASH_SEQUENCE_START -> new HashSequenceStart();
            case POLICY_PHYSICAL_PRESENCE -> new PolicyPhysicalPresence();
            case POLICY_DUPLICATION_SELECT -> new PolicyDuplicationSelect();
            case POLICY_GET_DIGEST -> new PolicyGetDigest();
            case TEST_PARMS -> new TestParms();
            case COMMIT -> new Commit();
            case POLICY_PASSWORD -> new PolicyPassword();
            case EC_EPHEMERAL -> new EcEphemeral();
            case POLICY_NV_WRITTEN -> new PolicyNvWritten();
            case POLICY_TEMPLATE -> new PolicyTemplate();
            case CREATE_LOADED -> new CreateLoaded();
            case POLICY_AUTHORIZE_NV -> new PolicyAuthorizeNv();
            case ENCRYPT_DECRYPT2 -> new EncryptDecrypt2();
            case CERTIFY_X509 -> new CertifyX509();
            case DUPLICATE,
                    REWRAP,
                    IMPORT,
                    ZGEN_2_PHASE,
                    ECC_ENCRYPT,
                    ECC_DECRYPT,
                    POLICY_CAPABILITY,
                    POLICY_PARAMETERS -> null;
        };
    }
}
