# Objects: created, loaded, sealed, with other authorizations, imported, duplicated, rewrapped, derived, made persistent.
tsscreateprimary -hi o -ecc nistp256 -pwdk parent -tk primary.ticket -ch primary.hash

# a key under the primary key
tsscreate -hp 80000000 -pwdp parent -ecc nistp256 -si -kt f -kt p -pwdk key -opu key.pub -opr key.priv
refused 9a2 tssload -hp 80000000 -ipu key.pub -ipr key.priv
tssload -hp 80000000 -pwdp parent -ipu key.pub -ipr key.priv
tssreadpublic -ho 80000001 -opu key.read -opem key.pem
cmp key.pub key.read
printf message >message
tsssign -hk 80000001 -ecc -pwdk key -if message -os signature
tssobjectchangeauth -hp 80000000 -ho 80000001 -pwdo key -pwdn changed -opr changed.priv
tssflushcontext -ha 80000001
tssload -hp 80000000 -pwdp parent -ipu key.pub -ipr changed.priv
refused 9a2 tsssign -hk 80000001 -ecc -pwdk key -if message -os signature
tsssign -hk 80000001 -ecc -pwdk changed -if message -os signature
openssl dgst -sha256 -binary message >digest
tssverifysignature -hk 80000001 -ecc -if message -is signature
tssevictcontrol -hi o -ho 80000001 -hp 81000001
tssflushcontext -ha 80000001

# what is persistent survives, what is transient does not
tssshutdown -c
power_cycle
tssstartup -c
refused 910 tssreadpublic -ho 80000000
tsssign -hk 81000001 -ecc -pwdk changed -if message -os signature
tssevictcontrol -hi o -ho 81000001 -hp 81000001
refused 18b tssreadpublic -ho 81000001

# sealed data
tsscreateprimary -hi o -ecc nistp256
tsscreate -hp 80000000 -bl -kt f -kt p -if message -pwdk seal -opu seal.pub -opr seal.priv
tssload -hp 80000000 -ipu seal.pub -ipr seal.priv
refused 9a2 tssunseal -ha 80000001 -pwd wrong
tssunseal -ha 80000001 -pwd seal -of unsealed
cmp message unsealed
tssflushcontext -ha 80000001

# somebody else's key: its public part loaded, its whole imported
openssl genrsa -aes128 -passout pass:rrrr -out foreign.pem 2048
openssl rsa -in foreign.pem -passin pass:rrrr -pubout -out foreign.pub.pem
tssimportpem -hp 80000000 -ipem foreign.pem -rsa -pwdk rrrr -opu foreign.pub -opr foreign.priv
tssload -hp 80000000 -ipu foreign.pub -ipr foreign.priv
tsssign -hk 80000001 -rsa -pwdk rrrr -if message -os signature
tssverifysignature -ipem foreign.pub.pem -if message -is signature
tssflushcontext -ha 80000001
tssloadexternal -ipem foreign.pub.pem
tssverifysignature -hk 80000001 -if message -is signature
tssflushcontext -ha 80000001

# duplication to another parent, wrapped twice, and wrapped anew for a third
tsspolicymaker -if <(echo 0000016c0000014b) -of duplicate.policy # TPM2_PolicyCommandCode(Duplicate)
tsscreateprimary -hi o -st -opu second.pub # 80000001, the second parent
tsscreate -hp 80000000 -ecc nistp256 -si -kt nf -kt np -pol duplicate.policy -pwdk key -opu dup.pub -opr dup.priv
tssload -hp 80000000 -ipu dup.pub -ipr dup.priv # 80000002
tssreadpublic -ho 80000002
cp h80000002.bin dup.name
tssstartauthsession -se p
refused 99d tssduplicate -ho 80000002 -od plain -se0 03000000 1
tsspolicycommandcode -ha 03000000 -cc 14b
head -c 16 /dev/urandom >inner.key
tssduplicate -ho 80000002 -hp 80000000 -salg aes -ik inner.key -od wrapped -oss seed -se0 03000000 0
refused 4d5 tssimport -hp 80000001 -ipu dup.pub -id wrapped -iss seed -salg aes -ik inner.key -opr wrong.priv
tssimport -hp 80000000 -ipu dup.pub -id wrapped -iss seed -salg aes -ik inner.key -opr again.priv
tssstartauthsession -se p
tsspolicycommandcode -ha 03000000 -cc 14b
tssduplicate -ho 80000002 -hp 80000000 -od wrapped -oss seed -se0 03000000 0
tssflushcontext -ha 80000002
tssrewrap -ho 80000000 -hn 80000001 -id wrapped -in dup.name -iss seed -od rewrapped -oss reseed
tssimport -hp 80000001 -ipu dup.pub -id rewrapped -iss reseed -opr imported.priv
tssload -hp 80000001 -ipu dup.pub -ipr imported.priv
tsssign -hk 80000002 -ecc -pwdk key -if message -os signature
tssflushcontext -ha 80000002
tssflushcontext -ha 80000001

# a derivation parent gives the same child for the same label, and another for another
tsscreateloaded -hp 80000000 -dp -kt f -kt p -opu derivation.pub -opr derivation.priv # 80000001
tsscreateloaded -hp 80000001 -der -des -kt f -kt p -opu child1
tssflushcontext -ha 80000002
tsscreateloaded -hp 80000001 -der -des -kt f -kt p -opu child2
cmp child1 child2
tssflushcontext -ha 80000002
tssflushcontext -ha 80000001

# a credential for a key that is known by its Name
tsscreate -hp 80000000 -ecc nistp256 -si -opu id.pub -opr id.priv
tssload -hp 80000000 -ipu id.pub -ipr id.priv # 80000001
printf 'a credential' >credential
tssmakecredential -ha 80000000 -icred credential -in h80000001.bin -ocred blob -os secret
tssactivatecredential -ha 80000001 -hk 80000000 -icred blob -is secret -ocred activated
cmp credential activated
