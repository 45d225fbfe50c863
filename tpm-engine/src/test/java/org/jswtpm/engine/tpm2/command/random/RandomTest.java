package org.jswtpm.engine.tpm2.command.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_GetRandom and TPM2_StirRandom. */
class RandomTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand getRandom(String size) {
        return TestCommand.of(CommandCode.GET_RANDOM).parameters(size);
    }

    private static TestCommand stirRandom(String data) {
        return TestCommand.of(CommandCode.STIR_RANDOM).parameters(data);
    }

    record Fault(String name, TestCommand command, TpmRc answer) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("no size", getRandom(""), TpmRc.INSUFFICIENT.parameter(1)),
                new Fault("half a size", getRandom("00"), TpmRc.INSUFFICIENT.parameter(1)),
                new Fault("a rest", getRandom("0001 00"), TpmRc.SIZE),
                new Fault("an authorization", getRandom("0001").password(""), TpmRc.HANDLE.session(1)),
                new Fault("no data", stirRandom(""), TpmRc.INSUFFICIENT.parameter(1)),
                new Fault("cut off", stirRandom("0002 00"), TpmRc.INSUFFICIENT.parameter(1)),
                new Fault("too much", stirRandom("0081" + "00".repeat(129)), TpmRc.SIZE.parameter(1)),
                new Fault("a rest of data", stirRandom("0001 0000"), TpmRc.SIZE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(fault.command).hasCode(fault.answer);
    }

    /** No more than the largest digest at once: Part 3, 16.1. */
    @Test
    void givesAtMostADigest() {
        tpm.send(getRandom("0000")).hasParameters("0000");
        assertEquals(2 + 7, tpm.send(getRandom("0007")).parameters().size());
        assertEquals(2 + 64, tpm.send(getRandom("0040")).parameters().size());
        assertEquals(2 + 64, tpm.send(getRandom("ffff")).parameters().size());
        assertNotEquals(
                tpm.send(getRandom("0010")).parameters(),
                tpm.send(getRandom("0010")).parameters());
    }

    @Test
    void isStirred() {
        Tpm2Fixture twin = Tpm2Fixture.started();
        assertEquals(
                tpm.send(getRandom("0010")).parameters(),
                twin.send(getRandom("0010")).parameters(),
                "two TPMs with the same entropy");
        tpm.send(stirRandom("0080" + "5a".repeat(128))).hasParameters("");
        twin.send(stirRandom("0080" + "5b".repeat(128))).hasParameters("");
        assertNotEquals(
                tpm.send(getRandom("0010")).parameters(),
                twin.send(getRandom("0010")).parameters());
    }

    @Test
    void travelsEncrypted() {
        ClientSession session = tpm.startXorSession(Digest.SHA256);
        tpm.send(stirRandom("0004 01020304")
                        .session(session.attributes(ClientSession.CONTINUE | ClientSession.DECRYPT)))
                .isSuccess();
        tpm.send(getRandom("0010").session(session.attributes(ClientSession.CONTINUE | ClientSession.ENCRYPT)))
                .isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        faults().forEach(fault -> both.send(fault.command).isIdentical());
        both.send(getRandom("0000")).isIdentical();
        both.send(stirRandom("0000")).isIdentical();
        both.send(stirRandom("0080" + "5a".repeat(128))).isIdentical();
        Bytes ours = both.ours().send(getRandom("0100")).parameters();
        assertEquals(both.swtpm().send(getRandom("0100")).parameters().size(), ours.size());
    }
}
