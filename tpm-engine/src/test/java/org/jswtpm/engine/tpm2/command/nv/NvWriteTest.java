package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.command.nv.NvRequests.AUTH;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.BITS;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.BY_ALL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.COUNTER;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.EXTEND;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.PIN_FAIL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.PIN_PASS;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.byIndex;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.byOwner;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.define;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.read;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.readPublic;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.undefine;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.write;

import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_NV_Write, TPM2_NV_Increment, TPM2_NV_SetBits and TPM2_NV_Extend: each writes to Indices of its own type. */
class NvWriteTest {
    private static final int WRITEALL = 1 << 12;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand increment() {
        return byOwner(CommandCode.NV_INCREMENT);
    }

    private static TestCommand setBits(String bits) {
        return byOwner(CommandCode.NV_SET_BITS).parameters(bits);
    }

    private static TestCommand extend(String data) {
        return byOwner(CommandCode.NV_EXTEND).sized(Bytes.hex(data));
    }

    @Test
    void writesARangeAndLeavesTheRest() {
        tpm.send(define(BY_ALL, 8)).isSuccess();
        tpm.send(write("a1a2", 1)).isSuccess();
        tpm.send(read(8, 0)).hasParameters("0008 ffa1a2ffffffffff");
        tpm.send(write("b2b3", 2)).isSuccess();
        tpm.send(read(4, 0)).hasParameters("0004 ffa1b2b3");
    }

    @Test
    void writeAllWritesAllOrNothing() {
        tpm.send(define(BY_ALL | WRITEALL, 4)).isSuccess();
        tpm.send(write("a1a2a3", 0)).hasCode(TpmRc.NV_RANGE);
        tpm.send(write("a1a2a3", 1)).hasCode(TpmRc.NV_RANGE);
        tpm.send(read(1, 0)).hasCode(TpmRc.NV_UNINITIALIZED);
        tpm.send(write("a1a2a3a4", 0)).isSuccess();
    }

    @Test
    void aCounterCountsAndANewOneGoesOnWhereTheLastOneWas() {
        tpm.send(define(BY_ALL | COUNTER, 8)).isSuccess();
        tpm.send(increment()).isSuccess();
        tpm.send(increment()).isSuccess();
        tpm.send(read(8, 0)).hasParameters("0008 0000000000000002");
        tpm.send(undefine(Handle.OWNER)).isSuccess();
        tpm.send(define(BY_ALL | COUNTER, 8)).isSuccess();
        tpm.send(read(8, 0)).hasCode(TpmRc.NV_UNINITIALIZED);
        tpm.send(increment()).isSuccess();
        tpm.send(read(8, 0)).hasParameters("0008 0000000000000003");
    }

    @Test
    void bitsAreSetAndNeverCleared() {
        tpm.send(define(BY_ALL | BITS, 8)).isSuccess();
        tpm.send(setBits("8000000000000001")).isSuccess();
        tpm.send(setBits("0000000000000102")).isSuccess();
        tpm.send(read(8, 0)).hasParameters("0008 8000000000000103");
        tpm.send(byOwner(CommandCode.NV_SET_BITS).parameters("80")).hasCode(TpmRc.INSUFFICIENT.parameter(1));
    }

    @Test
    void anExtendDigestsWhatWasThereAndWhatComes() {
        tpm.send(define(BY_ALL | EXTEND, 32)).isSuccess();
        tpm.send(extend("0102")).isSuccess();
        byte[] expected = Hasher.digest(Digest.SHA256, new byte[32], new byte[] {1, 2});
        tpm.send(read(32, 0)).hasParameters("0020" + Bytes.wrap(expected));
        tpm.send(extend("")).isSuccess();
        expected = Hasher.digest(Digest.SHA256, expected);
        tpm.send(read(32, 0)).hasParameters("0020" + Bytes.wrap(expected));
    }

    record Fault(String name, int attributes, TestCommand command, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        TpmRc type = TpmRc.ATTRIBUTES.handle(2);
        return Stream.of(
                new Fault("offset past the end", BY_ALL, write("", 33), TpmRc.VALUE.parameter(2)),
                new Fault("range crosses the end", BY_ALL, write("0102", 31), TpmRc.NV_RANGE),
                new Fault("more than a buffer holds", BY_ALL, write("00".repeat(1025), 0), TpmRc.SIZE.parameter(1)),
                new Fault("write to an extend", BY_ALL | EXTEND, write("01", 0), TpmRc.ATTRIBUTES),
                new Fault("increment of octets", BY_ALL, increment(), type),
                new Fault("increment of an extend", BY_ALL | EXTEND, increment(), type),
                new Fault("bits of octets", BY_ALL, setBits("0000000000000001"), type),
                new Fault("extend of octets", BY_ALL, extend("01"), type),
                new Fault("a long extend", BY_ALL | EXTEND, extend("00".repeat(1025)), TpmRc.SIZE.parameter(1)),
                new Fault("not for the owner", 0x0004_0004, write("01", 0), TpmRc.NV_AUTHORIZATION),
                new Fault("not by the auth value", 0x0006_0002, ofIndex(AUTH), TpmRc.AUTH_UNAVAILABLE),
                new Fault("a wrong auth value", BY_ALL, ofIndex("00"), TpmRc.AUTH_FAIL.session(1)),
                new Fault("a wrong auth value without DA", BY_ALL | 1 << 25, ofIndex("00"), TpmRc.BAD_AUTH.session(1)));
    }

