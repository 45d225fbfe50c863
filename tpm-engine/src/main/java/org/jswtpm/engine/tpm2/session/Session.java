package org.jswtpm.engine.tpm2.session;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmtSymDef;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * A loaded session: an HMAC session, a policy session, or a trial (Part 1, 19.3).
 *
 * <p>Not thread safe. {@link #close} wipes its key.
 */
public final class Session implements AutoCloseable {
    private static final int MIN_NONCE_SIZE = 16;
    private static final byte[] NOTHING = new byte[0];

    private final SessionType type;
    private final HashAlg authHash;
    private final TpmtSymDef symmetric;
    private final byte[] nonceTpm;
    private Secret sessionKey = Secret.empty();

    private Restriction restriction = Restriction.NONE;
    private byte[] restrictionValue = NOTHING;
    private Bytes digest;
    private boolean audit;
    private boolean daBound;
    private boolean lockoutBound;
    private boolean includeAuth;

    private boolean authValueNeeded;
    private boolean passwordNeeded;
    private boolean ppRequired;
    private boolean checkNvWritten;
    private boolean nvWrittenState;
    private int commandCode;
    private int commandLocality;
    private int pcrCounter;
    private long startTime;
    private long timeout;
    private int epoch;

    /** A new session without a key; {@code nonceTpm} is taken over. */
    public Session(SessionType type, HashAlg authHash, TpmtSymDef symmetric, byte[] nonceTpm) {
        this.type = type;
        this.authHash = authHash;
        this.symmetric = symmetric;
        this.nonceTpm = nonceTpm;
        digest = isPolicy() ? Bytes.zeros(authHash.digestSize()) : Bytes.EMPTY;
    }

    public SessionType type() {
        return type;
    }

    /** Whether this is a policy session, or a trial. */
    public boolean isPolicy() {
        return type != SessionType.HMAC;
    }

    public boolean isTrial() {
        return type == SessionType.TRIAL;
    }

    /** The hash algorithm of the session's HMACs, of its policy and of its audit. */
    public HashAlg authHash() {
        return authHash;
    }

    /** How parameters are encrypted. */
    public TpmtSymDef symmetric() {
        return symmetric;
    }

    /** nonceTPM: the array itself, which the pipeline fills anew with each use. */
    public byte[] nonceTpm() {
        return nonceTpm;
    }

    /** The session key; empty for a session that is neither salted nor bound. */
    public Secret sessionKey() {
        return sessionKey;
    }

    /** Takes the key over. */
    public void setSessionKey(Secret sessionKey) {
        this.sessionKey.close();
        this.sessionKey = sessionKey;
    }

    /** What the session is restricted to. */
    public Restriction restriction() {
        return restriction;
    }

    /** Restricts the session; takes {@code value} over. */
    public void restrict(Restriction kind, byte[] value) {
        Arrays.fill(restrictionValue, (byte) 0);
        restriction = kind;
        restrictionValue = value;
    }

    /** Whether the session may be restricted so: it is not restricted at all, or in just this way. */
    public boolean canRestrict(Restriction kind, byte[] value) {
        return restriction == Restriction.NONE || restriction == kind && restrictionMatches(value);
    }

    /** Whether {@code value} is what the session is restricted to; in constant time. */
    public boolean restrictionMatches(byte[] value) {
        return MessageDigest.isEqual(restrictionValue, value);
    }

    /** A copy of what the session is restricted to. */
    public Bytes restrictionValue() {
        return Bytes.copyOf(restrictionValue);
    }

    /** The policyDigest of a policy session, or the audit digest of an audit session. */
    public Bytes digest() {
        return digest;
    }

    public void setDigest(Bytes digest) {
        this.digest = digest;
    }

    /**
     * Begins the next policyDigest (Part 1, 19.7.5): it is over the one of now, the code of the command, and what the
     * caller adds.
     */
    public Hasher beginPolicyDigest(int code) {
        return Hasher.of(authHash.digest()).update(digest.toArray()).updateUint32(code);
    }

    /** Makes the result of {@code hasher} the policyDigest. */
    public void endPolicyDigest(Hasher hasher) {
        digest = Bytes.wrap(hasher.digest());
    }

    /** Sets the policyDigest to zero, as the commands do that put other policies in its place. */
    public void clearPolicyDigest() {
        digest = Bytes.zeros(authHash.digestSize());
    }

    /** Extends the audit digest by a command that succeeded (Part 1, 32.3.2). */
    public void extendDigest(byte[] cpHash, byte[] rpHash) {
        digest = Bytes.wrap(Hasher.digest(Digest.of(authHash.value()), digest.toArray(), cpHash, rpHash));
    }

    /** Whether this is an audit session. */
    public boolean isAudit() {
        return audit;
    }

    /** Makes this an audit session with a fresh digest; one that is bound is no more. */
    public void startAudit() {
        audit = true;
        if (restriction == Restriction.BOUND_ENTITY) {
            restrict(Restriction.NONE, NOTHING);
        }
        digest = Bytes.zeros(authHash.digestSize());
    }

    /** Whether the session is bound to an entity that the dictionary attack logic protects. */
    public boolean isDaBound() {
        return daBound;
    }

    /** Whether the session is bound to TPM_RH_LOCKOUT. */
    public boolean isLockoutBound() {
        return lockoutBound;
    }

    /** Notes what the dictionary attack logic has to know of the entity at which the session was bound. */
    public void setDaBound(boolean daBound, boolean lockoutBound) {
        this.daBound = daBound;
        this.lockoutBound = lockoutBound;
    }

    /** Whether the auth value of the entity is part of the HMAC key in this use of the session. */
    public boolean includesAuth() {
        return includeAuth;
    }

    public void setIncludesAuth(boolean includeAuth) {
        this.includeAuth = includeAuth;
    }

    /** TPM2_PolicyAuthValue was executed. */
    public boolean isAuthValueNeeded() {
        return authValueNeeded;
    }

    /** TPM2_PolicyPassword was executed. */
    public boolean isPasswordNeeded() {
        return passwordNeeded;
    }

    /** Of the two the one that came last counts. */
    public void needAuthValue() {
        authValueNeeded = true;
        passwordNeeded = false;
    }

    /** Of the two the one that came last counts. */
    public void needPassword() {
        passwordNeeded = true;
        authValueNeeded = false;
    }

    /** TPM2_PolicyPhysicalPresence was executed. */
    public boolean isPpRequired() {
        return ppRequired;
    }

    public void setPpRequired() {
        ppRequired = true;
    }

    /** TPM2_PolicyNvWritten was executed. */
    public boolean isNvWrittenChecked() {
        return checkNvWritten;
    }

    /** The state of TPMA_NV_WRITTEN that TPM2_PolicyNvWritten asked for. */
    public boolean nvWrittenState() {
        return nvWrittenState;
    }

    public void checkNvWritten(boolean state) {
        checkNvWritten = true;
        nvWrittenState = state;
    }

    /** The only command that the session authorizes; 0 for any. */
    public int commandCode() {
        return commandCode;
    }

    public void setCommandCode(int commandCode) {
        this.commandCode = commandCode;
    }

    /** TPMA_LOCALITY, from where the session authorizes; 0 for anywhere. */
    public int commandLocality() {
        return commandLocality;
    }

    public void setCommandLocality(int commandLocality) {
        this.commandLocality = commandLocality;
    }

    /** The PCR update counter at the time of TPM2_PolicyPCR; 0 if PCRs play no role. */
    public int pcrCounter() {
        return pcrCounter;
    }

    public void setPcrCounter(int pcrCounter) {
        this.pcrCounter = pcrCounter;
    }

    /** Time at which nonceTPM was made, in ms; expirations count from here. */
    public long startTime() {
        return startTime;
    }

    /** When a policy session ends, in ms of Time; 0 for never. */
    public long timeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    /** The epoch of Time in which the session was started. */
    public int epoch() {
        return epoch;
    }

    /** A new nonce starts a new interval. */
    public void setStartTime(long time, int timeEpoch) {
        startTime = time;
        epoch = timeEpoch;
        timeout = 0;
    }

    /**
     * Whether all that belongs to a hash or a cipher fits it, as in every session that a TPM has started. One that comes out of a
     * state or a context may be another.
     */
    public boolean isConsistent() {
        int size = authHash.digestSize();
        boolean isHash = restriction != Restriction.NONE && restriction != Restriction.BOUND_ENTITY;
        boolean isCipher = !symmetric.isNull() && symmetric.algorithm() != AlgId.XOR;
        return nonceTpm.length >= MIN_NONCE_SIZE
                && nonceTpm.length <= size
                && (sessionKey.isEmpty() || sessionKey.size() == size)
                && (digest.size() == size || digest.isEmpty() && !isPolicy())
                && (!isHash || restrictionValue.length == size)
                && (!isCipher || symmetric.mode() == AlgId.CFB);
    }

    /** Takes back all that policy commands did, but neither nonce nor start time. */
    public void resetPolicy() {
        commandCode = 0;
        commandLocality = 0;
        restrict(Restriction.NONE, NOTHING);
        timeout = 0;
        pcrCounter = 0;
        digest = Bytes.zeros(digest.size());
        audit = false;
        includeAuth = false;
        authValueNeeded = false;
        passwordNeeded = false;
        ppRequired = false;
        checkNvWritten = false;
        nvWrittenState = false;
    }

    @Override
    public void close() {
        sessionKey.close();
        Arrays.fill(restrictionValue, (byte) 0);
    }
}
