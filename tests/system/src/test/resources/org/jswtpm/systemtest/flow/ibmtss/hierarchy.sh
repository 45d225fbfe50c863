# Hierarchies: primary keys, authorizations, policies, what is switched off, cleared and changed.
tsscreateprimary -hi o -ecc nistp256 -opu first
tssflushcontext -ha 80000000
tsscreateprimary -hi o -ecc nistp256 -opu again
tssflushcontext -ha 80000000
cmp first again

tsshierarchychangeauth -hi o -pwdn owner
refused 9a2 tsscreateprimary -hi o -ecc nistp256
tsscreateprimary -hi o -ecc nistp256 -pwdp owner -opu again
cmp first again
tssflushcontext -ha 80000000

# a policy takes the place of the authorization value
tsspolicymaker -if <(echo 0000016c00000131) -of createprimary.policy >/dev/null # TPM2_PolicyCommandCode(CreatePrimary)
tsssetprimarypolicy -hi o -pwda owner -pol createprimary.policy -halg sha256
tssstartauthsession -se p
refused 99d tsscreateprimary -hi o -ecc nistp256 -se0 03000000 1
tsspolicycommandcode -ha 03000000 -cc 131
tsscreateprimary -hi o -ecc nistp256 -se0 03000000 0
tssflushcontext -ha 80000000

# each hierarchy can be switched off by the platform, and the others by their owners
tsscreateprimary -hi e -ecc nistp256
tsshierarchycontrol -hi p -he e -state 0
refused 185 tsscreateprimary -hi e -ecc nistp256
tssgetcapability -cap 1 -pr 80000000 | grep -q '0 handles'
tsshierarchycontrol -hi p -he e -state 1
tsshierarchycontrol -hi o -he o -pwda owner -state 0
refused 185 tsscreateprimary -hi o -ecc nistp256 -pwdp owner
refused 185 tsshierarchycontrol -hi o -he o -pwda owner -state 1
tsshierarchycontrol -hi p -he o -state 1

# clearing takes the authorizations and makes other keys; the lockout can be kept from it
tssclearcontrol -hi p -state 1
refused 120 tssclear -hi l
tssclearcontrol -hi p -state 0
tssclear -hi l
tsscreateprimary -hi o -ecc nistp256 -opu again
tssflushcontext -ha 80000000
! cmp first again

for hierarchy in e p; do
    tsscreateprimary -hi $hierarchy -ecc nistp256 -opu before
    tssflushcontext -ha 80000000
    tsschange${hierarchy}ps
    tsscreateprimary -hi $hierarchy -ecc nistp256 -opu after
    tssflushcontext -ha 80000000
    ! cmp before after
done

# keys of the null hierarchy change with each reset
tsscreateprimary -hi n -ecc nistp256 -opu before
tssshutdown -c
power_cycle
tssstartup -c
tsscreateprimary -hi n -ecc nistp256 -opu after
! cmp before after
