# Policies: each assertion is asked for by something it guards, once as it should be and once not.
printf message >message
tsscreateprimary -hi o -ecc nistp256 # 80000000

# sealed POLICY ASSERTIONS: data under a policy, which is what a trial session of the same assertions gives
sealed() {
    tsspolicygetdigest -ha 03000000 -of sealed.policy
    tssflushcontext -ha 03000000
    tsscreate -hp 80000000 -bl -kt f -kt p -uwa -if message -pol sealed.policy -pwdk seal -opu seal.pub -opr seal.priv
    tssload -hp 80000000 -ipu seal.pub -ipr seal.priv # 80000001
    tssstartauthsession -se p -on nonce
}
opened() {
    tssunseal -ha 80000001 "$@" -of unsealed -se0 03000000 0
    cmp message unsealed
    tssflushcontext -ha 80000001
}

# PCRs: an extended one closes it, and one that is extended between assertion and use
tssstartauthsession -se t
tsspolicypcr -ha 03000000 -bm 14000 # 14 and 16; 16 counts no changes
sealed
refused 99d tssunseal -ha 80000001 -se0 03000000 1
tsspolicypcr -ha 03000000 -bm 14000
tsspcrextend -ha 16 -ic measured
tsspolicyrestart -ha 03000000
tsspolicypcr -ha 03000000 -bm 14000
refused 99d tssunseal -ha 80000001 -se0 03000000 1
tsspcrreset -ha 16
tsspolicyrestart -ha 03000000
tsspolicypcr -ha 03000000 -bm 14000
opened
tssstartauthsession -se t
tsspolicypcr -ha 03000000 -bm 14000
sealed
tsspolicypcr -ha 03000000 -bm 14000
tsspcrextend -ha 14 -ic measured
refused 128 tssunseal -ha 80000001 -se0 03000000 1
tssflushcontext -ha 80000001
tssflushcontext -ha 03000000

# password, and the value without showing it
tssstartauthsession -se t
tsspolicyauthvalue -ha 03000000
sealed
tsspolicyauthvalue -ha 03000000
refused 9a2 tssunseal -ha 80000001 -pwd wrong -se0 03000000 1
tsspolicyrestart -ha 03000000
tsspolicypassword -ha 03000000
opened -pwd seal

# either of two
tssstartauthsession -se t
tsspolicycommandcode -ha 03000000 -cc 15e # TPM2_Unseal
tsspolicygetdigest -ha 03000000 -of unseal.policy
tsspolicyrestart -ha 03000000
tsspolicypassword -ha 03000000
tsspolicygetdigest -ha 03000000 -of password.policy
tsspolicyor -ha 03000000 -if unseal.policy -if password.policy
sealed
refused 1c4 tsspolicyor -ha 03000000 -if unseal.policy -if password.policy
tsspolicycommandcode -ha 03000000 -cc 15e
tsspolicyor -ha 03000000 -if unseal.policy -if password.policy
opened

# the knowledge of another secret; then a ticket of it
tsshierarchychangeauth -hi o -pwdn owner
tssstartauthsession -se t
tsspolicysecret -ha 40000001 -hs 03000000 -pwde owner
sealed
refused 9a2 tsspolicysecret -ha 40000001 -hs 03000000 -pwde wrong
tsspolicysecret -ha 40000001 -hs 03000000 -pwde owner -in nonce -exp -200 -tk ticket -to timeout
opened
tsshierarchychangeauth -hi o -pwda owner
tssload -hp 80000000 -ipu seal.pub -ipr seal.priv
tssstartauthsession -se p
tsspolicyticket -ha 03000000 -to timeout -hi o -tk ticket
opened

# a signature of this session by somebody else's key
openssl genrsa -aes128 -passout pass:rrrr -out signer.pem 2048
openssl rsa -in signer.pem -passin pass:rrrr -pubout -out signer.pub
openssl genrsa -aes128 -passout pass:rrrr -out other.pem 2048
tssloadexternal -hi o -ipem signer.pub # 80000001
cp h80000001.bin signer.name
tsscontextsave -ha 80000001 -of signer.context
tssflushcontext -ha 80000001
signed() {
    tsscontextload -if signer.context
    tsspolicysigned -hk "$1" -ha 03000000 -sk "$2" -pwdk rrrr "${@:3}"
}
tssstartauthsession -se t
signed 80000001 signer.pem
tssflushcontext -ha 80000001
sealed
refused 5db signed 80000002 other.pem -in nonce
tssflushcontext -ha 80000002
signed 80000002 signer.pem -in nonce
tssflushcontext -ha 80000002
opened

# what that key approves, whatever it is: here a policy of a command code
tssstartauthsession -se t
tsspolicycommandcode -ha 03000000 -cc 15e
tsspolicygetdigest -ha 03000000 -of approved
tssflushcontext -ha 03000000
openssl dgst -sha256 -sign signer.pem -passin pass:rrrr -out approved.signature approved
tsscontextload -if signer.context
tssverifysignature -hk 80000001 -if approved -is approved.signature -raw -tk approved.ticket
tssflushcontext -ha 80000001
tssstartauthsession -se t
head -c 32 /dev/zero >nothing
tsspolicyauthorize -ha 03000000 -appr nothing -skn signer.name -tk approved.ticket
sealed
tsspolicypassword -ha 03000000
refused 1c4 tsspolicyauthorize -ha 03000000 -appr approved -skn signer.name -tk approved.ticket
tsspolicyrestart -ha 03000000
tsspolicycommandcode -ha 03000000 -cc 15e
tsspolicyauthorize -ha 03000000 -appr approved -skn signer.name -tk approved.ticket
opened

# what an NV Index holds: compared, and as the policy itself
tssnvdefinespace -hi o -hia o -ha 01000001 -sz 4
tssnvwrite -hia o -ha 01000001 -ic 0010
tssstartauthsession -se t
tsspolicynv -hi o -ha 01000001 -hs 03000000 -ic 0020 -op 5
sealed
refused 126 tsspolicynv -hi o -ha 01000001 -hs 03000000 -ic 0020 -op 3
tsspolicynv -hi o -ha 01000001 -hs 03000000 -ic 0020 -op 5
opened
tssnvdefinespace -hi o -hia o -ha 01000002 -sz 34
printf '\000\013' | cat - unseal.policy >algorithm.policy
tssnvwrite -hia o -ha 01000002 -if algorithm.policy
tssstartauthsession -se t
tsspolicyauthorizenv -hi o -ha 01000002 -hs 03000000
sealed
tsspolicycommandcode -ha 03000000 -cc 15e
tsspolicyauthorizenv -hi o -ha 01000002 -hs 03000000
opened

# the clock, and whether an Index was written
tssstartauthsession -se t
printf '\000\000\000\000\000\000\000\000' >early
tsspolicycountertimer -ha 03000000 -if early -op 3
sealed
refused 126 tsspolicycountertimer -ha 03000000 -if early -op 5
tsspolicycountertimer -ha 03000000 -if early -op 3
opened
tssstartauthsession -se t
tsspolicynvwritten -hs 03000000 -ws n
tsspolicygetdigest -ha 03000000 -of unwritten.policy
tssflushcontext -ha 03000000
tssnvdefinespace -hi o -ha 01000003 -sz 4 -pol unwritten.policy -at aw
for times in 1 2; do
    tssstartauthsession -se p
    tsspolicynvwritten -hs 03000000 -ws n
    if [ $times = 1 ]; then
        tssnvwrite -ha 01000003 -ic once -se0 03000000 0
    else
        refused 99d tssnvwrite -ha 01000003 -ic once -se0 03000000 0
    fi
done
