package org.jswtpm.systemtest.tpm;

/** TPM 2.0 commands (Part 3) in octets; authorization is a password, empty where none is a parameter. */
public final class Tpm2Command {
    /** TPM_RH_OWNER. */
    public static final int OWNER = 0x40000001;
    /** TPM_RH_ENDORSEMENT. */
    public static final int ENDORSEMENT = 0x4000000B;
    /** The first handle of a policy session. */
    public static final int FIRST_POLICY_SESSION = 0x03000000;
    /** The first handle of a transient object. */
    public static final int FIRST_TRANSIENT = 0x80000000;

    private static final int NULL = 0x40000007;
    private static final int LOCKOUT = 0x4000000A;
    private static final int ALG_NULL = 0x0010;
    private static final int SHA256 = 0x000B;
    private static final int NV_ATTRIBUTES = 0x02060006; // OWNER and AUTH read and write, NO_DA
    private static final int CAP_HANDLES = 1;
    private static final int CAP_PCRS = 5;
    private static final int CAP_TPM_PROPERTIES = 6;
    private static final byte[] EMPTY = {};

    private Tpm2Command() {}

    /** TPM2_Startup(CLEAR), 9.3. */
    public static byte[] startupClear() {
        return new CommandOctets(0x144).u16(0).command();
    }

    /** TPM2_Startup(STATE), 9.3. */
    public static byte[] startupState() {
        return new CommandOctets(0x144).u16(1).command();
    }

    /** TPM2_CreatePrimary, 24.1, without sensitive data. */
    public static byte[] createPrimary(int hierarchy, byte[] auth, Template template) {
        return new CommandOctets(0x131)
                .u32(hierarchy)
                .password(auth)
                .sized(new byte[4])
                .sized(template.publicArea())
                .sized(EMPTY)
                .u32(0)
                .command();
    }

    /** TPM2_HMAC, 15.5, with SHA-256: a key that is loaded answers the same data always the same. */
    public static byte[] hmac(int key, byte[] data) {
        return new CommandOctets(0x155)
                .u32(key)
                .password(EMPTY)
                .sized(data)
                .u16(SHA256)
                .command();
    }

    /** TPM2_StartAuthSession, 11.1, of a policy session that is neither bound nor salted. */
    public static byte[] startPolicySession() {
        return new CommandOctets(0x176)
                .u32(NULL)
                .u32(NULL)
                .sized(new byte[32])
                .sized(EMPTY)
                .u8(1)
                .u16(ALG_NULL)
                .u16(SHA256)
                .command();
    }

    /** TPM2_PolicyCommandCode, 23.11, of TPM2_Sign. */
    public static byte[] policyOfSigning(int session) {
        return new CommandOctets(0x16C).u32(session).u32(0x15D).command();
    }

    /** TPM2_PolicyGetDigest, 23.20. */
    public static byte[] policyGetDigest(int session) {
        return new CommandOctets(0x189).u32(session).command();
    }

    /** TPM2_ReadClock, 29.1. */
    public static byte[] readClock() {
        return new CommandOctets(0x181).command();
    }

    /** TPM2_EvictControl, 28.5, by the owner. */
    public static byte[] evictControl(byte[] ownerAuth, int object, int persistent) {
        return new CommandOctets(0x120)
                .u32(OWNER)
                .u32(object)
                .password(ownerAuth)
                .u32(persistent)
                .command();
    }

    /** TPM2_FlushContext, 28.4. */
    public static byte[] flushContext(int handle) {
        return new CommandOctets(0x165).u32(handle).command();
    }

    /** TPM2_ReadPublic, 12.4. */
    public static byte[] readPublic(int object) {
        return new CommandOctets(0x173).u32(object).command();
    }

    /** TPM2_NV_DefineSpace, 31.3, by the owner: an ordinary index that its empty auth value opens. */
    public static byte[] nvDefineSpace(byte[] ownerAuth, int index, int size) {
        byte[] publicArea = new CommandOctets(0)
                .u32(index)
                .u16(SHA256)
                .u32(NV_ATTRIBUTES)
                .sized(EMPTY)
                .u16(size)
                .body();
        return new CommandOctets(0x12A)
                .u32(OWNER)
                .password(ownerAuth)
                .sized(EMPTY)
                .sized(publicArea)
                .command();
    }

