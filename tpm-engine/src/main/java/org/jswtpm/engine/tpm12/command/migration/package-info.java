/** Migration (Part 3, 11). */
package org.jswtpm.engine.tpm12.command.migration;
