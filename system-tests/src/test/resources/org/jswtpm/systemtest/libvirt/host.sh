#!/bin/sh
# Process 1 of a libvirt host that shares nothing with the machine's own: what libvirt, swtpm and their CA keep lies in
# directories that only the processes of this mount namespace see.
#
#   host.sh DISTRIBUTION
set -eu
umask 022
for place in /run /var/lib/libvirt /var/lib/swtpm-localca /var/log /var/cache/libvirt /etc/libvirt; do
    mkdir -p "$place"
    mount -t tmpfs -o mode=755 none "$place"
done
chown tss /var/lib/swtpm-localca # as the package swtpm-tools does

# libvirtd takes the programs from its PATH, and runs them as a user who may see nothing of the builder's directories.
mkdir /run/jswtpm /run/path
mount --bind "$1" /run/jswtpm
ln -s /run/jswtpm/bin/swtpm* /run/path/

# AppArmor's profile for libvirtd would let it run nothing from here, but knows it by its path only
cp "$(command -v libvirtd)" /run/path/

# no profiles for the guests, and no virtlogd between QEMU and its log
printf '%s\n' 'security_driver = "none"' 'stdio_handler = "file"' >/etc/libvirt/qemu.conf

# this shell stays process 1 and reaps what QEMU and swtpm leave behind
PATH=/run/path:$PATH libvirtd &
wait
