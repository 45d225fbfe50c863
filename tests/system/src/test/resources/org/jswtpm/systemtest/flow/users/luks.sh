# Disks that the TPM opens: clevis with and without PCRs, for data and for a LUKS volume in a file, and systemd-cryptenroll.
# Nothing is mapped: the passphrase that comes out is tried on the volume.
printf 'a secret' >secret
clevis encrypt tpm2 '{}' <secret >plain.jwe
clevis decrypt <plain.jwe | cmp secret
clevis encrypt tpm2 '{"pcr_bank":"sha256","pcr_ids":"7,16","key":"ecc"}' <secret >pcr.jwe
clevis decrypt <pcr.jwe | cmp secret
tpm2_pcrextend "16:sha256=$(printf '%064d' 1)"
! clevis decrypt <pcr.jwe
tpm2_pcrreset 16
clevis decrypt <pcr.jwe | cmp secret

printf passphrase >passphrase
truncate -s 20M volume
weak='--pbkdf pbkdf2 --pbkdf-force-iterations 1000'
# shellcheck disable=SC2086 # a list of words
cryptsetup luksFormat -q --type luks2 $weak --key-file passphrase volume
head -c 32 /dev/urandom | base64 -w0 >generated
# shellcheck disable=SC2086
cryptsetup luksAddKey -q $weak --key-file passphrase volume generated
clevis encrypt tpm2 '{"pcr_ids":"7"}' <generated >volume.jwe
clevis decrypt <volume.jwe | cryptsetup open --test-passphrase --key-file - volume

tpm2_flushcontext --loaded-session # clevis leaves them to a resource manager
PASSWORD=passphrase systemd-cryptenroll --tpm2-device="$TPM2TOOLS_TCTI" --tpm2-pcrs=7+16 volume
cryptsetup luksDump volume | grep systemd-tpm2