    /** TPM2_NV_UndefineSpace, 31.4, by the owner. */
    public static byte[] nvUndefineSpace(byte[] ownerAuth, int index) {
        return new CommandOctets(0x122)
                .u32(OWNER)
                .u32(index)
                .password(ownerAuth)
                .command();
    }

    /** TPM2_NV_ReadPublic, 31.6. */
    public static byte[] nvReadPublic(int index) {
        return new CommandOctets(0x169).u32(index).command();
    }

    /** TPM2_NV_Write, 31.7, from the first octet of the index. */
    public static byte[] nvWrite(int index, byte[] data) {
        return new CommandOctets(0x137)
                .u32(index)
                .u32(index)
                .password(EMPTY)
                .sized(data)
                .u16(0)
                .command();
    }

    /** TPM2_NV_Read, 31.13, from the first octet of the index. */
    public static byte[] nvRead(int index, int size) {
        return new CommandOctets(0x14E)
                .u32(index)
                .u32(index)
                .password(EMPTY)
                .u16(size)
                .u16(0)
                .command();
    }

    /** TPM2_PCR_Read, 22.4, of one PCR in the SHA-256 bank. */
    public static byte[] pcrRead(int pcr) {
        return new CommandOctets(0x17E)
                .u32(1)
                .u16(SHA256)
                .u8(3)
                .raw(new byte[] {bit(pcr, 0), bit(pcr, 1), bit(pcr, 2)})
                .command();
    }

    /** TPM2_PCR_Extend, 22.2, of one PCR in the SHA-256 bank. */
    public static byte[] pcrExtend(int pcr, byte[] digest) {
        return new CommandOctets(0x182)
                .u32(pcr)
                .password(EMPTY)
                .u32(1)
                .u16(SHA256)
                .raw(digest)
                .command();
    }

    /** TPM2_HierarchyChangeAuth, 24.8, of the owner. */
    public static byte[] ownerChangeAuth(byte[] ownerAuth, byte[] newAuth) {
        return new CommandOctets(0x129)
                .u32(OWNER)
                .password(ownerAuth)
                .sized(newAuth)
                .command();
    }

    /** TPM2_Clear, 24.6, by the lockout authorization. */
    public static byte[] clear() {
        return new CommandOctets(0x126).u32(LOCKOUT).password(EMPTY).command();
    }

    /** TPM2_DictionaryAttackParameters, 25.3; both times are in seconds. */
    public static byte[] dictionaryAttackParameters(int maxTries, int recoveryTime, int lockoutRecovery) {
        return new CommandOctets(0x13A)
                .u32(LOCKOUT)
                .password(EMPTY)
                .u32(maxTries)
                .u32(recoveryTime)
                .u32(lockoutRecovery)
                .command();
    }

    /** TPM2_GetCapability(TPM_CAP_HANDLES), 30.2: handles in use from {@code first} on. */
    public static byte[] handles(int first) {
        return getCapability(CAP_HANDLES, first, 64);
    }

    /** TPM2_GetCapability(TPM_CAP_PCRS), 30.2: the PCR banks. */
    public static byte[] pcrBanks() {
        return getCapability(CAP_PCRS, 0, 1);
    }

    /** TPM2_GetCapability(TPM_CAP_TPM_PROPERTIES), 30.2: one property (TPM_PT_). */
    public static byte[] property(int property) {
        return getCapability(CAP_TPM_PROPERTIES, property, 1);
    }

    private static byte[] getCapability(int capability, int property, int count) {
        return new CommandOctets(0x17A).u32(capability).u32(property).u32(count).command();
    }

    private static byte bit(int pcr, int octet) {
        return (byte) (pcr / 8 == octet ? 1 << pcr % 8 : 0);
    }
}
