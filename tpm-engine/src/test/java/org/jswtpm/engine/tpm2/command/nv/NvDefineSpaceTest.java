package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.command.nv.NvRequests.AUTH;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.BITS;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.BY_ALL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.COUNTER;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.EXTEND;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.INDEX;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.PIN_FAIL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.PIN_PASS;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.define;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.readPublic;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.undefine;

import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_NV_DefineSpace, TPM2_NV_ReadPublic, TPM2_NV_UndefineSpace and TPM2_NV_UndefineSpaceSpecial. */
class NvDefineSpaceTest {
    private static final int PLATFORM_CREATE = 1 << 30;
    private static final int POLICY_DELETE = 1 << 10;
    private static final int NO_DA = 1 << 25;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    @Test
    void thePublicAreaAndTheNameCanBeRead() {
        tpm.send(define(BY_ALL, 8)).isSuccess();
        String area = "01800001 000b 00060006 0000 0008";
        Bytes digest = Bytes.wrap(Hasher.digest(Digest.SHA256, Bytes.hex(area).toArray()));
        tpm.send(readPublic()).hasParameters("000e" + area + "0022 000b" + digest);
    }

    @Test
    void whatIsUndefinedIsGone() {
        tpm.send(define(BY_ALL, 8)).isSuccess();
        tpm.send(define(BY_ALL, 8)).hasCode(TpmRc.NV_DEFINED);
        tpm.send(undefine(Handle.OWNER)).isSuccess();
        tpm.send(readPublic()).hasCode(TpmRc.HANDLE.handle(1));
        tpm.send(undefine(Handle.OWNER)).hasCode(TpmRc.HANDLE.handle(2));
        tpm.send(define(BY_ALL, 8)).isSuccess();
    }

    @Test
    void theOwnerUndefinesNothingOfThePlatform() {
        tpm.send(define(Handle.PLATFORM, "", "000b", BY_ALL | PLATFORM_CREATE, "", 8))
                .isSuccess();
        tpm.send(undefine(Handle.OWNER)).hasCode(TpmRc.NV_AUTHORIZATION);
        tpm.send(undefine(Handle.PLATFORM)).isSuccess();
        tpm.send(define(BY_ALL, 8)).isSuccess();
        tpm.send(undefine(Handle.PLATFORM)).isSuccess();
    }

