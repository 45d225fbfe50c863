#!/bin/sh
# Process 1 of a libvirt host that shares nothing with the machine's own: what libvirt, swtpm and their CA keep lies in
# directories that only the processes of this mount namespace see, and so does the Debian package.
#
#   host.sh PACKAGE
set -eu
umask 022

# What a chroot may lack: libvirt starts no guest with a TPM where it can make no cgroups for it.
[ -e /sys/kernel ] || mount -t sysfs sysfs /sys
if ! grep -q ' - cgroup' /proc/self/mountinfo; then
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi

# The package's files lie over the machine's, as if it were installed in the place of swtpm and swtpm-tools.
mount -t tmpfs -o mode=755 none /run
mkdir /run/package /run/path
dpkg-deb --extract "$1" /run/package
for tree in usr etc; do
    mount -t overlay -o "lowerdir=/run/package/$tree:/$tree" none "/$tree"
done

for place in /var/lib/libvirt /var/lib/swtpm-localca /var/log /var/cache/libvirt /etc/libvirt; do
    mkdir -p "$place"
    mount -t tmpfs -o mode=755 none "$place"
done
chown tss /var/lib/swtpm-localca # as the package does

# AppArmor's profiles for libvirtd and Debian's swtpm may be loaded; they know libvirtd by its path only
cp "$(command -v libvirtd)" /run/path/

# no profiles for the guests, and no virtlogd between QEMU and its log
printf '%s\n' 'security_driver = "none"' 'stdio_handler = "file"' >/etc/libvirt/qemu.conf

# The PATH is that of a system: the one of the tests lies in the checkout, where the user of TPMs may not go. This shell stays
# process 1 and reaps what QEMU and swtpm leave behind
PATH=/run/path:/usr/sbin:/usr/bin:/sbin:/bin libvirtd &
wait
