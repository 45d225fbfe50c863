/** The programs that come with swtpm. Nothing of them is part of the daemon. */
module org.jswtpm.tools {
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.jswtpm.engine;
    requires org.jswtpm.options;
    requires org.jswtpm.store;
}
