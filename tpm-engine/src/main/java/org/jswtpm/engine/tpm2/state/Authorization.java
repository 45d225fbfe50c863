package org.jswtpm.engine.tpm2.state;

import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * How a hierarchy is authorized.
 *
 * @param policyAlg the hash of the policy, or TPM_ALG_NULL
 * @param policy the policy, or empty
 * @param auth the auth value; lent
 */
record Authorization(HashAlg policyAlg, Bytes policy, Secret auth) {}
