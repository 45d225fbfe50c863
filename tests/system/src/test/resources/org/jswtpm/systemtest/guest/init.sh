#!/bin/busybox sh
# Runs as process 1 of the guest. Reports on the second serial port, one "@" line each, what it sees of the TPM.
b=/bin/busybox
$b mkdir -p /proc /sys /dev
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs devtmpfs /dev
$b mount -t securityfs securityfs /sys/kernel/security
$b stty -F /dev/ttyS1 raw -echo
exec >/dev/ttyS1 2>&1

hex() {
    $b hexdump -v -e '/1 "%02x"'
}

tpm=/sys/class/tpm/tpm0
echo
echo "@boot"
echo "@version $($b cat $tpm/tpm_version_major)"
$b dmesg | $b grep -E 'tpm_(tis|crb)' | $b sed 's/^/@kernel /'
for bank in $tpm/pcr-*; do
    for pcr in 0 1 2 3 4 5 6 7 16; do
        echo "@pcr ${bank##*pcr-} $pcr $($b cat $bank/$pcr)"
    done
done
echo "@log $(hex < /sys/kernel/security/tpm0/binary_bios_measurements)"
run() {
    name=${1##*/}
    case $name in
        *.sh)
            echo "@response $name $($b sh "$1" | hex)"
            return
            ;;
    esac
    exec 3<>/dev/tpm0
    $b dd if="$1" bs=4096 count=1 >&3 2>/dev/null
    response=$($b dd bs=4096 count=1 <&3 2>/dev/null | hex)
    exec 3>&-
    echo "@response $name $response"
}

for command in /commands/*; do
    [ -f "$command" ] || continue
    run "$command"
    # tag, size, then the response code: the guest starts again until the command succeeds
    case $name:$response in
        *-or-reboot:????????????00000000*) ;;
        *-or-reboot:*) reboot=yes ;;
    esac
done
[ -z "$reboot" ] || $b reboot -f
while [ -n "$($b ls /commands | $b grep -e '-again$')" ]; do
    for command in /commands/*-again; do
        run "$command"
    done
    $b sleep 1
done
[ ! -d /orders ] || echo "@ready"
while [ -d /orders ] && read -r order; do # from the test, by the same serial port
    run "/orders/$order"
done </dev/ttyS1
echo "@end"
exec >/dev/null 2>&1 # the last close of the port waits until everything is sent
$b poweroff -f
