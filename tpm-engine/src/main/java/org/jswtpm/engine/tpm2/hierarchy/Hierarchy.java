package org.jswtpm.engine.tpm2.hierarchy;

import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * One hierarchy (Part 1, 14), or the lockout, which has an auth value and a policy only.
 *
 * <p>The setters take the secrets that they are given, and say nothing of NV: that is for {@link Hierarchies}.
 */
public final class Hierarchy {
    private final Handle handle;

    private Secret seed = Secret.empty();
    private SeedCompatLevel seedCompatLevel = SeedCompatLevel.LATEST;
    private Secret proof = Secret.empty();
    private boolean enabled = true;
    private Secret auth = Secret.empty();
    private HashAlg policyAlg = HashAlg.NULL;
    private Bytes policy = Bytes.EMPTY;

    Hierarchy(Handle handle) {
        this.handle = handle;
    }

    /** The handle: TPM_RH_OWNER, _ENDORSEMENT, _PLATFORM, _NULL or _LOCKOUT. */
    public Handle handle() {
        return handle;
    }

    /** The primary seed, lent. */
    public Secret seed() {
        return seed;
    }

    /** The rules by which keys are made from the seed. */
    public SeedCompatLevel seedCompatLevel() {
        return seedCompatLevel;
    }

    public void setSeed(Secret newSeed, SeedCompatLevel level) {
        seed.close();
        seed = newSeed;
        seedCompatLevel = level;
    }

    /** A new seed from the TPM's generator. */
    void renewSeed(Drbg random) {
        setSeed(Secret.take(random.generate(TpmLimits.PRIMARY_SEED_SIZE)), SeedCompatLevel.LATEST);
    }

    /** The proof, which seals the tickets and contexts of the hierarchy; lent. */
    public Secret proof() {
        return proof;
    }

    public void setProof(Secret newProof) {
        proof.close();
        proof = newProof;
    }

    /** A new proof from the TPM's generator. */
    void renewProof(Drbg random) {
        setProof(Secret.take(random.generate(TpmLimits.PROOF_SIZE)));
    }

    /** phEnable, shEnable or ehEnable. */
    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** The auth value without trailing zeros, lent. */
    public Secret auth() {
        return auth;
    }

    public void setAuth(Secret newAuth) {
        auth.close();
        auth = newAuth;
    }

    /** The hash algorithm of the policy; TPM_ALG_NULL without one. */
    public HashAlg policyAlg() {
        return policyAlg;
    }

    /** The policy; empty without one. */
    public Bytes policy() {
        return policy;
    }

    public void setPolicy(HashAlg alg, Bytes digest) {
        policyAlg = alg;
        policy = digest;
    }

    /** Takes auth value and policy away. */
    void clearAuthorization() {
        setAuth(Secret.empty());
        setPolicy(HashAlg.NULL, Bytes.EMPTY);
    }

    /** Wipes the secrets. */
    void wipe() {
        seed.close();
        proof.close();
        auth.close();
    }
}
