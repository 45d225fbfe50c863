#!/bin/bash
# Runs a command with a TPM 2.0 of its own, which has an endorsement key and a certificate for it, and throws the TPM away.
#
#   with-tpm.sh COMMAND [ARGUMENT...]      e.g. with-tpm.sh tpm2_getrandom --hex 16
#
# The command finds the TPM by TPM2TOOLS_TCTI, as tpm2-tools do, and the root of the certificate in the file TPM_ROOT_CERT.
#
# SWTPM names the program, if it is not the one built in this repository; swtpm_setup is expected beside it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
swtpm=${SWTPM:-$here/../../server/target/jswtpm/bin/swtpm}
[ $# -gt 0 ] || { echo "usage: with-tpm.sh COMMAND [ARGUMENT...]" >&2; exit 2; }
[ -x "$swtpm" ] || { echo "with-tpm.sh: no $swtpm: build it first (mvn package)" >&2; exit 1; }

work=$(mktemp -d)
swtpm_pid=
finish() {
    [ -z "$swtpm_pid" ] || kill "$swtpm_pid" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT

# A certificate authority for this one TPM
cat >"$work/localca.conf" <<CONF
statedir = $work
signingkey = $work/signkey.pem
issuercert = $work/issuercert.pem
certserial = $work/certserial
CONF
cat >"$work/setup.conf" <<CONF
create_certs_tool = ${swtpm}_localca
create_certs_tool_config = $work/localca.conf
create_certs_tool_options = /dev/null
CONF
mkdir "$work/state"
"${swtpm}_setup" --tpm2 --tpmstate "$work/state" --config "$work/setup.conf" --createek --create-ek-cert --lock-nvram \
    --vmid "$(basename "$work")" --logfile "$work/log" || { cat "$work/log" >&2; exit 1; }

# Two ports are needed, one beside the other; if somebody else has them the daemon ends at once.
until [ -s "$work/pid" ]; do # written when the ports are open
    if [ -z "$swtpm_pid" ] || ! kill -0 "$swtpm_pid" 2>/dev/null; then
        port=$((10000 + RANDOM / 2 * 2))
        "$swtpm" socket --tpm2 --tpmstate dir="$work/state" --flags startup-clear --pid file="$work/pid" \
            --server type=tcp,port=$port --ctrl type=tcp,port=$((port + 1)) --log file="$work/log" &
        swtpm_pid=$!
    fi
    sleep 0.02
done

TPM2TOOLS_TCTI=swtpm:port=$port TPM_ROOT_CERT=$work/swtpm-localca-rootca-cert.pem "$@"
