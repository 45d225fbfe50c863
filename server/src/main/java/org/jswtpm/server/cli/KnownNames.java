package org.jswtpm.server.cli;

import static org.jswtpm.server.cli.SubOptions.Kind.FLAG;
import static org.jswtpm.server.cli.SubOptions.Kind.INT;
import static org.jswtpm.server.cli.SubOptions.Kind.MODE;
import static org.jswtpm.server.cli.SubOptions.Kind.OWNER;
import static org.jswtpm.server.cli.SubOptions.Kind.STRING;
import static org.jswtpm.server.cli.SubOptions.Kind.UNSIGNED;

import org.jswtpm.server.cli.SubOptions.Known;

/** The sub-options that each option of swtpm knows; what is known but does not work yet is refused where it is read. */
final class KnownNames {
    static final Known[] LOG = {
        new Known("file", STRING),
        new Known("fd", INT),
        new Known("level", UNSIGNED),
        new Known("prefix", STRING),
        new Known("truncate", FLAG)
    };
    static final Known[] PID = {new Known("file", STRING), new Known("fd", INT)};
    static final Known[] TPMSTATE = {
        new Known("dir", STRING),
        new Known("mode", MODE),
        new Known("backend-uri", STRING),
        new Known("lock", FLAG),
        new Known("backup", FLAG),
        new Known("fsync", FLAG)
    };
    static final Known[] CTRL = {
        new Known("type", STRING),
        new Known("path", STRING),
        new Known("port", INT),
        new Known("bindaddr", STRING),
        new Known("ifname", STRING),
        new Known("fd", INT),
        new Known("clientfd", INT),
        new Known("mode", MODE),
        new Known("uid", OWNER),
        new Known("gid", OWNER),
        new Known("terminate", FLAG)
    };
    static final Known[] SERVER = {
        new Known("type", STRING),
        new Known("path", STRING),
        new Known("port", INT),
        new Known("bindaddr", STRING),
        new Known("ifname", STRING),
        new Known("fd", INT),
        new Known("disconnect", FLAG),
        new Known("mode", MODE),
        new Known("uid", OWNER),
        new Known("gid", OWNER)
    };
    static final Known[] LOCALITY = {new Known("reject-locality-4", FLAG), new Known("allow-set-locality", FLAG)};
    static final Known[] FLAGS = {
        new Known("not-need-init", FLAG),
        new Known("startup-none", FLAG),
        new Known("startup-clear", FLAG),
        new Known("startup-state", FLAG),
        new Known("startup-deactivated", FLAG),
        new Known("disable-auto-shutdown", FLAG)
    };
    static final Known[] SECCOMP = {new Known("action", STRING)};

    private KnownNames() {}
}
