package org.jswtpm.tools.cert;

/** A certificate that cannot be made, with the message for the user. */
final class CertException extends Exception {
    private static final long serialVersionUID = 1L;

    CertException(String message) {
        super(message, null, false, false);
    }
}
