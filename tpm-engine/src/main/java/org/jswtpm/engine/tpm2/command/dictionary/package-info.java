/** Dictionary attack functions (Part 3, 25). */
package org.jswtpm.engine.tpm2.command.dictionary;
