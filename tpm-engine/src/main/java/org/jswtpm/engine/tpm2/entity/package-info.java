/**
 * What a handle refers to, as authorization sees it (Part 1, 19): its Name, its auth value, its policy, and which of them may
 * be used. It knows the rooms, and joins what is spread over them.
 */
package org.jswtpm.engine.tpm2.entity;
