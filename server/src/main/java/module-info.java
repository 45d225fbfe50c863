/** The process: command line, control channel, data channel, daemon things. */
module org.jswtpm.server {
    requires org.jswtpm.engine;
    requires org.jswtpm.options;
    requires org.jswtpm.store;
    requires org.newsclub.net.unix;
}
