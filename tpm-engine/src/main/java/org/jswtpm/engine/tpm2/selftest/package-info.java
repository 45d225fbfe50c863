/** Self-test and failure mode (Part 1, 12.3 and 12.4). */
package org.jswtpm.engine.tpm2.selftest;
