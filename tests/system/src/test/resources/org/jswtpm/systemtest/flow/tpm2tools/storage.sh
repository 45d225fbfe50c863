# NV Indices of each type, PCRs, the clock, what an owner may change, and the TPM as a whole.
printf data >data
tpm2_nvdefine -Q -C o -a 'nt=counter|ownerread|ownerwrite' 0x1000001
tpm2_nvincrement -C o 0x1000001
tpm2_nvread -C o -o first 0x1000001
tpm2_nvincrement -C o 0x1000001
tpm2_nvread -C o -o second 0x1000001
test $((16#$(hex second))) = $((16#$(hex first) + 1))
tpm2_nvdefine -Q -C o -a 'nt=bits|ownerread|ownerwrite' 0x1000002
tpm2_nvsetbits -C o -i 0x8001 0x1000002
tpm2_nvread -C o -o bits 0x1000002
test "$(hex bits)" = 0000000000008001
tpm2_nvdefine -Q -C o -g sha256 -a 'nt=extend|ownerread|ownerwrite' 0x1000003
tpm2_nvextend -C o -i data 0x1000003
tpm2_nvread -C o -o extended 0x1000003
{ head -c 32 /dev/zero; cat data; } | openssl dgst -sha256 -binary | cmp extended
tpm2_nvdefine -Q -C o -s 4 -p nv -a 'authread|authwrite|read_stclear|write_stclear' 0x1000004
tpm2_nvwrite -Q -C 0x1000004 -P nv -i data 0x1000004
tpm2_nvwritelock -C 0x1000004 -P nv 0x1000004
refused 148 tpm2_nvwrite -Q -C 0x1000004 -P nv -i data 0x1000004
tpm2_nvreadlock -C 0x1000004 -P nv 0x1000004
refused 148 tpm2_nvread -C 0x1000004 -P nv -o read 0x1000004
tpm2_nvdefine -Q -C o -s 4 -a 'ownerread|ownerwrite|globallock' 0x1000005
tpm2_nvwrite -Q -C o -i data 0x1000005
tpm2_nvwritelock --global -C o
refused 148 tpm2_nvwrite -Q -C o -i data 0x1000005
tpm2_createprimary -Q -C o -G ecc -c primary
tpm2_flushcontext --transient-object
tpm2_create -Q -C primary -G ecc -u pub -r priv -c signer
tpm2_flushcontext --transient-object
tpm2_nvcertify -Q -C signer -c o -g sha256 -o signature --attestation attest --size 4 0x1000005
tpm2_flushcontext --transient-object
tpm2_nvundefine -C o 0x1000005

tpm2_pcrevent -Q 16 data
tpm2_pcrread -Q -o pcr sha256:16
{ head -c 32 /dev/zero; openssl dgst -sha256 -binary data; } | openssl dgst -sha256 -binary | cmp pcr
tpm2_pcrallocate -Q sha1:none+sha256:all+sha384:all
tpm2_shutdown --clear
power_cycle
tpm2_startup --clear
tpm2_getcap pcrs | grep 'sha1: \[ \]'

tpm2_setclock 1000000000
refused 1c4 tpm2_setclock 1000
tpm2_clockrateadjust s
tpm2_clockrateadjust f
tpm2_stirrandom data
tpm2_incrementalselftest rsa ecc
tpm2_gettestresult
printf '\200\001\000\000\000\014\000\000\001\173\000\010' | tpm2_send >random
test "$(wc -c <random)" = 20

tpm2_dictionarylockout -s -n 5 -t 10 -l 20
tpm2_getcap properties-variable | grep 'MAX_AUTH_FAIL: 0x5'
tpm2_dictionarylockout -c
tpm2_clearcontrol -C p s
refused 120 tpm2_clear
tpm2_clearcontrol -C p c
for seed in e p; do
    tpm2_createprimary -Q -C $seed -G ecc -c before
    tpm2_readpublic -Q -c before -n before.name
    tpm2_flushcontext --transient-object
    tpm2_change${seed}ps
    tpm2_createprimary -Q -C $seed -G ecc -c after
    tpm2_readpublic -Q -c after -n after.name
    tpm2_flushcontext --transient-object
    ! cmp before.name after.name
done
tpm2_clear
