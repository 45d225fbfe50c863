package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH2FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.security.MessageDigest;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.auth.Protocol;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.tpm12.delegation.DelegateRow;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.transport.TransportSession;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * One authorization of a command (Part 1, 13.2): the session, the nonce and the HMAC that stand below the double line. Commands
 * say whom it has to come from, with {@code by...}; they choose when, since libtpms checks it at different places.
 *
 * <p>With OIAP the HMAC key is the auth value of the entity, with OSAP and DSAP the shared secret of a session that is bound to
 * this entity.
 */
public final class Authorization {
    private final TpmState tpm;
    private final Ordinal ordinal;
    private boolean isSecond;
    private boolean isTransport;
    private final int handle;
    private final Bytes nonceOdd;
    private final Bytes authData;
    private final byte[] inputDigest;
    private boolean continueSession;
    private AuthSession session;
    private Secret hmacKey;
    private TransportSession transport;
    private byte[] outputDigest;

    private Authorization(TpmState tpm, Ordinal ordinal, boolean isSecond, byte[] inputDigest, WireReader in) {
        this.tpm = tpm;
        this.ordinal = ordinal;
        this.isSecond = isSecond;
        this.inputDigest = inputDigest;
        handle = in.uint32();
        nonceOdd = in.bytes(TpmLimits.NONCE_SIZE);
        continueSession = TpmBool.unmarshal(in);
        authData = in.bytes(TpmLimits.AUTHDATA_SIZE);
    }

    static Authorization unmarshal(TpmState tpm, Ordinal ordinal, boolean isSecond, byte[] inputDigest, WireReader in) {
        return new Authorization(tpm, ordinal, isSecond, inputDigest, in);
    }

    /** The owner authorizes. */
    public void byOwner() {
        selectOwner(false);
        verify();
    }

    /** The owner authorizes, in a session from which a new auth value can be decrypted. */
    public void byOwnerWithSharedSecret() {
        selectOwner(true);
        verify();
    }

    /**
     * As {@link #byOwner}, without {@link #verify}.
     *
     * @param isBound whether the session has to be bound to the owner
     */
    public void selectOwner(boolean isBound) {
        Secret ownerAuth = tpm.permanent().ownerAuth();
        select(isBound, EntityType.OWNER, null, ownerAuth, ownerAuth);
    }

    /** Who may use the key authorizes. */
    public void byKey(LoadedKey key) {
        selectKey(false, key);
        verify();
    }

    /** Who may use the key authorizes, in a session from which a new auth value can be decrypted. */
    public void byKeyWithSharedSecret(LoadedKey key) {
        selectKey(true, key);
        verify();
    }

    /** As {@link #byKey}, without {@link #verify}. */
    public void selectKey(boolean isBound, LoadedKey key) {
        try (Secret digest = secret(key.pubDataDigest())) {
            select(isBound, EntityType.KEYHANDLE, key, key.usageAuth(), digest);
        }
    }

    /** Who may use the area authorizes. */
    public void byNvArea(NvArea area) {
        try (Secret digest = secret(area.entityDigest())) {
            select(false, EntityType.NV, null, area.authValue(), digest);
        }
        verify();
    }

    /** Who may use the counter authorizes. */
    public void byCounter(int countId) {
        MonotonicCounter counter = tpm.counters().get(countId);
        try (Secret digest = secret(counter.entityDigest(countId))) {
            select(false, EntityType.COUNTER, null, counter.authData(), digest);
        }
        verify();
    }

    private static Secret secret(Bytes digest) {
        return Secret.take(digest.toArray());
    }

    /** There is such a session and it is bound to nothing; else TPM_INVALID_AUTHHANDLE, TPM_BAD_MODE. */
    public void checkUnbound() {
        check(!tpm.authSessions().get(handle).isBound(), BAD_MODE);
    }

    /** The nonce of the caller's. */
    public Bytes nonceOdd() {
        return nonceOdd;
    }

    /**
     * Who knows a secret authorizes, in an OIAP session.
     *
     * @param secret lent
     */
    public void bySecret(Secret secret) {
        checkUnbound();
        session = tpm.authSessions().get(handle);
        hmacKey = secret.copy();
        verify();
    }

    /**
     * Finds the session and the HMAC key; the authorization is still to be {@linkplain #verify verified}.
     *
     * @param isBound whether the session has to be bound to the entity: else TPM_BAD_MODE
     * @param key the key that is used, or null
     * @param auth the auth value of the entity; lent
     * @param entityDigest by which a bound session knows the entity; lent
     * @throws org.jswtpm.engine.wire.TpmException TPM_INVALID_AUTHHANDLE, TPM_BAD_MODE, TPM_AUTHFAIL, in this order
     */
    public void select(boolean isBound, int entityType, LoadedKey key, Secret auth, Secret entityDigest) {
        session = tpm.authSessions().get(handle);
        check(!isBound || session.isBound(), BAD_MODE);
        check(entityType != EntityType.OWNER || tpm.permanent().isOwnerInstalled(), AUTHFAIL);
        if (session.isBound()) {
            check(entityDigest.matches(session.entityDigest()), AUTHFAIL);
            if (session.protocol() == Protocol.DSAP) {
                checkDelegation(session.delegation(), entityType);
                checkDelegatedKey(key, entityType);
            }
            hmacKey = session.sharedSecret().copy();
        } else {
            hmacKey = oiapKey(entityType, auth);
        }
    }

