/** Command lines as swtpm's programs read theirs. */
module org.jswtpm.options {
    exports org.jswtpm.options;
}
