/** The process: command line, control channel, data channel, daemon things, and swtpm's companion tools. */
module org.jswtpm.server {
    requires org.jswtpm.engine;
    requires org.jswtpm.store;
    requires org.newsclub.net.unix;
}