    @Test
    void policyDeleteAsksThePolicyAndThePlatform() {
        ClientSession session =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).authNotIncluded();
        TestCommand restrict = TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                .handle(session.handle())
                .parameters("0000011f");
        tpm.send(restrict).isSuccess();
        Bytes policy = tpm.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session.handle()))
                .read()
                .sized2(64);
        int attributes = BY_ALL | PLATFORM_CREATE | POLICY_DELETE;
        tpm.send(define(Handle.PLATFORM, "", "000b", attributes, policy.toString(), 8))
                .isSuccess();
        tpm.send(undefine(Handle.PLATFORM)).hasCode(TpmRc.ATTRIBUTES.handle(2));
        Bytes name = tpm.send(readPublic()).parameters();
        TestCommand special = TestCommand.of(CommandCode.NV_UNDEFINE_SPACE_SPECIAL)
                .handle(INDEX, name.slice(name.size() - 34, 34))
                .handle(Handle.PLATFORM);
        tpm.send(special.password("").password("")).hasCode(TpmRc.AUTH_TYPE.session(1));
        tpm.send(special.session(session).password("")).isSuccess();
        tpm.send(readPublic()).hasCode(TpmRc.HANDLE.handle(1));
    }

    @Test
    void takesPasswordsAndHmacs() {
        TestCommand bare = TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                .handle(Handle.OWNER)
                .sized(Bytes.EMPTY)
                .sized(Bytes.hex("01800001 000b 00060006 0000 0008"));
        tpm.send(bare).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(bare.password("01")).hasCode(TpmRc.BAD_AUTH.session(1));
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 128)
                .attributes(ClientSession.CONTINUE | ClientSession.DECRYPT);
        tpm.send(bare.session(session)).isSuccess();
    }

    record Fault(String name, TestCommand command, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault byOwner(String name, int attributes, int size, TpmRc answer) {
        return new Fault(name, define(attributes, size), answer);
    }

    static Stream<Fault> faults() {
        TpmRc attributes = TpmRc.ATTRIBUTES.parameter(2);
        TpmRc size = TpmRc.SIZE.parameter(2);
        String longAuth = "5a".repeat(33);
        return Stream.of(
                byOwner("reserved bits", BY_ALL | 0x100, 8, TpmRc.RESERVED_BITS.parameter(2)),
                byOwner("a type that is none", BY_ALL | 0x30, 8, attributes),
                byOwner("a counter of other size", BY_ALL | COUNTER, 4, size),
                byOwner("bits of other size", BY_ALL | BITS, 9, size),
                byOwner("an extend of other size", BY_ALL | EXTEND, 20, size),
                byOwner("a PIN of other size", 0x0202_0002 | PIN_FAIL, 4, size),
                byOwner("a PIN Fail with DA", 0x0006_0002 | PIN_FAIL, 8, attributes),
                byOwner("a PIN written by its PIN", BY_ALL | PIN_PASS, 8, attributes),
                byOwner("a PIN that is locked globally", 0x0006_8002 | PIN_PASS, 8, attributes),
                byOwner("a counter that is cleared", BY_ALL | COUNTER | 1 << 27, 8, attributes),
                byOwner("written already", BY_ALL | 1 << 29, 8, attributes),
                byOwner("locked already", BY_ALL | 1 << 11, 8, attributes),
                byOwner("no reader", 0x0000_0006, 8, attributes),
                byOwner("no writer", 0x0006_0000, 8, attributes),
                byOwner("cleared and locked for good", BY_ALL | 1 << 27 | 1 << 13, 8, attributes),
                byOwner("of the platform", BY_ALL | PLATFORM_CREATE, 8, TpmRc.ATTRIBUTES.handle(1)),
                byOwner("POLICY_DELETE by the owner", BY_ALL | POLICY_DELETE, 8, attributes),
                byOwner("too long", BY_ALL, 2049, size),
                byOwner("too long to write at once", BY_ALL | 1 << 12, 1025, size),
                byOwner("too long for RAM", BY_ALL | 1 << 26, 1024, TpmRc.NV_SPACE),
                new Fault(
                        "a long auth value",
                        define(Handle.OWNER, longAuth, "000b", BY_ALL, "", 8),
                        TpmRc.SIZE.parameter(1)),
                new Fault(
                        "a policy of another hash",
                        define(Handle.OWNER, AUTH, "000b", BY_ALL, "5a".repeat(20), 8),
                        size),
                new Fault(
                        "no Name algorithm",
                        define(Handle.OWNER, AUTH, "0010", BY_ALL, "", 8),
                        TpmRc.HASH.parameter(2)),
                new Fault(
                        "not of the platform",
                        define(Handle.PLATFORM, AUTH, "000b", BY_ALL, "", 8),
                        TpmRc.ATTRIBUTES.handle(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(fault.command).hasCode(fault.answer);
        tpm.send(readPublic()).hasCode(TpmRc.HANDLE.handle(1));
    }

    @Test
    void theAreaIsOfTheSizeThatItSays() {
        TestCommand bare = TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                .handle(Handle.OWNER)
                .password("")
                .sized(Bytes.EMPTY);
        String area = "01800001 000b 00060006 0000 0008";
        tpm.send(bare.parameters("0000")).hasCode(TpmRc.SIZE.parameter(2));
        tpm.send(bare.parameters("000f" + area + "00")).hasCode(TpmRc.SIZE.parameter(2));
        tpm.send(bare.parameters("000d" + area)).hasCode(TpmRc.SIZE.parameter(2));
        tpm.send(bare.parameters("000e" + area + "00")).hasCode(TpmRc.SIZE);
        Bytes ofPcr = new WireWriter()
                .sized2(Bytes.hex(area.replace("01800001", "00000001")))
                .toBytes();
        tpm.send(bare.parameters(ofPcr)).hasCode(TpmRc.VALUE.parameter(2));
    }

    @SameAsSwtpm
    void answersFaultsLikeSwtpm(TpmPair both) {
        faults().forEach(fault -> both.send(fault.command).isIdentical());
    }

    @SameAsSwtpm
    void eachAttributeWithEachTypeIsTakenLikeSwtpm(TpmPair both) {
        for (int type : new int[] {0, COUNTER, BITS, EXTEND, PIN_FAIL | NO_DA, PIN_PASS}) {
            int base = (type & 0xF0) >= PIN_FAIL ? 0x0006_0002 : BY_ALL;
            for (int bit = 0; bit < 32; bit++) {
                Handle by = bit == 30 ? Handle.PLATFORM : Handle.OWNER;
                int attributes = base | type | 1 << bit;
                both.send(define(by, AUTH, "000b", attributes, "", type == EXTEND ? 32 : 8))
                        .isIdentical();
                both.send(readPublic()).isIdentical();
                both.send(undefine(Handle.PLATFORM)).isIdentical();
            }
        }
    }

    /** Of what is not there, of the owner, of the platform, and of the platform with POLICY_DELETE. */
    @SameAsSwtpm
    void undefinesLikeSwtpm(TpmPair both) {
        ClientSession session = both.startPolicySession();
        TestCommand special = TestCommand.of(CommandCode.NV_UNDEFINE_SPACE_SPECIAL)
                .handle(INDEX)
                .handle(Handle.PLATFORM);
        both.refuse(undefine(Handle.OWNER));
        both.refuse(special.session(session).password(""));

        both.succeed(define(BY_ALL | NO_DA, 8));
        both.refuse(undefine(Handle.ENDORSEMENT));
        both.refuse(undefine(Handle.OWNER).parameters("00"));
        both.refuse(special.password("").password(""));
        both.refuse(special.session(session).password(""));
        both.succeed(undefine(Handle.PLATFORM));

        both.succeed(define(Handle.PLATFORM, "", "000b", BY_ALL | NO_DA | PLATFORM_CREATE, "", 8));
        both.refuse(undefine(Handle.OWNER));
        both.succeed(undefine(Handle.PLATFORM));

        Bytes policy = Bytes.wrap(Hasher.digest(
                Digest.SHA256, new byte[32], Bytes.hex("0000016c 0000011f").toArray()));
        int attributes = BY_ALL | NO_DA | PLATFORM_CREATE | POLICY_DELETE;
        both.succeed(define(Handle.PLATFORM, "", "000b", attributes, policy.toString(), 8));
        both.refuse(undefine(Handle.PLATFORM));
        both.refuse(special.session(session).password(""));
        both.succeed(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                .handle(session.handle())
                .parameters("0000011f"));
        both.refuse(special.session(session));
        both.refuse(special.session(session).password("01"));
        both.refuse(special.session(session).password("").parameters("00"));
        both.refuse(TestCommand.of(CommandCode.NV_UNDEFINE_SPACE_SPECIAL)
                .handle(INDEX)
                .handle(Handle.OWNER)
                .session(session)
                .password(""));
        both.succeed(special.session(session).password(""));
        both.refuse(readPublic());
    }
}
