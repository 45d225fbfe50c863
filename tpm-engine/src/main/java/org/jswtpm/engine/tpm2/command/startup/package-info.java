/** Start-up (Part 3, 9). */
package org.jswtpm.engine.tpm2.command.startup;
