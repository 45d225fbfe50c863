/**
 * The face of the engine: {@link org.jswtpm.engine.Tpm}, and {@link org.jswtpm.engine.Host}, what it asks of the outside.
 *
 * <p>A {@code Tpm} runs inside any JVM, without a process, a socket or a file.
 */
package org.jswtpm.engine;
