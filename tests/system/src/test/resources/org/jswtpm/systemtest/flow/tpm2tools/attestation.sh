# What a TPM attests, checked by the tools and by openssl.
printf 0a0b >nonce
tpm2_createek -Q -c ek -G rsa -u ek.pub
tpm2_flushcontext --transient-object
tpm2_createak -Q -C ek -c ak -G rsa -g sha256 -s rsassa -u ak.pub -f pem -n ak.name
tpm2_flushcontext --transient-object
tpm2_flushcontext --loaded-session
check() { # ATTEST SIGNATURE
    openssl dgst -sha256 -verify ak.pub -signature "$2" "$1"
    test "$(hex "$1" | head -c 8)" = ff544347
}

tpm2_pcrextend "16:sha256=$(printf '%064d' 7)"
tpm2_quote -Q -c ak -l sha256:16 -q 0a0b -m quote -s signature -o pcrs -g sha256
tpm2_checkquote -Q -u ak.pub -m quote -s signature -f pcrs -g sha256 -q 0a0b
! tpm2_checkquote -Q -u ak.pub -m quote -s signature -f pcrs -g sha256 -q 0a0c
tpm2_flushcontext --transient-object

tpm2_createprimary -Q -C o -G ecc -c primary --creation-hash hash -t ticket
tpm2_flushcontext --transient-object
tpm2_certify -Q -c primary -C ak -g sha256 -o attest -s signature -f plain
tpm2_flushcontext --transient-object
check attest signature
tpm2_certifycreation -Q -c primary -C ak -d hash -t ticket -g sha256 -s rsassa -f plain -o signature --attestation attest
tpm2_flushcontext --transient-object
check attest signature
tpm2_gettime -Q -c ak -g sha256 -s rsassa -f plain -o signature --attestation attest -q 0a0b
tpm2_flushcontext --transient-object
check attest signature
tpm2_nvdefine -Q -C o -s 4 -a 'ownerread|ownerwrite' 0x1000001
printf data | tpm2_nvwrite -Q -C o -i - 0x1000001
tpm2_nvcertify -Q -C ak -c o -g sha256 -s rsassa -f plain -o signature --attestation attest --size 4 0x1000001
tpm2_flushcontext --transient-object
check attest signature

tpm2_setcommandauditstatus TPM2_CC_GetRandom
tpm2_getrandom -Q 4
tpm2_getcommandauditdigest -Q -c ak -g sha256 --scheme rsassa -f plain -s signature -m attest
tpm2_flushcontext --transient-object
check attest signature
tpm2_setcommandauditstatus --clear-list TPM2_CC_GetRandom
tpm2_startauthsession -S session --hmac-session
tpm2_sessionconfig session --enable-audit
tpm2_getrandom -Q 4 -S session
tpm2_getsessionauditdigest -Q -c ak -g sha256 --scheme rsassa -f plain -s signature -m attest -S session
tpm2_flushcontext --transient-object
check attest signature
tpm2_certifyX509certutil --outcert partial.der
