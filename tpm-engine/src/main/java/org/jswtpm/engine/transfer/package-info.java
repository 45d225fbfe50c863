/**
 * States on their way into a TPM that is off, of either version: kept until it is switched on, and wiped then. What is in
 * them is the matter of the two packages called state.
 */
package org.jswtpm.engine.transfer;
