/**
 * Non-volatile storage (Part 2, 19): the areas and the rules of their use.
 */
package org.jswtpm.engine.tpm12.nv;
