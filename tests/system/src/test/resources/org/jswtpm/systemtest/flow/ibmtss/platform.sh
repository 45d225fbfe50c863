# The TPM as a whole: PCRs and their banks, clock, contexts, the dictionary attack logic, capabilities.
tsspcrread -ha 0 -halg sha256 -of pcr
test "$(hex pcr)" = "$(printf '%064d' 0)"
refused 907 tsspcrreset -ha 0
tsspcrextend -ha 16 -halg sha1 -halg sha256 -halg sha384 -ic data
tsspcrread -ha 16 -halg sha384 -of pcr
{ head -c 48 /dev/zero; printf data; head -c 44 /dev/zero; } | openssl dgst -sha384 -binary | cmp pcr

# banks change with the next start
tsspcrallocate -sha1
tsspcrread -ha 16 -halg sha256 -of pcr
tssshutdown -c
power_cycle
tssstartup -c
tsspcrread -ha 16 -halg sha256 | grep 'count 0'
tsspcrallocate -sha256
tssshutdown -c
power_cycle
tssstartup -c
tsspcrread -ha 16 -halg sha256 -of pcr

# the clock only goes forward
tssreadclock
tssclockset -time 1000000000 -hi o
refused 1c4 tssclockset -time 1000 -hi o
tssclockrateadjust -adj 3
tssclockrateadjust -adj -3

# contexts: of a session once only, of an object as often as one likes, until the reset
tsscreateprimary -hi o -ecc nistp256
tsscontextsave -ha 80000000 -of object
tsscontextload -if object # 80000001
tssflushcontext -ha 80000000
tssflushcontext -ha 80000001
tssstartauthsession -se p
tsscontextsave -ha 03000000 -of session
refused 910 tsspolicypassword -ha 03000000
tsscontextload -if session
tsspolicypassword -ha 03000000
refused 1cb tsscontextload -if session
tssflushcontext -ha 03000000
tssshutdown -c
power_cycle
tssstartup -c
refused 1df tsscontextload -if object

# failures are counted, lock out, and are taken back
printf seal >seal
tssdictionaryattackparameters -nmt 2 -nrt 10000 -lr 1000
tsscreateprimary -hi o -ecc nistp256
tsscreate -hp 80000000 -bl -kt f -kt p -da -if seal -pwdk seal -opu seal.pub -opr seal.priv
tssload -hp 80000000 -ipu seal.pub -ipr seal.priv # 80000001
tssunseal -ha 80000001 -pwd seal || tssunseal -ha 80000001 -pwd seal # libtpms 0.9 answers TPM_RC_RETRY at the first use
refused 98e tssunseal -ha 80000001 -pwd wrong
refused 98e tssunseal -ha 80000001 -pwd wrong
refused 921 tssunseal -ha 80000001 -pwd seal
tssdictionaryattacklockreset
tssunseal -ha 80000001 -pwd seal -of unsealed
cmp seal unsealed

for capability in 0 1 2 3 4 6 7 8; do # 5, the PCRs, are more banks than these utilities know
    tssgetcapability -cap $capability -pr "$([ $capability = 1 ] && echo 80000000 || echo 0)"
done
tssgetrandom -by 16
tssstirrandom -if seal
tssstartup -sto
