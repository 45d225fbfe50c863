# Sessions: plain, bound, salted, both; encrypted in both ways; audited; for one command and for many.
tsscreateprimary -hi o -st -pwdk parent # 80000000
tsscreate -hp 80000000 -pwdp parent -ecc nistp256 -st -kt f -kt p -pwdk storage -opu storage.pub -opr storage.priv
tssload -hp 80000000 -pwdp parent -ipu storage.pub -ipr storage.priv # 80000001
printf message >message

for start in '' '-bi 80000000 -pwdb parent' '-bi 80000001 -pwdb storage' '-hs 80000000' '-hs 80000001' \
    '-hs 80000000 -bi 80000001 -pwdb storage'; do
    for protection in '-sym xor -halg sha1' '-sym xor -halg sha256' '-sym aes -halg sha256' '-sym aes -halg sha384'; do
        # shellcheck disable=SC2086 # a list of words
        tssstartauthsession -se h $start $protection
        tsscreate -hp 80000001 -bl -kt f -kt p -if message -pwdp storage -pwdk seal -opu seal.pub -opr seal.priv -se0 02000000 61
        case $start in
        *'-bi 80000001'*) ;; # a session does not ask for the authorization of what it is bound to
        *) refused 9a2 tssload -hp 80000001 -ipu seal.pub -ipr seal.priv -pwdp wrong -se0 02000000 21 ;;
        esac
        tssload -hp 80000001 -pwdp storage -ipu seal.pub -ipr seal.priv -se0 02000000 21
        tssunseal -ha 80000002 -pwd seal -of unsealed -se0 02000000 40
        cmp message unsealed
        refused b0010 tssunseal -ha 80000002 -pwd seal -se0 02000000 0 # the session has gone
        tssflushcontext -ha 80000002
    done
done
