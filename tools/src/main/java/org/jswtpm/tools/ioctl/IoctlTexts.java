package org.jswtpm.tools.ioctl;

import org.jswtpm.options.Release;

/** What swtpm_ioctl says of itself. */
final class IoctlTexts {
    private IoctlTexts() {}

    static String version() {
        return Release.line("TPM emulator control tool") + "\n";
    }

    static String help() {
        return version() + """

            Usage: swtpm_ioctl command

            Where the control channel of the TPM is:
            --tcp [<host>]:[<prt>]: a TCP socket; default host is 127.0.0.1, default port is 6546
            --unix <path>         : a Unix socket
            --tpm-device <device> : a CUSE device; not supported

            The following commands are supported, one in each run:
            -c                    : get ptm capabilities
            -i                    : do a hardware TPM_Init; if volatile state is found,
                                    it will resume the TPM with it and delete it
                                    afterwards
            --stop                : stop the TPM without exiting
            -s                    : shutdown the TPM; stops and exits
            -e                    : get the tpmEstablished bit
            -r <loc>              : reset the tpmEstablished bit; use the given locality
            -v                    : store the TPM's volatile data
            -C                    : cancel an ongoing TPM command
            -l <loc>              : set the locality to the given number; valid
                                    localities are 0-4
            -h <data>             : hash the given data; if data is '-' then data are
                                    read from stdin
            --save <type> <file>  : store the TPM state blob of given type in a file;
                                    type may be one of volatile, permanent, or savestate
            --load <type> <file>  : load the TPM state blob of given type from a file;
                                    type may be one of volatile, permanent, or savestate
            -g                    : get configuration flags indicating which keys are in
                                    use
            -b <buffersize>       : set the buffer size of the TPM and get its current
                                    size; get minimum and maximum supported sizes
            --info <flags>        : get TPM implementation specific information;
                                    flags must be an integer value
            --lock-storage <n>    : lock the storage after it was unlocked; retry
                                    n times with 10ms delay in between
            --version             : display version and exit
            --help                : display help screen and exit

            """;
    }
}
