# NV Indices of each type, their attributes and locks.
printf 0123456789abcdef >data

# ordinary: ranges, authorizations, a changed one
tssnvdefinespace -hi o -ha 01000001 -sz 16 -pwdn nv +at wst +at rst
refused 14a tssnvread -ha 01000001 -pwdn nv -sz 16
tssnvwrite -ha 01000001 -pwdn nv -if data
refused 146 tssnvwrite -ha 01000001 -pwdn nv -if data -off 1
refused 9a2 tssnvread -ha 01000001 -pwdn wrong -sz 16
tssnvread -ha 01000001 -pwdn nv -sz 6 -off 10 -of part
test "$(cat part)" = abcdef
tssnvwritelock -ha 01000001 -pwdn nv
refused 148 tssnvwrite -ha 01000001 -pwdn nv -if data
tssnvreadlock -ha 01000001 -pwdn nv
refused 148 tssnvread -ha 01000001 -pwdn nv -sz 16
tssnvreadpublic -ha 01000001
tssnvundefinespace -hi o -ha 01000001
refused 18b tssnvreadpublic -ha 01000001

# its authorization is changed by a policy of the ADMIN role
tsspolicymaker -if <(printf '0000016c0000013b\n0000016b\n') -of change.policy # PolicyCommandCode(NV_ChangeAuth), PolicyAuthValue
tssnvdefinespace -hi o -ha 01000001 -sz 4 -pwdn old -pol change.policy
tssstartauthsession -se p
tsspolicycommandcode -ha 03000000 -cc 13b
tsspolicyauthvalue -ha 03000000
tssnvchangeauth -ha 01000001 -pwdo old -pwdn new -se0 03000000 1
tssflushcontext -ha 03000000
tssnvwrite -ha 01000001 -pwdn new -ic 1234
tssnvundefinespace -hi o -ha 01000001

# a counter only goes up, also over the end of its Index
tssnvdefinespace -hi o -ha 01000002 -ty c
refused 14a tssnvread -ha 01000002 -sz 8
tssnvincrement -ha 01000002
tssnvread -ha 01000002 -sz 8 -of first
tssnvincrement -ha 01000002
tssnvread -ha 01000002 -sz 8 -of second
test $((16#$(hex second))) = $((16#$(hex first) + 1))
refused 82 tssnvwrite -ha 01000002 -if first
tssnvundefinespace -hi o -ha 01000002
tssnvdefinespace -hi o -ha 01000002 -ty c
tssnvincrement -ha 01000002
tssnvread -ha 01000002 -sz 8 -of third
test $((16#$(hex third))) = $((16#$(hex second) + 1))

# bits stay set
tssnvdefinespace -hi o -ha 01000003 -ty b
tssnvsetbits -ha 01000003 -bit 0 -bit 63
tssnvsetbits -ha 01000003 -bit 16
tssnvread -ha 01000003 -sz 8 -of bits
test "$(hex bits)" = 8000000000010001

# an Index is extended as a PCR is
tssnvdefinespace -hi o -ha 01000004 -ty e -nalg sha384
tssnvextend -ha 01000004 -if data
tssnvread -ha 01000004 -sz 48 -of extended
{ head -c 48 /dev/zero; cat data; } | sha384sum | cut -d' ' -f1 >expected
test "$(hex extended)" = "$(cat expected)"

# a PIN Index counts who comes with its authorization (pass), or without (fail), up to a limit
tssnvdefinespace -hi o -hia o -ha 01000005 -ty p -pwdn pin +at ar -at aw
tssnvwrite -hia o -ha 01000005 -id 0 2
for use in 1 2; do
    tssnvread -ha 01000005 -pwdn pin -sz 8 -of pin
done
test "$(hex pin)" = 0000000200000002
refused 12f tssnvread -ha 01000005 -pwdn pin -sz 8
tssnvdefinespace -hi o -hia o -ha 01000006 -ty f -pwdn pin +at ar -at aw
tssnvwrite -hia o -ha 01000006 -id 0 2
refused 9a2 tssnvread -ha 01000006 -pwdn wrong -sz 8
tssnvread -hia o -ha 01000006 -sz 8 -of pin
test "$(hex pin)" = 0000000100000002
tssnvread -ha 01000006 -pwdn pin -sz 8 -of pin # the right one takes the failures back
test "$(hex pin)" = 0000000000000002

# all Indices of an attribute are locked at once, until the next reset
tssnvdefinespace -hi o -hia o -ha 01000007 -sz 4 +at gl
tssnvwrite -hia o -ha 01000007 -ic 1234
tssnvglobalwritelock -hia o
refused 148 tssnvwrite -hia o -ha 01000007 -ic 1234

# orderly data lives in memory until the shutdown for a resume
tssnvdefinespace -hi o -hia o -ha 01000008 -sz 4 +at ody
tssnvwrite -hia o -ha 01000008 -ic 1234
tssshutdown -s
power_cycle
tssstartup -s
tssnvread -hia o -ha 01000008 -sz 4 -of orderly
test "$(cat orderly)" = 1234
tssnvread -ha 01000004 -sz 48 -of extended
test "$(hex extended)" = "$(cat expected)"

# an Index of the platform that only a policy deletes
tsspolicymaker -if <(echo 0000016c0000011f) -of undefine.policy # PolicyCommandCode(NV_UndefineSpaceSpecial)
tssnvdefinespace -hi p -hia p -ha 01000009 -sz 4 +at pold -pol undefine.policy
refused 282 tssnvundefinespace -hi p -ha 01000009
tssstartauthsession -se p
tsspolicycommandcode -ha 03000000 -cc 11f
tssnvundefinespacespecial -ha 01000009 -se0 03000000 1
refused 18b tssnvreadpublic -ha 01000009
