#!/bin/sh
# Starts @PROGRAM@ of jswtpm in this shell's process: the process id and every open descriptor stay.

# A VM would open its files in the place of a stream that is closed, and later write there what was meant for the stream. The
# root directory, opened for reading, is as good as closed to who reads and writes.
true 2>&- 9<&0 || exec 0</
true 2>&- 9>&1 || exec 1</
true 9>&2 || exec 2</

self=$0
if [ -L "$self" ]; then
    self=$(readlink -f -- "$self")
fi
case $self in
/*) ;;
*) self=$PWD/$self ;;
esac
home=${self%/*}/..
# as a package has it: /usr/bin, /usr/lib/jswtpm
[ -d "$home/runtime" ] || home=$home/lib/jswtpm

# Options for other Java programs do not concern this one, and the VM would announce them on stderr.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH

# No core of a crash, with keys in it. Who wants one may raise the limit of the running process: prlimit --core.
ulimit -S -c 0

# The VM decodes names by the locale: in the one of libvirt, plain C, it would not find a file called after its guest.
LC_ALL=C.UTF-8
export LC_ALL

# The VM looks for its libraries beside its program, whose place only /proc tells, or this.
if ! [ -e /proc/self/exe ]; then
    LD_ORIGIN_PATH=$home/runtime/bin
    export LD_ORIGIN_PATH
fi

# How: exec, or nothing to come back; and an option of the VM more, if any.
start() {
    how=$1
    more=$2
    shift 2
    # the VM under the name of the program, by which users look for its processes
    $how "$home/runtime/bin/@PROGRAM@" \
        "@$home/lib/jvm.options" \
        "-XX:AOTCache=$home/lib/@CACHE@"@OPTIONS@ \
        $more -m @MAIN@ @PROGRAM@ "$@"
}

# A VM that gets no threads or no memory for its own use says so in words of its own. Where less than 1000 processes or a
# gigabyte is allowed, one that ends at once is tried before.
low=
if [ -e /proc/self/limits ]; then
    while read -r _ name first second _; do
        case $name:$first:$second in
        data:size:unlimited | data:size:??????????*) ;;
        data:size:*) low="$low, data $second (ulimit -d, LimitDATA=)" ;;
        processes:unlimited:* | processes:[!:][!:][!:][!:]*) ;;
        processes:*) low="$low, processes and threads of the user $first (ulimit -u, LimitNPROC=)" ;;
        address:space:unlimited | address:space:??????????*) break ;;
        address:*) low="$low, address space $second (ulimit -v, LimitAS=)" ;;
        esac
    done </proc/self/limits
fi
if [ "$low" ]; then
    trap 'echo "@PROGRAM@: The Java VM cannot start within the limits of this process: ${low#, }; allow 32 threads more than the user has, and a gigabyte." >&2' EXIT
    start '' --dry-run >/dev/null 2>&1 || exit 1
    trap - EXIT
fi

start exec '' "$@"
