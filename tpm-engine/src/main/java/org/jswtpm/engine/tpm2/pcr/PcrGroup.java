package org.jswtpm.engine.tpm2.pcr;

import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * The policy and the auth value of the one group of PCRs that libtpms has room for (Part 1, 17.8). Since libtpms 0.10 no
 * PCR belongs to it, so nothing reads these values; a state of an older release that carries them keeps them.
 */
public final class PcrGroup {
    private HashAlg policyAlg = HashAlg.NULL;
    private Bytes policy = Bytes.EMPTY;
    private Secret auth = Secret.empty();

    /** The algorithm of the policy, or TPM_ALG_NULL. */
    public HashAlg policyAlg() {
        return policyAlg;
    }

    /** The policy; lives in NV. */
    public Bytes policy() {
        return policy;
    }

    public void setPolicy(HashAlg hash, Bytes digest) {
        policyAlg = hash;
        policy = digest;
    }

    /** The auth value; lives until the next TPM Reset or TPM Restart. */
    public Secret auth() {
        return auth;
    }

    /** Takes {@code value} over. */
    public void setAuth(Secret value) {
        auth.close();
        auth = value;
    }

    /** TPM2_Startup(CLEAR) and TPM2_Clear: no auth value any more. */
    public void clearAuth() {
        setAuth(Secret.empty());
    }

    void clear() {
        setPolicy(HashAlg.NULL, Bytes.EMPTY);
        clearAuth();
    }
}
