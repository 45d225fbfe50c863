/** Miscellaneous management functions (Part 3, 26). */
package org.jswtpm.engine.tpm2.command.management;
