/**
 * NV Indices and persistent objects (Part 1, 37), and the account of what a command changed in NV.
 */
package org.jswtpm.engine.tpm2.nv;
