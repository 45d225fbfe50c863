/**
 * Object commands (Part 3, 12): creation, loading, credentials. Each class holds one command's parameters and its action; the
 * rules of objects are in the room {@code object}.
 */
package org.jswtpm.engine.tpm2.command.object;
