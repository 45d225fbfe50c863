# What all flows start with. A flow is a shell script against a TPM of its own, in a directory of its own; it ends at the first
# command that fails. To run one by hand: start a swtpm on two TCP ports with --flags not-need-init,startup-clear, then
#   PORT=2321 SWTPM_IOCTL=swtpm_ioctl bash -c '. ./prelude.sh; . ./ibmtss/nv.sh'
set -eux -o pipefail
export LC_ALL=C

# for the utilities of the IBM TSS: the framing is that of the simulator, which swtpm takes as a TCG prefix
export TPM_INTERFACE_TYPE=socsim TPM_SERVER_TYPE=mssim TPM_SERVER_NAME=127.0.0.1
export TPM_COMMAND_PORT=$PORT TPM_PLATFORM_PORT=$((PORT + 1)) TPM_DATA_DIR=.
export TPM_SESSION_ENCKEY=000102030405060708090a0b0c0d0e0f # sessions are kept in files from one utility to the next
# for tpm2-tools and all that uses tpm2-tss
export TPM2TOOLS_TCTI="swtpm:host=127.0.0.1,port=$PORT"
export TPM2OPENSSL_TCTI=$TPM2TOOLS_TCTI

# refused CODE COMMAND...: the command must fail, and name this response code, in hexadecimal digits
refused() {
    local code=$1
    shift
    if "$@" >refused 2>&1; then
        echo "not refused" >&2
        return 1
    fi
    grep -qiE "(rc 0*|\(0x0*)$code\b" refused || {
        cat refused >&2
        return 1
    }
}

# The TPM loses its power and gets it back.
power_cycle() {
    "$SWTPM_IOCTL" --tcp "127.0.0.1:$((PORT + 1))" -i
}

# The octets of a file in hexadecimal digits, from OFFSET on.
hex() {
    od -An -v -tx1 -j "${2:-0}" "$1" | tr -d ' \n'
}
