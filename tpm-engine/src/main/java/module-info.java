/** The TPM itself: bytes in, bytes out. It has no socket, file, thread, wall clock or random source of its own. */
module org.jswtpm.engine {
    requires org.bouncycastle.provider;

    exports org.jswtpm.engine;
}
