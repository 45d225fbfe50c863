package org.jswtpm.store;

/** How a passphrase becomes a key: swtpm's {@code kdf=}. */
public enum PassphraseKdf {
    /** PBKDF2-HMAC-SHA-512 with 1000 rounds; swtpm's default. */
    PBKDF2,
    /** The beginning of SHA-512. */
    SHA512
}
