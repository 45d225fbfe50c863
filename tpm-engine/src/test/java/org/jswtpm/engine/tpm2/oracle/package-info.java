/**
 * What must hold of a TPM 2.0 on any state that it has accepted: everything in it can be used, and nothing leads to failure mode.
 */
package org.jswtpm.engine.tpm2.oracle;
