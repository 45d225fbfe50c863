package org.jswtpm.server.cli;

/** What the program says of itself: help, version, capabilities. Only what works is in them. */
public final class Texts {
    /** The release of swtpm whose behaviour this program follows; tools compare it, so it has swtpm's shape. */
    private static final String VERSION = "0.11.0";

    private Texts() {}

    /** {@code swtpm --version}. */
    public static String version() {
        return "TPM emulator version " + VERSION + ", jswtpm";
    }

    /** {@code swtpm --help}. */
    public static String help() {
        return """
            TPM emulator with choice of interface.

            Usage: swtpm socket [options]
                   swtpm -v|--version

            Use the --help option to see the help screen for each interface type.
            Use the --version options to see version information.
            """;
    }

    /**
     * {@code swtpm socket --print-capabilities}: one line of JSON in swtpm's form. Who reads a feature string here uses
     * the feature, so each is added together with what it promises.
     */
    public static String capabilities() {
        String[] features = {
            "tpm-2.0",
            "tpm-send-command-header",
            "flags-opt-startup",
            "flags-opt-disable-auto-shutdown",
            "ctrl-opt-terminate",
            "nvram-backend-dir",
            "tpmstate-opt-lock",
            "tpmstate-dir-backend-opt-backup",
            "tpmstate-dir-backend-opt-fsync",
            "systemd-notify"
        };
        StringBuilder json = new StringBuilder("{ \"type\": \"swtpm\", \"features\": [ ");
        for (int i = 0; i < features.length; i++) {
            json.append(i == 0 ? "\"" : ", \"").append(features[i]).append('"');
        }
        return json.append(" ], \"profiles\": { }, \"version\": \"")
                .append(VERSION)
                .append("\" }")
                .toString();
    }

    /** {@code swtpm socket --help}. */
    public static String socketHelp() {
        return """
            Usage: swtpm socket [options]

            The following options are supported:

            -p|--port <port> : take TPM commands on this TCP port of 127.0.0.1; the connection
                               is closed after each response
            -t|--terminate   : end once the data channel connection has been lost
            -d|--daemon      : daemonize the TPM; returns when it is ready
            --ctrl type=unixio,path=<path>[,mode=0...][,uid=uid][,gid=gid][,terminate]
            --ctrl type=tcp,port=<port>[,bindaddr=address[,ifname=ifname]][,terminate]
                             : the control channel; a Unix socket has mode 0770 by default, a TCP
                               socket is bound to 127.0.0.1 by default;
                               terminate ends the TPM when the last control client has gone
            --server [type=tcp][,port=<port>[,bindaddr=address[,ifname=ifname]]][,disconnect]
            --server type=unixio,path=<path>[,mode=0...][,uid=uid][,gid=gid][,disconnect]
                             : take TPM commands here; without it they come on the socket that a
                               control client sends with CMD_SET_DATAFD;
                               disconnect closes the connection after each response;
                               the environment variable TPM_PORT stands for a missing port
            --tpmstate dir=<dir>|backend-uri=dir://<dir>[,mode=0...][,lock=<bool>][,backup][,fsync]
                             : the directory of the TPM's state; the environment variable TPM_PATH
                               stands for a missing option;
                               mode sets the mode bits of the state files, by default 0640;
                               lock=false shares the directory (dangerous);
                               backup keeps the permanent state before the last one;
                               fsync brings each write to the disk before it is answered
            --tpm2           : a TPM 2.0; has to be given, a TPM 1.2 is not supported yet
            --log file=<path>|fd=<filedescriptor>[,level=n][,prefix=<prefix>][,truncate]
                             : write messages there rather than to stderr; '-' as path: nowhere;
                               from level 2 on the commands and responses are logged,
                               those that carry secrets by name and size only
            --locality [reject-locality-4][,allow-set-locality]
                             : reject-locality-4: refuse locality 4
                               allow-set-locality: accept the SetLocality command
            --flags [not-need-init][,startup-clear|startup-state|startup-none][,disable-auto-shutdown]
                             : not-need-init: commands are answered without a CMD_INIT;
                               startup-...: send TPM2_Startup of this type;
                               disable-auto-shutdown: do not send the TPM2_Shutdown that a
                               guest forgot before a reset or the end
            --pid file=<path>|fd=<filedescriptor>
                             : write the process ID there
            --seccomp action=none
                             : no seccomp profile is installed; other actions are not supported yet
            --print-capabilities
                             : print capabilities and terminate
            -h|--help        : display this help screen and terminate

            """;
    }
}
