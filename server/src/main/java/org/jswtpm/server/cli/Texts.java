package org.jswtpm.server.cli;

import org.jswtpm.options.Release;

/** What the program says of itself: help and version. Only what works is in them. */
public final class Texts {
    private Texts() {}

    /** {@code swtpm --version}. */
    public static String version() {
        return Release.line("TPM emulator");
    }

    /** {@code swtpm --help}. */
    public static String help() {
        return """
            TPM emulator with choice of interface.

            Usage: swtpm socket|chardev [options]
                   swtpm -v|--version

            Use the --help option to see the help screen for each interface type.
            Use the --version options to see version information.
            """;
    }

    /** {@code swtpm socket --help} or {@code swtpm chardev --help}. */
    public static String help(InterfaceType type) {
        return "Usage: swtpm " + type.word() + " [options]\n\nThe following options are supported:\n\n"
                + (type == InterfaceType.SOCKET ? sockets() : devices())
                + common();
    }

    private static String sockets() {
        return """
            -p|--port <port> : take TPM commands on this TCP port of 127.0.0.1; the connection
                               is closed after each response
            -f|--fd <fd>     : take TPM commands from this open descriptor; implies -t
            -t|--terminate   : end once the data channel connection has been lost
            --server [type=tcp][,port=<port>[,bindaddr=address[,ifname=ifname]]][,disconnect]
            --server [type=tcp],fd=<filedescriptor>[,disconnect]
            --server type=unixio,path=<path>[,mode=0...][,uid=uid][,gid=gid][,disconnect]
            --server type=unixio,fd=<filedescriptor>[,disconnect]
                             : take TPM commands here; without it they come on the socket that a
                               control client sends with CMD_SET_DATAFD;
                               fd is with type=tcp an open socket that is connected, with
                               type=unixio one that listens;
                               disconnect closes the connection after each response;
                               the environment variable TPM_PORT stands for a missing port
            """;
    }

    private static String devices() {
        return """
            -c|--chardev <device>
                             : take TPM commands from this character device
            -f|--fd <fd>     : take TPM commands from this open descriptor
            --vtpm-proxy     : make a TPM device of this machine, /dev/tpm<n>, and take its
                               commands; implies --flags startup-clear and
                               --locality allow-set-locality; needs the kernel's module
                               tpm_vtpm_proxy, and root
            """;
    }

    private static String common() {
        return """
            -d|--daemon      : daemonize the TPM; returns when it is ready
            --ctrl type=unixio,path=<path>[,mode=0...][,uid=uid][,gid=gid][,terminate]
            --ctrl type=unixio,fd=<filedescriptor>|clientfd=<filedescriptor>[,terminate]
            --ctrl type=tcp,port=<port>[,bindaddr=address[,ifname=ifname]][,terminate]
            --ctrl type=tcp,fd=<filedescriptor>[,terminate]
                             : the control channel; a Unix socket has mode 0770 by default, a TCP
                               socket is bound to 127.0.0.1 by default;
                               fd is an open socket that listens, such as systemd's socket
                               activation passes on, clientfd one that is connected;
                               terminate ends the TPM when the last control client has gone
            --tpmstate dir=<dir>|backend-uri=dir://<dir>[,mode=0...][,lock=<bool>][,backup][,fsync]
                       [,must-exist]
            --tpmstate backend-uri=file://<file or block device>[,mode=0...][,lock][,must-exist]
            --tpmstate backend-uri=mem://
                             : where the TPM's state is: in a directory, in one file or block
                               device, or in memory, gone with the process; the environment
                               variable TPM_PATH stands for a missing option;
                               mode sets the mode bits of the state files, by default 0640;
                               lock=false shares the directory (dangerous), lock locks the file;
                               backup keeps the permanent state before the last one;
                               fsync brings each write to the disk before it is answered;
                               must-exist makes no new TPM where there is none
            --key file=<path>|fd=<fd>[,mode=aes-cbc|aes-128-cbc|aes-256-cbc][,format=hex|binary][,remove]
            --key pwdfile=<path>|pwdfd=<fd>[,mode=...][,kdf=pbkdf2|sha512][,remove]
                             : encrypt the state files with this AES key, or with one that is
                               derived from this passphrase, by default by PBKDF2; the key is in
                               hexadecimal digits by default, the mode aes-128-cbc;
                               remove takes the key's file away when it has been read
            --migration-key ...
                             : as --key; encrypts the state that leaves by the control channel
            --migration [incoming][,release-lock-outgoing]
                             : incoming: the TPM comes by a migration, its state is locked when it
                               is here; release-lock-outgoing: is accepted, the lock is always
                               given up once the state has been fetched
            --tpm2           : a TPM 2.0; without it a TPM 1.2
            --log file=<path>|fd=<filedescriptor>[,level=n][,prefix=<prefix>][,truncate][,explain]
                             : write messages there rather than to stderr; '-' as path: nowhere;
                               from level 2 on the commands and responses are logged, with
                               zeros in the place of secrets;
                               explain names them from level 2 on, and tells from level 8 on
                               how long each answer took
            --locality [reject-locality-4][,allow-set-locality]
                             : reject-locality-4: refuse locality 4
                               allow-set-locality: accept the SetLocality command
            --flags [not-need-init][,startup-clear|startup-state|startup-deactivated|startup-none]
                    [,disable-auto-shutdown]
                             : not-need-init: commands are answered without a CMD_INIT;
                               startup-...: send TPM2_Startup or TPM_Startup of this type, deactivated
                               for a TPM 1.2 only;
                               disable-auto-shutdown: do not send the TPM2_Shutdown that a
                               guest forgot before a reset or the end
            --pid file=<path>|fd=<filedescriptor>
                             : write the process ID there
            -r|--runas <user>: change to this user, a name or a number, before files are opened
            -R|--chroot <path>
                             : change the root directory, first of all
            --seccomp action=none|log|kill
                             : what the kernel does when the process makes a system call that a
                               TPM has no use for: nothing (the default), log it, or end it
            --profile name=<name>|profile=<json-profile>|file=<filename>|fd=<fd>
                      [,remove-disabled=check|fips-host]
                             : the profile of a new TPM 2.0: what it can do, and in which form
                               its state is written; --print-profiles names those there are;
                               fips-host takes what FIPS mode forbids out of a custom profile
            --pcap file=<path>|fd=<filedescriptor>[,truncate][,mode=0...][,checksums]
                             : record commands and responses, secrets included, in a pcapng file
                               that Wireshark reads; truncate empties it first;
                               mode sets its mode bits, by default 0640;
                               checksums computes IP and TCP checksums
            --print-capabilities
                             : print capabilities and terminate
            --print-states   : print which TPM states exist at --tpmstate and terminate
            --print-profiles : print the profiles of a TPM 2.0 and terminate
            --print-info <info flags>
                             : print information about the TPM and terminate; the flags, to be
                               added: 1 specification, 2 attributes, 4 features, 8 algorithms,
                               0x10 commands, 0x20 active profile, 0x40 available profiles,
                               0x80 profile attributes
            -h|--help        : display this help screen and terminate

            """;
    }
}
