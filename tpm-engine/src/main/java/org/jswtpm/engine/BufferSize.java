package org.jswtpm.engine;

/**
 * The size of the command buffer, in octets.
 *
 * @param actual the size in use
 * @param min the smallest size that can be set
 * @param max the largest size that can be set
 */
public record BufferSize(int actual, int min, int max) {}
