package org.jswtpm.engine.tpm2.entity;

import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;

/** What a handle of a command refers to, as authorization sees it (Part 1, 19). */
public interface Entity {
    /** The handle; that of the slot, for a persistent object. */
    Handle handle();

    /** The Name (Part 1, 16); empty for an object without nameAlg. */
    Bytes name();

    /** A copy of the auth value without trailing zeros, which the caller wipes. */
    byte[] auth();

    /** The hash algorithm of the policy; TPM_ALG_NULL if there is none. */
    HashAlg policyAlg();

    /** The policy; empty if there is none. */
    Bytes policy();

    /** Whether failures to give the auth value count for the dictionary attack logic. */
    boolean isDaProtected();

    /** Whether nothing but a policy authorizes this use. */
    boolean isPolicyRequired(AuthUse use);

    /** Whether the auth value may be used. */
    boolean isAuthAvailable(AuthUse use);

    /** Whether the policy may be used. */
    boolean isPolicyAvailable(AuthUse use);

    /** Notes that the auth value was given, right or wrong; PIN indices count it. */
    default void authUsed(boolean right) {
        // nothing but a PIN index counts
    }
}
