/**
 * Enhanced authorization: the commands that build a policy (Part 3, 23), and what several of them share: {@code PolicyGrant},
 * {@code Comparison}.
 */
package org.jswtpm.engine.tpm2.command.policy;
