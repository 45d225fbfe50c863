package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.command.hash.HashRequests.CMAC;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.JEFE;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.JEFE_DATA;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.JEFE_MAC;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.NULL;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.aesKey;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.eventSequenceComplete;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hash;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hashSequenceStart;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hmacKey;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.macStart;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.sequenceComplete;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.sequenceUpdate;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences that are saved and loaded, as a resource manager does. */
class SequenceContextTest {
    private static final String AUTH = "a1";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static Bytes save(TpmClient tpm, Handle sequence) {
        Bytes context = tpm.send(TestCommand.of(CommandCode.CONTEXT_SAVE).handle(sequence))
                .parameters();
        tpm.send(ObjectRequests.flush(sequence)).isSuccess();
        return context;
    }

    private static Handle load(TpmClient tpm, Bytes context) {
        return tpm.send(TestCommand.of(CommandCode.CONTEXT_LOAD).parameters(context))
                .handle();
    }

    @ParameterizedTest
    @CsvSource({
        "0004, 0",
        "0004, 1",
        "0004, 64",
        "0004, 131",
        "000b, 0",
        "000b, 63",
        "000b, 64",
        "000b, 200",
        "000c, 0",
        "000c, 127",
        "000c, 129",
        "000d, 1",
        "000d, 128",
        "000d, 300"
    })
    void goesOnWithAHash(String algorithm, int octets) {
        Handle sequence = tpm.send(hashSequenceStart(AUTH, algorithm)).handle();
        String data = "5a".repeat(octets);
        tpm.send(sequenceUpdate(sequence, AUTH, data)).isSuccess();
        sequence = load(tpm, save(tpm, sequence));
        var whole = tpm.send(hash(data + "0102", algorithm, Handle.NULL)).parameters();
        assertEquals(
                whole,
                tpm.send(sequenceComplete(sequence, AUTH, "0102", Handle.NULL)).parameters());
    }

    @Test
    void goesOnWithAnHmac() {
        Handle key = tpm.send(hmacKey(JEFE, "00040440", "0005 000b")).handle();
        Handle sequence = tpm.send(macStart(key, AUTH, NULL)).handle();
        tpm.send(sequenceUpdate(sequence, AUTH, JEFE_DATA.substring(0, 10))).isSuccess();
        sequence = load(tpm, save(tpm, sequence));
        tpm.send(sequenceComplete(sequence, AUTH, JEFE_DATA.substring(10), Handle.NULL))
                .hasParameters("0020" + JEFE_MAC + "8024 40000007 0000");
    }

    @Test
    void goesOnWithAnEvent() {
        Handle sequence = tpm.send(hashSequenceStart(AUTH, NULL)).handle();
        tpm.send(sequenceUpdate(sequence, AUTH, "61")).isSuccess();
        sequence = load(tpm, save(tpm, sequence));
        var event = tpm.send(TestCommand.of(CommandCode.PCR_EVENT)
                        .handle(Handle.NULL)
                        .password("")
                        .parameters("0003 616263"))
                .parameters();
        assertEquals(
                event,
                tpm.send(eventSequenceComplete(Handle.NULL, sequence, AUTH, "6263"))
                        .parameters());
    }

    @Test
    void doesNotSaveACmac() {
        Handle key = tpm.send(aesKey("00040440", CMAC)).handle();
        Handle sequence = tpm.send(macStart(key, AUTH, NULL)).handle();
        tpm.send(TestCommand.of(CommandCode.CONTEXT_SAVE).handle(sequence)).hasCode(TpmRc.TYPE.handle(1));
    }

    /** The contexts that swtpm has sealed are opened here, on the state that its Shutdown(STATE) left. */
    @SameAsSwtpm
    void goesOnWithWhatSwtpmSaved(TpmPair both) throws Exception {
        List<Bytes> contexts = new ArrayList<>();
        String[] algorithms = {"0004", "000b", "000c", "000d"};
        for (String algorithm : algorithms) {
            Handle sequence =
                    both.swtpm().send(hashSequenceStart(AUTH, algorithm)).handle();
            both.swtpm().send(sequenceUpdate(sequence, AUTH, "5a".repeat(77))).isSuccess();
            contexts.add(save(both.swtpm(), sequence));
        }
        both.swtpm()
                .send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001"))
                .isSuccess();
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, both.swtpm().permanentState());
        Tpm2Fixture resumed = Tpm2Fixture.poweredOn(host);
        resumed.send(TestCommand.of(CommandCode.STARTUP).parameters("0001")).isSuccess();
        for (int i = 0; i < algorithms.length; i++) {
            Handle sequence = load(resumed, contexts.get(i));
            var whole = resumed.send(hash("5a".repeat(77) + "01", algorithms[i], Handle.NULL))
                    .parameters();
            assertEquals(
                    whole,
                    resumed.send(sequenceComplete(sequence, AUTH, "01", Handle.NULL))
                            .parameters());
        }
    }
}
