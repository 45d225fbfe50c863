/**
 * The PCRs in all their banks (Part 1, 17).
 */
package org.jswtpm.engine.tpm2.pcr;
