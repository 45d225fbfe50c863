/**
 * The structures of Part 2 as records that read and write themselves, and its constants as enums with their wire value.
 * It uses {@code wire} only.
 */
package org.jswtpm.engine.tpm2.structure;
