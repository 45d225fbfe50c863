/**
 * The structures of Part 2 as records that read and write themselves, and its constants as enums with their wire value.
 * It uses {@code wire}, and of
 * {@code crypto} the names of algorithms only.
 */
package org.jswtpm.engine.tpm2.structure;
