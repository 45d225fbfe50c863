package org.jswtpm.engine.tpm2.session;

/**
 * What a session remembers of the commands that it may authorize. A session has one of these at most: libtpms keeps their
 * values in one place.
 */
public enum Restriction {
    NONE,
    /** An HMAC session is bound to an entity (Part 1, 19.6.12). */
    BOUND_ENTITY,
    /** TPM2_PolicyCpHash. */
    CP_HASH,
    /** TPM2_PolicyNameHash and TPM2_PolicyDuplicationSelect. */
    NAME_HASH,
    /** TPM2_PolicyTemplate. */
    TEMPLATE_HASH,
    /** TPM2_PolicyParameters. */
    PARAMETERS_HASH
}
