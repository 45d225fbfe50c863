package org.jswtpm.engine.crypto;

/** A block cipher with its key, in one direction. */
interface BlockFunction {
    /** Transforms one block; source and target may be the same. */
    void apply(byte[] source, int sourceOffset, byte[] target, int targetOffset);
}
