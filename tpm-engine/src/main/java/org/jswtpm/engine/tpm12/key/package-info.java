/**
 * The keys that are loaded (Part 1, 31): slots and what it takes to use the key in one.
 */
package org.jswtpm.engine.tpm12.key;
