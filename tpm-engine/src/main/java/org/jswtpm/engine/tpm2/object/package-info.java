/**
 * Objects: the slots they are loaded into, their Names, their wrapping, their creation (Part 1, 27).
 */
package org.jswtpm.engine.tpm2.object;
