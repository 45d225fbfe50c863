# Policies: each guards the same sealed secret.
printf secret >secret
tpm2_createprimary -Q -C o -G ecc -c primary
tpm2_flushcontext --transient-object
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out signer.pem
openssl pkey -in signer.pem -pubout -out signer.pub
tpm2_loadexternal -Q -C o -G rsa -u signer.pub -c signer -n signer.name
tpm2_flushcontext --transient-object
tpm2_nvdefine -Q -C o -s 4 -a 'ownerread|ownerwrite' 0x1000001
printf '\000\000\000\020' | tpm2_nvwrite -Q -C o -i - 0x1000001
printf '\000\000\000\040' >more

assertions() { # what the policy of this name says, in the session "session"
    case $1 in
    authvalue) tpm2_policyauthvalue -S session -L policy ;;
    password) tpm2_policypassword -S session -L policy ;;
    commandcode) tpm2_policycommandcode -S session -L policy TPM2_CC_Unseal ;;
    countertimer) tpm2_policycountertimer -S session -L policy --ult 0xffffffffffff ;;
    locality) tpm2_policylocality -S session -L policy zero ;;
    nv) tpm2_policynv -S session -C o -L policy -i more 0x1000001 ult ;;
    pcr) tpm2_policypcr -Q -S session -L policy -l sha256:7,16 ;;
    secret) tpm2_policysecret -Q -S session -L policy -c o ;;
    signed)
        openssl dgst -sha256 -sign signer.pem -out authorization <(printf '\000\000\000\000')
        tpm2_policysigned -S session -g sha256 -s authorization -f rsassa -c signer -L policy
        tpm2_flushcontext --transient-object
        ;;
    or)
        assertions commandcode
        tpm2_policyor -S session -L policy sha256:commandcode.policy,password.policy
        ;;
    authorize)
        assertions commandcode
        openssl dgst -sha256 -sign signer.pem -out approval commandcode.policy
        tpm2_loadexternal -Q -C o -G rsa -u signer.pub -c signer
        tpm2_verifysignature -c signer -g sha256 -m commandcode.policy -s approval -f rsassa -t ticket
        tpm2_flushcontext --transient-object
        tpm2_policyauthorize -S session -L policy -i commandcode.policy -n signer.name -t ticket
        ;;
    authorizenv)
        assertions commandcode
        tpm2_policyauthorizenv -S session -C o -L policy 0x1000002
        ;;
    esac
}
for name in authvalue password commandcode countertimer locality nv pcr secret signed or authorize authorizenv; do
    if [ $name = authorizenv ]; then
        tpm2_nvdefine -Q -C o -s 34 -a 'ownerread|ownerwrite' 0x1000002
        printf '\000\013' | cat - commandcode.policy | tpm2_nvwrite -Q -C o -i - 0x1000002
    fi
    tpm2_startauthsession -S session
    assertions $name
    tpm2_flushcontext session
    cp policy $name.policy
    tpm2_create -Q -C primary -u pub -r priv -L policy -i secret -p auth -a 'fixedtpm|fixedparent'
    tpm2_flushcontext --transient-object
    tpm2_load -Q -C primary -u pub -r priv -c sealed
    tpm2_flushcontext --transient-object

    tpm2_startauthsession --policy-session -S session
    refused 99d tpm2_unseal -c sealed -p session:session
    tpm2_flushcontext --transient-object
    tpm2_policyrestart -S session
    assertions $name
    case $name in
    authvalue | password) tpm2_unseal -c sealed -p session:session+auth -o unsealed ;;
    *) tpm2_unseal -c sealed -p session:session -o unsealed ;;
    esac
    tpm2_flushcontext --transient-object
    tpm2_flushcontext session
    cmp secret unsealed
done

# the rest only for what they add to the digest
tpm2_startauthsession -S session
tpm2_policynvwritten -S session -L a c
tpm2_policyrestart -S session
tpm2_policynvwritten -S session -L b s
! cmp a b
tpm2_policyrestart -S session
{ printf '\000\040' && openssl dgst -sha256 -binary secret; } >secret.hash
tail -c 32 secret.hash >name.hash
tpm2_policycphash -S session -L a --cphash secret.hash
tpm2_policyrestart -S session
tpm2_policynamehash -S session -L a -n name.hash
tpm2_policyrestart -S session
tpm2_policytemplate -S session -L a --template-hash name.hash
tpm2_policyrestart -S session
tpm2_policyduplicationselect -S session -L a -N signer.name -n signer.name
tpm2_getpolicydigest -S session -o b
cmp a b
tpm2_flushcontext session
tpm2_setprimarypolicy -C o -L commandcode.policy -g sha256
tpm2_createpolicy -Q --policy-pcr -l sha256:7 -L a
