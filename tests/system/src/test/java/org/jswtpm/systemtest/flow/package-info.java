/**
 * What clients that nobody here wrote see of a TPM: shell scripts among the resources of this package, each of which runs against a
 * TPM of its own.
 */
package org.jswtpm.systemtest.flow;
