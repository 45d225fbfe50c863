/**
 * Authorization sessions (Part 1, 19): the slots they are loaded into and the counter of their saved contexts.
 */
package org.jswtpm.engine.tpm2.session;
