package org.jswtpm.server.cli;

import static org.jswtpm.server.cli.SubOptions.Kind.FLAG;
import static org.jswtpm.server.cli.SubOptions.Kind.INT;
import static org.jswtpm.server.cli.SubOptions.Kind.MODE;
import static org.jswtpm.server.cli.SubOptions.Kind.OWNER;
import static org.jswtpm.server.cli.SubOptions.Kind.STRING;
import static org.jswtpm.server.cli.SubOptions.Kind.UNSIGNED;

import org.jswtpm.server.cli.SubOptions.Known;

/**
 * The sub-options that each option knows: swtpm's, and {@code must-exist} and {@code explain}. One array is made when its option is read, so
 * that a start without it makes none.
 */
final class KnownNames {
    private KnownNames() {}

    static Known[] log() {
        return new Known[] {
            new Known("file", STRING),
            new Known("fd", INT),
            new Known("level", UNSIGNED),
            new Known("prefix", STRING),
            new Known("truncate", FLAG),
            new Known("explain", FLAG)
        };
    }

    static Known[] key() {
        return new Known[] {
            new Known("file", STRING),
            new Known("mode", STRING),
            new Known("format", STRING),
            new Known("remove", FLAG),
            new Known("pwdfile", STRING),
            new Known("kdf", STRING),
            new Known("fd", INT),
            new Known("pwdfd", INT)
        };
    }

    static Known[] pid() {
        return new Known[] {new Known("file", STRING), new Known("fd", INT)};
    }

    static Known[] tpmstate() {
        return new Known[] {
            new Known("dir", STRING),
            new Known("mode", MODE),
            new Known("backend-uri", STRING),
            new Known("lock", FLAG),
            new Known("backup", FLAG),
            new Known("fsync", FLAG),
            new Known("must-exist", FLAG)
        };
    }

    static Known[] ctrl() {
        return new Known[] {
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
    }

    static Known[] server() {
        return new Known[] {
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
    }

    static Known[] locality() {
        return new Known[] {new Known("reject-locality-4", FLAG), new Known("allow-set-locality", FLAG)};
    }

    static Known[] flags() {
        return new Known[] {
            new Known("not-need-init", FLAG),
            new Known("startup-none", FLAG),
            new Known("startup-clear", FLAG),
            new Known("startup-state", FLAG),
            new Known("startup-deactivated", FLAG),
            new Known("disable-auto-shutdown", FLAG)
        };
    }

    static Known[] seccomp() {
        return new Known[] {new Known("action", STRING)};
    }

    static Known[] migration() {
        return new Known[] {new Known("incoming", FLAG), new Known("release-lock-outgoing", FLAG)};
    }

    static Known[] profile() {
        return new Known[] {
            new Known("name", STRING),
            new Known("profile", STRING),
            new Known("file", STRING),
            new Known("fd", INT),
            new Known("remove-disabled", STRING)
        };
    }

    static Known[] pcap() {
        return new Known[] {
            new Known("file", STRING),
            new Known("mode", MODE),
            new Known("fd", INT),
            new Known("truncate", FLAG),
            new Known("checksums", FLAG)
        };
    }
}
