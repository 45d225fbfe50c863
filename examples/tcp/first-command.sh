#!/bin/bash
# Starts a TPM 2.0 on TCP ports and sends it one command, TPM2_GetRandom, without any TPM software on this side.
#
#   first-command.sh [PORT]       the data channel's port, 2321 without it; the control channel is on the next
#
# SWTPM names the program, if it is not the one built in this repository.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
swtpm=${SWTPM:-$here/../../server/target/jswtpm/bin/swtpm}
port=${1:-2321}
[ -x "$swtpm" ] || { echo "first-command.sh: no $swtpm: build it first (mvn package)" >&2; exit 1; }

work=$(mktemp -d)
"$swtpm" socket --tpm2 --tpmstate dir="$work" --server type=tcp,port="$port" --ctrl type=tcp,port=$((port + 1)) \
    --flags not-need-init,startup-clear --pid file="$work/pid" &
swtpm_pid=$!
finish() {
    kill "$swtpm_pid" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT
until [ -s "$work/pid" ]; do # written when the ports are open
    kill -0 "$swtpm_pid"
    sleep 0.02
done

exec 3<>"/dev/tcp/127.0.0.1/$port"
#        tag     size            command code    bytes requested
printf '\x80\x01\x00\x00\x00\x0c\x00\x00\x01\x7b\x00\x10' >&3
response=$(head -c 28 <&3 | od -An -v -tx1 | tr -d ' \n') # header of 10, size of 2, 16 random octets
exec 3>&-
case $response in
    80010000001c00000000*) echo "TPM2_GetRandom: ${response:24}" ;;
    *) echo "first-command.sh: unexpected response $response" >&2; exit 1 ;;
esac
