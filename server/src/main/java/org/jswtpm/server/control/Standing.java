package org.jswtpm.server.control;

/** What a client has done, from what counts least when another one needs its place. */
enum Standing {
    /** No request yet, or one that stops in its middle. */
    NOTHING,
    /** A request, of whatever kind. */
    ASKED,
    /** It has switched the TPM on. */
    STARTED,
    /** The data connection came from it: QEMU. */
    CONNECTED
}
