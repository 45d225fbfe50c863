/** Hashes and MACs, of one buffer (Part 3, 15) and of many (Part 3, 17). */
package org.jswtpm.engine.tpm2.command.hash;
