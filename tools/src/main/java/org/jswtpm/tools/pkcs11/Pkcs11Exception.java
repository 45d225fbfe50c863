package org.jswtpm.tools.pkcs11;

/** A key that cannot be had or used, with the message for the user. */
public final class Pkcs11Exception extends Exception {
    private static final long serialVersionUID = 1L;

    Pkcs11Exception(String message) {
        super(message, null, false, false);
    }
}
