#!/bin/sh
# Starts @PROGRAM@ of jswtpm in this shell's process: the process id and every open descriptor stay.
self=$0
if [ -L "$self" ]; then
    self=$(readlink -f -- "$self")
fi
case $self in
/*) ;;
*) self=$PWD/$self ;;
esac
home=${self%/*}/..

# Options for other Java programs do not concern this one, and the VM would announce them on stderr.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH

# No core of a crash, with keys in it. Who wants one may raise the limit of the running process: prlimit --core.
ulimit -S -c 0

# The VM decodes names by the locale: in the one of libvirt, plain C, it would not find a file called after its guest.
LC_ALL=C.UTF-8
export LC_ALL

# The VM under the name of the program, by which users look for its processes.
exec "$home/runtime/bin/@PROGRAM@" \
    "@$home/lib/jvm.options" \
    "-XX:AOTCache=$home/lib/@CACHE@"@OPTIONS@ \
    -m @MAIN@ @PROGRAM@ "$@"
