/** Random numbers (Part 3, 16). */
package org.jswtpm.engine.tpm2.command.random;
