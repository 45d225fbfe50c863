package org.jswtpm.engine.tpm12.daa;

/** The random numbers that hide the secrets of a session (Part 3, 26; the sizes: Part 2, 22.1). */
enum DaaRandom {
    R0(43),
    R1(43),
    R2(128),
    R3(168),
    R4(219);

    private final int size;

    DaaRandom(int size) {
        this.size = size;
    }

    /** How many octets. */
    int size() {
        return size;
    }

    /** "r0" to "r4". */
    byte[] label() {
        return new byte[] {'r', (byte) ('0' + ordinal())};
    }
}
