package org.jswtpm.engine.wire;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.Arrays;

/** A buffer for octets that may be secret: when it grows, it leaves no copy of them behind. */
final class WipedBuffer extends UnpooledHeapByteBuf {
    WipedBuffer(int initialCapacity) {
        super(UnpooledByteBufAllocator.DEFAULT, initialCapacity, Integer.MAX_VALUE);
    }

    @Override
    protected void freeArray(byte[] array) {
        Arrays.fill(array, (byte) 0);
    }
}
