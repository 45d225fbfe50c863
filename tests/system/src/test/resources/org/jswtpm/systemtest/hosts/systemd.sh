# Runs in a Debian that has swtpm and systemd's tools: a key slot of an encrypted disk, and a credential, both of which the TPM
# opens, and the credential no longer when its PCR has changed. Nothing is mapped.
export LC_ALL=C
mkdir /tmp/tpm
cd /tmp/tpm
swtpm socket --daemon --tpm2 --tpmstate dir=/tmp/tpm --flags not-need-init,startup-clear --pid file=pid \
    --server type=unixio,path=/tmp/tpm/sock --ctrl type=unixio,path=/tmp/tpm/sock.ctrl
tpm=swtpm:path=/tmp/tpm/sock

printf passphrase >passphrase
truncate -s 20M volume
cryptsetup luksFormat -q --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file passphrase volume
PASSWORD=passphrase systemd-cryptenroll --tpm2-device=$tpm --tpm2-pcrs=7 volume >&2
systemd-cryptenroll --unlock-tpm2-device=$tpm --wipe-slot=password volume >&2
systemd-cryptenroll volume

printf secret >secret
systemd-creds encrypt --with-key=tpm2 --tpm2-device=$tpm --tpm2-pcrs=7 --name=secret secret credential
systemd-creds decrypt --tpm2-device=$tpm --name=secret credential -
echo
tpm2_pcrextend -T $tpm "7:sha256=$(printf '%064d' 1)"
! systemd-creds decrypt --tpm2-device=$tpm --name=secret credential -
kill "$(cat pid)"
systemctl --version | head -n 1
