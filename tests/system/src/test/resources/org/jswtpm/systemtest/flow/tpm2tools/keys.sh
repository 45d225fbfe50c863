# Keys: made, imported, duplicated, derived; what they sign, encrypt and agree on.
printf message >message
flush() {
    tpm2_flushcontext --transient-object
}
tpm2_createprimary -Q -C o -G ecc -c primary
flush

for algorithm in rsa2048:rsassa rsa2048:rsapss ecc256:ecdsa ecc384:ecdsa; do
    tpm2_create -Q -C primary -G $algorithm:null -p key -u pub -r priv -f pem -o key.pem
    flush
    tpm2_load -Q -C primary -u pub -r priv -c key
    flush
    tpm2_sign -Q -c key -p key -g sha256 -s "${algorithm#*:}" -o signature message
    flush
    tpm2_verifysignature -c key -g sha256 -s signature -m message
    flush
    refused 98e tpm2_sign -Q -c key -p wrong -g sha256 -s "${algorithm#*:}" -o signature message
    flush
    tpm2_flushcontext --loaded-session # which the refused one leaves
    tpm2_dictionarylockout -c
done
tpm2_changeauth -Q -c key -C primary -p key -r changed new
flush
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out foreign.pem
openssl pkey -in foreign.pem -pubout -out foreign.pub
tpm2_import -Q -C primary -G rsa -i foreign.pem -u pub -r priv
flush
tpm2_load -Q -C primary -u pub -r priv -c imported
flush
tpm2_sign -Q -c imported -g sha256 -s rsassa -f plain -o signature message
flush
openssl dgst -sha256 -verify foreign.pub -signature signature message
tpm2_loadexternal -Q -C o -G rsa -u foreign.pub -c external
flush

for scheme in rsaes oaep; do
    tpm2_rsaencrypt -Q -c external -s $scheme -o encrypted message
    flush
    tpm2_rsadecrypt -Q -c imported -s $scheme -o decrypted encrypted
    flush
    cmp message decrypted
done
head -c 48 /dev/zero >zeros
for mode in cbc cfb ofb ctr; do
    tpm2_create -Q -C primary -G aes128$mode -u pub -r priv -c aes
    flush
    tpm2_encryptdecrypt -Q -c aes -o encrypted zeros
    flush
    tpm2_encryptdecrypt -Q -c aes -d -o decrypted encrypted
    flush
    cmp zeros decrypted
done
tpm2_create -Q -C primary -G hmac -u pub -r priv -c hmac
flush
tpm2_hmac -c hmac -o once message
flush
{ cat message; head -c 3000 /dev/zero; } | tpm2_hmac -c hmac -o long
flush
! cmp once long

tpm2_create -Q -C primary -G ecc256 -u pub -r priv -c agree -a 'decrypt|sensitivedataorigin|userwithauth'
flush
tpm2_ecdhkeygen -u point -o secret1 -c agree
flush
tpm2_ecdhzgen -u point -o secret2 -c agree
flush
cmp secret1 secret2
tpm2_ecephemeral -u ephemeral -t counter ecc256
tpm2_geteccparameters -o parameters ecc384
tpm2_testparms rsa3072:rsapss-sha384
tpm2_createprimary -Q -C o -G ecc256:ecdaa-sha256 -c daa -a 'sign|fixedtpm|fixedparent|sensitivedataorigin|userwithauth'
flush
tpm2_commit -Q -c daa --eccpoint-K k --eccpoint-L l -u e -t counter
flush

# a credential for the key that the endorsement key's owner has
tpm2_flushcontext --loaded-session # which tpm2_import leaves, as tpm2_createek does
tpm2_createek -Q -c ek -G ecc -u ek.pub
flush
tpm2_flushcontext --loaded-session
tpm2_createak -Q -C ek -c ak -G ecc -s ecdsa -u ak.pub -n ak.name
flush
tpm2_flushcontext --loaded-session
tpm2_makecredential -Q -u ek.pub -s message -n "$(hex ak.name)" -o blob
tpm2_startauthsession --policy-session -S session
tpm2_policysecret -Q -S session -c e
tpm2_activatecredential -Q -c ak -C ek -i blob -o credential -P session:session
tpm2_flushcontext session
flush
cmp message credential

# to another parent
tpm2_startauthsession -S session
tpm2_policycommandcode -Q -S session -L duplicate.policy TPM2_CC_Duplicate
tpm2_flushcontext session
tpm2_createprimary -Q -C e -G rsa -c second
flush
tpm2_create -Q -C primary -G ecc -L duplicate.policy -a 'sensitivedataorigin|userwithauth|sign' -u pub -r priv
flush
tpm2_load -Q -C primary -u pub -r priv -c moving
flush
tpm2_startauthsession --policy-session -S session
tpm2_policycommandcode -Q -S session TPM2_CC_Duplicate
tpm2_duplicate -Q -C second -c moving -G aes -o inner -p session:session -r duplicate -s seed
tpm2_flushcontext session
flush
tpm2_import -Q -C second -k inner -u pub -i duplicate -r imported.priv -s seed
flush
tpm2_load -Q -C second -u pub -r imported.priv -c moved
flush
tpm2_sign -Q -c moved -g sha256 -o signature message
