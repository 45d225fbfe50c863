package org.jswtpm.tools.setup;

import java.math.BigInteger;

/**
 * Has the VM compile the arithmetic of RSA on another processor while the TPM is started. Else the search for the primes of
 * the first key begins in the interpreter.
 */
final class HeadStart extends Thread {
    private static final int BITS = 1024;

    HeadStart() {
        super("head start");
        setDaemon(true);
    }

    @Override
    public void run() {
        BigInteger modulus = BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE);
        BigInteger unused = BigInteger.TWO.shiftLeft(BITS / 2).modPow(modulus, modulus);
    }
}
