package org.jswtpm.distribution;

/** A program that does nothing: what the VM itself costs. */
final class EmptyMain {
    private EmptyMain() {}

    public static void main(String[] args) {
        // nothing is what is measured
    }
}
