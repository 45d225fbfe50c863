package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPMS_SENSITIVE_CREATE, what the caller brings to a new object (Part 2, 11.1.15). Its owner closes it.
 *
 * @param userAuth the auth value, at most 64 octets
 * @param data a key or data to seal, or the label and context of a derivation; at most 128 octets
 */
public record TpmsSensitiveCreate(Secret userAuth, Secret data) implements AutoCloseable {
    /** TPM2B_SENSITIVE_CREATE; else TPM_RC_SIZE, also if it is empty or its size is not that of the structure. */
    public static TpmsSensitiveCreate unmarshalSized(WireReader in) {
        int size = in.uint16();
        TpmRc.check(size != 0, TpmRc.SIZE);
        int start = in.position();
        Secret userAuth = in.secret2(TpmLimits.MAX_DIGEST_SIZE);
        TpmsSensitiveCreate create = new TpmsSensitiveCreate(userAuth, in.secret2(TpmLimits.MAX_SYM_DATA));
        TpmRc.check(in.position() - start == size, TpmRc.SIZE);
        return create;
    }

    @Override
    public void close() {
        userAuth.close();
        data.close();
    }
}
