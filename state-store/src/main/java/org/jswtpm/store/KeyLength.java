package org.jswtpm.store;

/** The length of a key: what swtpm's {@code mode=aes-cbc}, {@code aes-128-cbc} (both 128) or {@code aes-256-cbc} asks for. */
public enum KeyLength {
    /** 16 octets. */
    BITS_128(16),
    /** 32 octets. */
    BITS_256(32);

    private final int octets;

    KeyLength(int octets) {
        this.octets = octets;
    }

    /** Octets of such a key. */
    public int octets() {
        return octets;
    }
}
