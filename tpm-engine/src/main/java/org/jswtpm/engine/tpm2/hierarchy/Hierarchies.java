package org.jswtpm.engine.tpm2.hierarchy;

import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * The hierarchies (Part 1, 14): their seeds, proofs, auth values, policies and enables.
 *
 * <p>Where they live: seeds, proofs, auth values and policies of owner, endorsement and lockout and the platform's seed
 * and proof in NV; the platform's auth value and policy and the enables from TPM Reset or Restart to the next; phEnable
 * from one start-up to the next; the null hierarchy from one TPM Reset to the next.
 */
public final class Hierarchies {
    private final NvChanges changes;
    private final Hierarchy owner = new Hierarchy(Handle.OWNER);
    private final Hierarchy endorsement = new Hierarchy(Handle.ENDORSEMENT);
    private final Hierarchy platform = new Hierarchy(Handle.PLATFORM);
    private final Hierarchy nullHierarchy = new Hierarchy(Handle.NULL);
    private final Hierarchy lockout = new Hierarchy(Handle.LOCKOUT);

    private boolean platformNvEnabled = true;
    private boolean clearDisabled;

    public Hierarchies(NvChanges changes) {
        this.changes = changes;
    }

    /** The hierarchy of {@code handle}; the null hierarchy for whatever is none, as in libtpms. */
    public Hierarchy of(Handle handle) {
        return switch (handle.value()) {
            case 0x4000_0001 -> owner;
            case 0x4000_000A -> lockout;
            case 0x4000_000B -> endorsement;
            case 0x4000_000C -> platform;
            default -> nullHierarchy;
        };
    }

    /** Makes the seeds and proofs of a new TPM. */
    public void manufacture(Drbg random) {
        clearDisabled = false;
        endorsement.renewSeed(random);
        owner.renewSeed(random);
        platform.renewSeed(random);
        owner.clearAuthorization();
        endorsement.clearAuthorization();
        lockout.clearAuthorization();
        platform.renewProof(random);
        owner.renewProof(random);
        endorsement.renewProof(random);
        changes.nvChanged();
    }

    /** TPM Reset: as TPM Restart, and the null hierarchy is made anew. */
    public void onReset(Drbg random) {
        onRestart();
        nullHierarchy.renewProof(random);
        nullHierarchy.renewSeed(random);
    }

    /** TPM Restart: the platform's authorization is taken away and all is enabled. */
    public void onRestart() {
        onResume();
        platform.clearAuthorization();
        owner.setEnabled(true);
        endorsement.setEnabled(true);
        platformNvEnabled = true;
    }

    /** TPM Resume: the platform hierarchy is enabled. */
    public void onResume() {
        platform.setEnabled(true);
    }

    /** Whether the hierarchy of {@code handle} is enabled; the null hierarchy always is. */
    public boolean isEnabled(Handle handle) {
        return of(handle).isEnabled();
    }

    /** Sets phEnable, shEnable or ehEnable; the state saved by an orderly shutdown counts no more. */
    public void setEnabled(Handle handle, boolean enabled) {
        of(handle).setEnabled(enabled);
        changes.clearOrderly();
    }

    /** phEnableNV: whether NV Indices of the platform can be used. */
    public boolean isPlatformNvEnabled() {
        return platformNvEnabled;
    }

    /** Sets phEnableNV; the state saved by an orderly shutdown counts no more. */
    public void setPlatformNvEnabled(boolean enabled) {
        platformNvEnabled = enabled;
        changes.clearOrderly();
    }

    /** disableClear: whether TPM2_Clear is disabled. */
    public boolean isClearDisabled() {
        return clearDisabled;
    }

    /** Sets disableClear, to be committed. */
    public void setClearDisabled(boolean disabled) {
        clearDisabled = disabled;
        changes.nvChanged();
    }

    /** The auth value of a hierarchy or of the lockout, without trailing zeros; lent. */
    public Secret auth(Handle handle) {
        return of(handle).auth();
    }

    /** Sets the auth value of a hierarchy or of the lockout and takes {@code auth}. */
    public void setAuth(Handle handle, Secret auth) {
        of(handle).setAuth(auth);
        noteAuthorizationChange(handle);
    }

    /** The policy of a hierarchy or of the lockout; empty without one. */
    public Bytes policy(Handle handle) {
        return of(handle).policy();
    }

    /** The hash algorithm of the policy; TPM_ALG_NULL without one. */
    public HashAlg policyAlg(Handle handle) {
        return of(handle).policyAlg();
    }

    /** Sets the policy of a hierarchy or of the lockout. */
    public void setPolicy(Handle handle, HashAlg alg, Bytes policy) {
        of(handle).setPolicy(alg, policy);
        noteAuthorizationChange(handle);
    }

    /** The proof of a hierarchy, lent. */
    public Secret proof(Handle handle) {
        return of(handle).proof();
    }

    /** The primary seed of a hierarchy, lent. */
    public Secret primarySeed(Handle handle) {
        return of(handle).seed();
    }

    /** The rules by which keys are made from the hierarchy's seed. */
    public SeedCompatLevel seedCompatLevel(Handle handle) {
        return of(handle).seedCompatLevel();
    }

    /** What TPM2_Clear does here: a new owner, and nothing of the old one left. */
    public void clear(Drbg random) {
        owner.renewSeed(random);
        owner.renewProof(random);
        endorsement.renewProof(random);
        owner.setEnabled(true);
        endorsement.setEnabled(true);
        owner.clearAuthorization();
        endorsement.clearAuthorization();
        lockout.clearAuthorization();
        changes.nvChanged();
        changes.clearOrderly();
    }

    /** What TPM2_ChangeEPS does here. */
    public void changeEndorsementSeed(Drbg random) {
        endorsement.renewSeed(random);
        endorsement.renewProof(random);
        endorsement.setEnabled(true);
        endorsement.clearAuthorization();
        changes.nvChanged();
        changes.clearOrderly();
    }

    /** What TPM2_ChangePPS does here. */
    public void changePlatformSeed(Drbg random) {
        platform.renewSeed(random);
        platform.renewProof(random);
        platform.setPolicy(HashAlg.NULL, Bytes.EMPTY);
        changes.nvChanged();
        changes.clearOrderly();
    }

    /** Wipes all secrets; the room is of no use any more. */
    public void wipe() {
        owner.wipe();
        endorsement.wipe();
        platform.wipe();
        nullHierarchy.wipe();
        lockout.wipe();
    }

    private void noteAuthorizationChange(Handle handle) {
        if (handle.equals(Handle.PLATFORM)) {
            changes.clearOrderly();
        } else {
            changes.nvChanged();
        }
    }
}