    /** TPM_SetOwnerPointer can put the auth value of a delegation in the place of the owner's. */
    private Secret oiapKey(int entityType, Secret auth) {
        int reference = tpm.delegations().ownerReference();
        if (entityType != EntityType.OWNER || reference == ReservedHandle.OWNER) {
            return auth.copy();
        }
        DelegateRow row = tpm.delegations().validRow(reference);
        checkDelegation(row.publicPart(), entityType);
        return row.authValue().copy();
    }

    private void checkDelegation(DelegatePublic delegation, int entityType) {
        boolean isOwner = entityType == EntityType.OWNER;
        check(isOwner || entityType == EntityType.KEYHANDLE, AUTHFAIL);
        Delegations permissions = delegation.permissions();
        check(permissions.type() == (isOwner ? Delegations.OWNER_BITS : Delegations.KEY_BITS), AUTHFAIL);
        check(permissions.permits(isOwner ? ordinal.ownerPermission() : ordinal.keyPermission()), AUTHFAIL);
        tpm.pcrs().check(delegation.pcrInfo(), tpm.locality());
    }

    /** TPM_CMK_DELEGATE (Part 2, 5.17): certified migratable keys can be kept from being delegated. */
    private void checkDelegatedKey(LoadedKey key, int entityType) {
        if (entityType != EntityType.KEYHANDLE || !key.publicPart().keyFlags().has(KeyFlags.MIGRATE_AUTHORITY)) {
            return;
        }
        int bit = switch (key.publicPart().keyUsage()) {
            case KeyUsage.SIGNING -> 0x8000_0000;
            case KeyUsage.STORAGE -> 0x4000_0000;
            case KeyUsage.BIND -> 0x2000_0000;
            case KeyUsage.LEGACY -> 0x1000_0000;
            case KeyUsage.MIGRATE -> 0x0800_0000;
            default -> 0;
        };
        check((tpm.permanent().restrictDelegate() & bit) != 0, INVALID_KEYUSAGE);
    }

    /** Checks the HMAC; a wrong one counts as an attack, and is TPM_AUTHFAIL, or TPM_AUTH2FAIL of the second authorization. */
    public void verify() {
        if (!MessageDigest.isEqual(mac(inputDigest), authData.toArray())) {
            tpm.lockout().fail();
            throw (isSecond ? AUTH2FAIL : AUTHFAIL).exception();
        }
    }

    /**
     * Who shares the secret of a transport session authorizes; a wrong HMAC is TPM_AUTH2FAIL.
     *
     * @param parameterDigest of the command: TPM_ExecuteTransport has one of its own
     */
    public void byTransport(TransportSession transportSession, byte[] parameterDigest) {
        transport = transportSession;
        hmacKey = transportSession.authData().copy();
        check(MessageDigest.isEqual(mac(parameterDigest), authData.toArray()), AUTH2FAIL);
    }

    /** The digest of the command's parameters. */
    public byte[] inputDigest() {
        return inputDigest;
    }

    /** The response counts with this digest, and not with that of its parameters. */
    public void setOutputDigest(byte[] digest) {
        outputDigest = digest;
    }

    /** Decrypts the first new auth value of the command; the caller closes it. */
    public Secret decryptAuth(Bytes encAuth) {
        return session.decryptAuth(encAuth, session.nonceEven());
    }

    /** Decrypts the second new auth value of the command; the caller closes it. */
    public Secret decryptSecondAuth(Bytes encAuth) {
        return session.decryptAuth(encAuth, nonceOdd);
    }

    /** The session. */
    public AuthSession session() {
        return session;
    }

    /** The handle is that of a transport session. */
    void markTransport() {
        isTransport = true;
    }

    /** Ends the session with this command, as those that decrypt a new auth value do. */
    public void endSession() {
        continueSession = false;
    }

    /** Whether a wrong HMAC is TPM_AUTH2FAIL. */
    void countAsSecond(boolean value) {
        isSecond = value;
    }

    /** The handle of the session. */
    public int handle() {
        return handle;
    }

    /** Writes what stands below the double line of the response, and ends the session if it does not go on. */
    void marshalResponse(byte[] parameterDigest, WireWriter out) {
        boolean isAlive = isAlive();
        continueSession &= isAlive;
        if (transport == null) { // the commands of transport sessions have made the nonce themselves
            session.setNonceEven(Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)));
        }
        out.bytes(nonceEven());
        TpmBool.marshal(continueSession, out);
        out.octets(mac(outputDigest == null ? parameterDigest : outputDigest));
        if (isAlive && !continueSession) {
            terminate();
        }
    }

    /** Ends the session, as a command that failed does. */
    void terminate() {
        if (!isAlive()) {
            return;
        }
        if (isTransport) {
            tpm.transports().terminate(handle, tpm.stanyFlags());
        } else {
            tpm.authSessions().terminate(handle);
        }
    }

    private boolean isAlive() {
        return isTransport
                ? tpm.transports().contains(handle)
                : tpm.authSessions().contains(handle);
    }

    private Bytes nonceEven() {
        return transport == null ? session.nonceEven() : transport.nonceEven();
    }

    /** Wipes the key. */
    void wipe() {
        if (hmacKey != null) {
            hmacKey.close();
        }
    }

    private byte[] mac(byte[] parameterDigest) {
        return hmacKey.use(key -> Hmac.of(Digest.SHA1, key)
                .update(parameterDigest)
                .update(nonceEven().toArray())
                .update(nonceOdd.toArray())
                .updateByte(continueSession ? 1 : 0)
                .mac());
    }
}