    private static TestCommand ofIndex(String password) {
        return byIndex(CommandCode.NV_WRITE, password).sized(Bytes.zeros(1)).parameters("0000");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(define(fault.attributes, 32)).isSuccess();
        tpm.send(fault.command).hasCode(fault.answer);
        tpm.send(read(1, 0))
                .hasCode((fault.attributes & 0x2_0000) == 0 ? TpmRc.NV_AUTHORIZATION : TpmRc.NV_UNINITIALIZED);
    }

    @Test
    void takesTheAuthValueOfTheIndexByPasswordAndByHmac() {
        tpm.send(define(BY_ALL, 8)).isSuccess();
        tpm.send(ofIndex(AUTH)).isSuccess();
        Bytes name = tpm.send(readPublic()).parameters();
        Bytes indexName = name.slice(name.size() - 34, 34);
        TestCommand bare = TestCommand.of(CommandCode.NV_WRITE)
                .handle(NvRequests.INDEX, indexName)
                .handle(NvRequests.INDEX, indexName)
                .sized(Bytes.hex("07"))
                .parameters("0000");
        tpm.send(bare).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(bare.session(tpm.startHmacSession().auth(Bytes.hex(AUTH)))).isSuccess();
        tpm.send(read(1, 0)).hasParameters("0001 07");
    }

    @SameAsSwtpm
    void answersFaultsLikeSwtpm(TpmPair both) {
        faults().forEach(fault -> {
            both.send(define(fault.attributes, 32)).isIdentical();
            TpmRc expected = both.swtpm().send(fault.command).code();
            // libtpms before 0.10 wants the first use of a protected entity twice
            boolean again = expected.equals(new TpmRc(0x922));
            both.ours()
                    .send(fault.command)
                    .hasCode(again ? both.swtpm().send(fault.command).code() : expected);
            both.send(undefine(Handle.OWNER)).isIdentical();
        });
    }

    @SameAsSwtpm
    void writesLikeSwtpm(TpmPair both) {
        for (int orderly : new int[] {0, 1 << 26}) {
            both.send(define(BY_ALL | orderly, 16)).isIdentical();
            for (TestCommand command : new TestCommand[] {
                write("", 0), read(16, 0), write("a1a2", 3), read(16, 0), write("b1".repeat(16), 0), read(16, 0)
            }) {
                both.send(command).isIdentical();
            }
            both.send(undefine(Handle.OWNER)).isIdentical();
            both.send(define(BY_ALL | orderly | COUNTER, 8)).isIdentical();
            for (int i = 0; i < 3; i++) {
                both.send(increment()).isIdentical();
                both.send(read(8, 0)).isIdentical();
                both.send(readPublic()).isIdentical();
            }
            both.send(undefine(Handle.OWNER)).isIdentical();
            both.send(define(BY_ALL | orderly | BITS, 8)).isIdentical();
            both.send(setBits("0100000000000001")).isIdentical();
            both.send(setBits("0000000000000006")).isIdentical();
            both.send(read(8, 0)).isIdentical();
            both.send(undefine(Handle.OWNER)).isIdentical();
            both.send(define(BY_ALL | orderly | EXTEND, 32)).isIdentical();
            both.send(extend("616263")).isIdentical();
            both.send(extend("")).isIdentical();
            both.send(read(32, 0)).isIdentical();
            both.send(undefine(Handle.OWNER)).isIdentical();
        }
    }

    /** Each command that writes or reads to an Index of each type, before and after it is locked, by each who may or may not. */
    @SameAsSwtpm
    void everyTypeTakesAndRefusesLikeSwtpm(TpmPair both) {
        int noDaAndLocks = 1 << 25 | 1 << 14 | 1 << 31;
        for (int type : new int[] {0, COUNTER, BITS, EXTEND, PIN_FAIL, PIN_PASS}) {
            int by = type >= PIN_FAIL ? 0x0006_0002 : BY_ALL;
            both.succeed(define(by | type | noDaAndLocks, type == EXTEND ? 32 : 8));
            tryAll(both);
            both.succeed(byOwner(CommandCode.NV_WRITE_LOCK));
            tryAll(both);
            both.succeed(byOwner(CommandCode.NV_READ_LOCK));
            tryAll(both);
            both.succeed(undefine(Handle.OWNER));
        }
        tryAll(both);
    }

    private static void tryAll(TpmPair both) {
        for (CommandCode code : new CommandCode[] {
            CommandCode.NV_READ,
            CommandCode.NV_WRITE,
            CommandCode.NV_INCREMENT,
            CommandCode.NV_SET_BITS,
            CommandCode.NV_EXTEND,
            CommandCode.NV_READ
        }) {
            for (String parameters : switch (code) {
                case NV_READ -> new String[] {"0008 0000", "0000 0008", "0009 0000", "0001 0020", "0401 0000"};
                case NV_WRITE ->
                    new String[] {"0008 0000000100000002 0000", "0000 0008", "0001 aa 0008", "0001 aa 0020"};
                case NV_SET_BITS -> new String[] {"0000000000000001"};
                case NV_EXTEND -> new String[] {"0001 aa", "0000"};
                default -> new String[] {""};
            }) {
                both.send(byOwner(code).parameters(parameters)).isIdentical();
                both.send(byIndex(code, "00").parameters(parameters)).isIdentical();
                both.send(byIndex(code, AUTH).parameters(parameters)).isIdentical();
                both.send(TestCommand.of(code)
                                .handle(Handle.PLATFORM)
                                .handle(NvRequests.INDEX)
                                .password("")
                                .parameters(parameters))
                        .isIdentical();
                both.send(byOwner(code).parameters(parameters + "00")).isIdentical();
            }
            both.send(readPublic()).isIdentical();
        }
    }
}
