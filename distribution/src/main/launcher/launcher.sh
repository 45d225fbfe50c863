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

exec "$home/runtime/bin/java" \
    "@$home/lib/jvm.options" \
    "-XX:AOTCache=$home/lib/@CACHE@"@OPTIONS@ \
    -m @MAIN@ @PROGRAM@ "$@"
