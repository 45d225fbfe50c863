package org.jswtpm.systemtest.eventlog;

import java.util.Map;

/**
 * One TCG_PCR_EVENT2 (10.2.2), or TCG_PCR_EVENT (10.2.1) of a TPM 1.2.
 *
 * @param pcr the PCR it extends
 * @param type its EV_ number
 * @param digests what it extends each bank with
 * @param data what the firmware tells about it
 */
record Event(int pcr, int type, Map<DigestAlgorithm, byte[]> digests, byte[] data) {
    /** EV_NO_ACTION: tells something and extends nothing. */
    static final int NO_ACTION = 3;
}
