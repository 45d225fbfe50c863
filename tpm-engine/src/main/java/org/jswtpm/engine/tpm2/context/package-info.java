/**
 * How saved contexts are sealed, and what a session's context holds (Part 1, 30; Part 2, 14). It uses {@code crypto} and the
 * structures.
 */
package org.jswtpm.engine.tpm2.context;
