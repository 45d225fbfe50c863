#!/bin/bash
# Starts a TPM 2.0 and a QEMU guest that uses it: the firmware measures the boot, Linux shows the TPM's PCRs.
#
#   run-guest.sh [--ovmf] [--crb] [STATE_DIRECTORY]
#
#   --ovmf            UEFI (OVMF) instead of SeaBIOS
#   --crb             the device tpm-crb instead of tpm-tis
#   STATE_DIRECTORY   where the TPM keeps its state; without it the TPM is gone with the guest
#
# SWTPM names the program, if it is not the one built in this repository.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
swtpm=${SWTPM:-$here/../../server/target/jswtpm/bin/swtpm}
firmware=()
firmware_package=seabios
device=tpm-tis
state=
while [ $# -gt 0 ]; do
    case $1 in
        --ovmf) firmware=(-bios /usr/share/ovmf/OVMF.fd) firmware_package=ovmf ;;
        --crb) device=tpm-crb ;;
        -*) echo "run-guest.sh: unknown option $1" >&2; exit 2 ;;
        *) state=$1 ;;
    esac
    shift
done

[ -x "$swtpm" ] || { echo "run-guest.sh: no $swtpm: build it first (mvn package)" >&2; exit 1; }

# What is needed from Debian: installed by root, named to everybody else.
missing_packages() {
    command -v qemu-system-x86_64 >/dev/null || echo qemu-system-x86
    dpkg -s "$firmware_package" >/dev/null 2>&1 || echo "$firmware_package"
    ls /boot/vmlinuz-* >/dev/null 2>&1 || echo linux-image-amd64
    [ -x /usr/bin/busybox ] || echo busybox-static
}
missing=$(missing_packages | tr '\n' ' ')
if [ -n "$missing" ] && [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2086 # a list of words
    apt-get install -y -q --no-install-recommends $missing >&2 || true
    missing=$(missing_packages | tr '\n' ' ')
fi
if [ -n "$missing" ]; then
    echo "run-guest.sh: missing Debian packages: $missing" >&2
    echo "run-guest.sh: no guest without them; here is the TPM's first command instead" >&2
    exec "$here/../tcp/first-command.sh"
fi

work=$(mktemp -d)
swtpm_pid=
finish() {
    [ -z "$swtpm_pid" ] || kill "$swtpm_pid" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT
: "${state:=$work/state}"
mkdir -p "$state"

# The guest's only program. /dev/ttyS1 becomes the standard output of QEMU.
mkdir -p "$work/root/bin"
cp /usr/bin/busybox "$work/root/bin/"
cat >"$work/root/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mkdir -p /proc /sys /dev
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t securityfs securityfs /sys/kernel/security
exec >/dev/ttyS1 2>&1
tpm=/sys/class/tpm/tpm0
echo
echo "Linux $(uname -r) found a TPM, version $(cat $tpm/tpm_version_major)"
echo "The firmware's event log has $(wc -c < /sys/kernel/security/tpm0/binary_bios_measurements) octets"
for pcr in 0 1 2 3 4 5 6 7; do
    echo "PCR $pcr sha256 $(cat $tpm/pcr-sha256/$pcr)"
done
exec >/dev/null 2>&1
poweroff -f
INIT
chmod +x "$work/root/init"
(cd "$work/root" && find . | busybox cpio -o -H newc 2>/dev/null) >"$work/initramfs"

"$swtpm" socket --tpm2 --tpmstate dir="$state" --ctrl type=unixio,path="$work/swtpm-sock" --pid file="$work/pid" &
swtpm_pid=$!
until [ -s "$work/pid" ]; do # written when the socket is there
    kill -0 "$swtpm_pid"
    sleep 0.02
done

kernels=(/boot/vmlinuz-*)
qemu-system-x86_64 -machine q35,accel=tcg -m 256 -display none -monitor none -no-reboot -net none \
    -serial "file:$work/console" -serial "file:$work/report" "${firmware[@]}" \
    -kernel "${kernels[-1]}" -initrd "$work/initramfs" -append "console=ttyS0 quiet panic=-1" \
    -chardev socket,id=chrtpm,path="$work/swtpm-sock" -tpmdev emulator,id=tpm0,chardev=chrtpm \
    -device "$device",tpmdev=tpm0
wait "$swtpm_pid"
swtpm_pid=
tr -d '\r' <"$work/report" | grep -E '^(Linux|The firmware|PCR)'
