/** Duplication (Part 3, 13): objects on their way from one parent to another. */
package org.jswtpm.engine.tpm2.command.duplication;
