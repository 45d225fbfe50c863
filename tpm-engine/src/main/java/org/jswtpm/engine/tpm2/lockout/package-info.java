/** The protection against dictionary attacks (Part 1, 19.8). */
package org.jswtpm.engine.tpm2.lockout;
