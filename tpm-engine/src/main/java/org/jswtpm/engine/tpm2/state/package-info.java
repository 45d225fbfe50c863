/**
 * The permanent state as octets, in libtpms' layout: {@code docs/state/tpm2-permall.md} in code. Records hold what a state
 * says, codecs read and write them, and {@link org.jswtpm.engine.tpm2.state.StateKeeper} carries them to the rooms and back.
 */
package org.jswtpm.engine.tpm2.state;
