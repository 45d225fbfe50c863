/** Physical presence (Part 1, 13.5): which commands need it. */
package org.jswtpm.engine.tpm2.presence;
