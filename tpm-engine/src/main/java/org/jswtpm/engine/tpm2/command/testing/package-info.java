/** Testing (Part 3, 10). */
package org.jswtpm.engine.tpm2.command.testing;
