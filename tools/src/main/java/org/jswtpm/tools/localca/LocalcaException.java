package org.jswtpm.tools.localca;

/** What keeps the CA from issuing a certificate, with the message for the user. */
final class LocalcaException extends Exception {
    private static final long serialVersionUID = 1L;

    LocalcaException(String message) {
        super(message, null, false, false);
    }
}
