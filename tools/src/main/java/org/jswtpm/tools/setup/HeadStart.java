package org.jswtpm.tools.setup;

import java.math.BigInteger;

/**
 * Has the VM compile the arithmetic of RSA on another processor while the TPM is started. Else the search for the primes of
 * the first key begins in the interpreter.
 */
final class HeadStart extends Thread {
    private static final int BITS = 1024;

    private HeadStart() {
        super("head start");
        setDaemon(true);
    }

    /** Begins, where another thread can be had. */
    static void begin() {
        try {
            new HeadStart().start();
        } catch (OutOfMemoryError e) {
            // the limit of processes: the key takes longer then
        }
    }

    @Override
    public void run() {
        BigInteger modulus = BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE);
        BigInteger unused = BigInteger.TWO.shiftLeft(BITS / 2).modPow(modulus, modulus);
    }
}
