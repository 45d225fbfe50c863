# Keys at work: signatures of each kind, encryption, HMAC and sequences, and what the TPM attests.
printf message >message
openssl dgst -sha256 -binary message >digest
tsscreateprimary -hi p -st # 80000000

for key in '-rsa -halg sha1' '-rsa -halg sha256' '-ecc nistp256 -halg sha1' '-ecc nistp256 -halg sha256' \
    '-ecc nistp384 -halg sha384' '-ecc bnp256 -halg sha256'; do
    # shellcheck disable=SC2086 # a list of words
    tsscreateloaded -hp 80000000 $key -si -pwdk key -opu key.pub -opr key.priv # 80000001
    with="${key%% *} -halg ${key##* }"
    refused 9a2 tsssign -hk 80000001 $with -pwdk wrong -if message
    tsssign -hk 80000001 $with -pwdk key -if message -os signature
    tssverifysignature -hk 80000001 $with -if message -is signature -tk ticket
    refused 2db tssverifysignature -hk 80000001 $with -if digest -is signature
    tssflushcontext -ha 80000001
done

# RSA encryption
tsscreateloaded -hp 80000000 -den -pwdk key -opu key.pub -opr key.priv # 80000001
tssrsaencrypt -hk 80000001 -id message -oe encrypted
tssrsadecrypt -hk 80000001 -pwdk key -ie encrypted -od decrypted
test "$(tail -c 7 decrypted)" = message
tssflushcontext -ha 80000001

# AES
tsscreateloaded -hp 80000000 -des -pwdk key -opu key.pub -opr key.priv
head -c 48 /dev/zero >zeros
for command in '' -2; do
    tssencryptdecrypt -hk 80000001 -pwdk key -if zeros -of encrypted $command
    ! cmp zeros encrypted
    tssencryptdecrypt -hk 80000001 -pwdk key -d -if encrypted -of decrypted $command
    cmp zeros decrypted
done
tssflushcontext -ha 80000001

# HMAC, at once and piece by piece, and hashes
tsscreate -hp 80000000 -kh -pwdk key -opu key.pub -opr key.priv
tssload -hp 80000000 -ipu key.pub -ipr key.priv # 80000001
tsshmac -hk 80000001 -pwdk key -if message -os once
tsshmacstart -hk 80000001 -pwdk key -pwda sequence # 80000002
tssreadpublic -ho 80000001
printf mess >first
printf age >second
refused 9a2 tsssequenceupdate -hs 80000002 -if first
tsssequenceupdate -hs 80000002 -pwds sequence -if first
tsssequencecomplete -hs 80000002 -pwds sequence -if second -of pieces
cmp <(tail -c 32 once) <(tail -c 32 pieces)
tssflushcontext -ha 80000001

tsshashsequencestart -pwda sequence # 80000001
tsssequenceupdate -hs 80000001 -pwds sequence -if first
tsssequencecomplete -hs 80000001 -pwds sequence -if second -of pieces
cmp digest pieces
tsshash -if message -oh once
cmp digest once

# attestation by RSA and ECC keys, checked by openssl where that is easy
tsscreateprimary -hi e -st # 80000001, whose children are in the endorsement hierarchy
printf nonce >nonce
for kind in '-rsa' '-ecc nistp256'; do
    algorithm=${kind%% *}
    # shellcheck disable=SC2086
    tsscreate -hp 80000001 $kind -sir -kt f -kt p -pwdk key -opu key.pub -opr key.priv -tk creation.ticket -ch creation.hash
    tssload -hp 80000001 -ipu key.pub -ipr key.priv # 80000002
    tssquote -hp 16 -hk 80000002 -pwdk key -salg "${algorithm#-}" -qd nonce -os quote.signature -oa quote
    tssverifysignature -hk 80000002 $algorithm -if quote -is quote.signature
    tsscertify -ho 80000000 -hk 80000002 -pwdk key -salg "${algorithm#-}" -qd nonce -os signature -oa attest
    tssverifysignature -hk 80000002 $algorithm -if attest -is signature
    tsscertifycreation -ho 80000002 -hk 80000002 -pwdk key -salg "${algorithm#-}" -tk creation.ticket -ch creation.hash -os signature -oa attest
    tssverifysignature -hk 80000002 $algorithm -if attest -is signature
    refused 4e0 tsscertifycreation -ho 80000000 -hk 80000002 -pwdk key -salg "${algorithm#-}" -tk creation.ticket -ch creation.hash
    tssgettime -hk 80000002 -pwdk key -salg "${algorithm#-}" -qd nonce -os signature -oa attest
    tssverifysignature -hk 80000002 $algorithm -if attest -is signature
    tssgetcommandauditdigest -hk 80000002 -pwdk key -salg "${algorithm#-}" -os signature -oa attest
    tssverifysignature -hk 80000002 $algorithm -if attest -is signature
    tssnvdefinespace -hi o -ha 01000001 -sz 4
    tssnvwrite -ha 01000001 -ic 1234
    tssnvcertify -ha 01000001 -hk 80000002 -pwdk key -salg "${algorithm#-}" -sz 4 -os signature -oa attest
    tssverifysignature -hk 80000002 $algorithm -if attest -is signature
    tssnvundefinespace -hi o -ha 01000001
    tssflushcontext -ha 80000002
done

# ephemeral keys
tsscreate -hp 80000000 -ecc bnp256 -dau -pwdk key -opu key.pub -opr key.priv
tssload -hp 80000000 -ipu key.pub -ipr key.priv # 80000002
tsscommit -hk 80000002 -pwdk key -Ef e
tssecephemeral -ecc nistp256 -oq q
tsseccparameters -cv nistp384 -of parameters
