package org.jswtpm.engine.tpm12.permanent;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM_PERMANENT_DATA (Part 2, 7.4), as far as no other room has it: counters, audit and delegation are rooms of their own.
 *
 * <p>Secrets are lent; what is set is taken over, and what it replaces is wiped.
 */
public final class PermanentData {
    private Secret tpmProof = zero();
    private Bytes ekReset = Bytes.zeros(TpmLimits.NONCE_SIZE);
    private Secret ownerAuth = zero();
    private Secret operatorAuth = zero();
    private Bytes authDir = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    private Pubkey manuMaintPub = Pubkey.NONE;
    private LoadedKey endorsementKey = LoadedKey.NONE;
    private LoadedKey srk = LoadedKey.NONE;
    private final SymmetricKeySlot contextKey = new SymmetricKeySlot();
    private final SymmetricKeySlot delegateKey = new SymmetricKeySlot();
    private final SymmetricKeySlot daaBlobKey = new SymmetricKeySlot();
    private int noOwnerNvWrite;
    private int restrictDelegate;
    private Secret tpmDaaSeed = zero();
    private Secret daaProof = zero();
    private boolean ownerInstalled;
    private boolean allowLoadMaintPub = true;

    private static Secret zero() {
        return Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]);
    }

    /** The secret that marks what this TPM has made; new with each owner. */
    public Secret tpmProof() {
        return tpmProof;
    }

    public void setTpmProof(Secret value) {
        tpmProof.close();
        tpmProof = value;
    }

    /** What authorizes TPM_RevokeTrust. */
    public Bytes ekReset() {
        return ekReset;
    }

    public void setEkReset(Bytes value) {
        ekReset = value;
    }

    /** The owner's auth value. */
    public Secret ownerAuth() {
        return ownerAuth;
    }

    public void setOwnerAuth(Secret value) {
        ownerAuth.close();
        ownerAuth = value;
    }

    /** The operator's auth value. */
    public Secret operatorAuth() {
        return operatorAuth;
    }

    public void setOperatorAuth(Secret value) {
        operatorAuth.close();
        operatorAuth = value;
    }

    /** The one data integrity register. */
    public Bytes authDir() {
        return authDir;
    }

    public void setAuthDir(Bytes value) {
        authDir = value;
    }

    /** The manufacturer's key for maintenance; libtpms keeps it and has no command that sets it. */
    public Pubkey manuMaintPub() {
        return manuMaintPub;
    }

    public void setManuMaintPub(Pubkey value) {
        manuMaintPub = value;
    }

    /** The endorsement key; {@link LoadedKey#NONE} until it is made. */
    public LoadedKey endorsementKey() {
        return endorsementKey;
    }

    public void setEndorsementKey(LoadedKey key) {
        endorsementKey.wipe();
        endorsementKey = key;
    }

    /** The storage root key; {@link LoadedKey#NONE} without an owner. */
    public LoadedKey srk() {
        return srk;
    }

    public void setSrk(LoadedKey key) {
        srk.wipe();
        srk = key;
    }

    /** What encrypts contexts. */
    public SymmetricKeySlot contextKey() {
        return contextKey;
    }

    /** What encrypts delegations. */
    public SymmetricKeySlot delegateKey() {
        return delegateKey;
    }

    /** What encrypts the blobs of DAA. */
    public SymmetricKeySlot daaBlobKey() {
        return daaBlobKey;
    }

    /** How often NV was written before there was an owner. */
    public int noOwnerNvWrite() {
        return noOwnerNvWrite;
    }

    public void setNoOwnerNvWrite(int count) {
        noOwnerNvWrite = count;
    }

    /** TPM_CMK_DELEGATE: which certified migratable keys can be delegated. */
    public int restrictDelegate() {
        return restrictDelegate;
    }

    public void setRestrictDelegate(int bits) {
        restrictDelegate = bits;
    }

    /** The seed of DAA; new with each endorsement key. */
    public Secret tpmDaaSeed() {
        return tpmDaaSeed;
    }

    /** The secret that marks the blobs of DAA. */
    public Secret daaProof() {
        return daaProof;
    }

    public void setDaaSecrets(Secret seed, Secret proof) {
        tpmDaaSeed.close();
        daaProof.close();
        tpmDaaSeed = seed;
        daaProof = proof;
    }

    /** Makes new secrets for DAA, as a new endorsement key needs them. */
    public void initializeDaa(RandomSource random) {
        setDaaSecrets(
                Secret.take(random.generate(TpmLimits.NONCE_SIZE)), Secret.take(random.generate(TpmLimits.NONCE_SIZE)));
        daaBlobKey.generate(random);
    }

    /** Whether there is an owner. */
    public boolean isOwnerInstalled() {
        return ownerInstalled;
    }

    public void setOwnerInstalled(boolean installed) {
        ownerInstalled = installed;
    }

    /** Whether the manufacturer's key can still be set. */
    public boolean isLoadMaintPubAllowed() {
        return allowLoadMaintPub;
    }

    public void setLoadMaintPubAllowed(boolean allowed) {
        allowLoadMaintPub = allowed;
    }

    /** What clearing the owner makes of it (Part 3, 6.1). */
    public void clearOwner() {
        setOwnerAuth(zero());
        ownerInstalled = false;
        setSrk(LoadedKey.NONE);
        delegateKey.clear();
        contextKey.clear();
        setTpmProof(zero());
        setOperatorAuth(zero());
        noOwnerNvWrite = 0;
        restrictDelegate = 0;
    }

    /** Wipes all secrets; the TPM has lost its power. */
    public void wipe() {
        tpmProof.close();
        ownerAuth.close();
        operatorAuth.close();
        endorsementKey.wipe();
        srk.wipe();
        contextKey.clear();
        delegateKey.clear();
        daaBlobKey.clear();
        tpmDaaSeed.close();
        daaProof.close();
    }
}
