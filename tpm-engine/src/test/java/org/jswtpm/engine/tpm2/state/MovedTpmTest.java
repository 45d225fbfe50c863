package org.jswtpm.engine.tpm2.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiConsumer;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Swtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A TPM that moves goes on as if it had not: it and the one that it came from answer the same octets, but for random ones. */
class MovedTpmTest {
    private enum Scene {
        OBJECTS(BusyTpm::loadObjects, BusyTpm::useObjects),
        SEQUENCES(BusyTpm::startSequences, BusyTpm::useSequences),
        SESSIONS(BusyTpm::startSessions, BusyTpm::useSessions),
        ROOMS(BusyTpm::changeRooms, BusyTpm::useRooms);

        private final BiConsumer<BusyTpm, TpmClient> start;
        private final BiConsumer<BusyTpm, TpmClient> use;

        Scene(BiConsumer<BusyTpm, TpmClient> start, BiConsumer<BusyTpm, TpmClient> use) {
            this.start = start;
            this.use = use;
        }

        /** Nonces of sessions are random: where one TPM goes on with a session, no other can follow. */
        void useIn(BusyTpm busy, TpmClient source, TpmClient target) {
            use.accept(busy, this == SESSIONS ? target : new Twins(source, target));
        }
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void goesOnHere(Scene scene) {
        goesOn(Tpm2Fixture.started(), scene);
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void goesOnWithItsProfile(Scene scene) {
        goesOn(Tpm2Fixture.startedWith("{\"Name\":\"default-v2\"}"), scene);
    }

    private static void goesOn(Tpm2Fixture source, Scene scene) {
        BusyTpm busy = new BusyTpm();
        scene.start.accept(busy, source);
        Tpm2Fixture target = SavedTpm.of(source).resumeHere();
        scene.useIn(busy, source, target);
        scene.useIn(busy, target, SavedTpm.of(target).resumeHere());
    }

    @SameAsSwtpm
    void goesFromSwtpmToHereAndBack(TpmPair both) throws Exception {
        for (Scene scene : Scene.values()) {
            try (Swtpm source = Swtpm.start()) {
                BusyTpm busy = new BusyTpm();
                scene.start.accept(busy, source);
                Tpm2Fixture target = SavedTpm.of(source).resumeHere();
                scene.useIn(busy, source, target);
                try (Swtpm back = SavedTpm.of(target).resumeInSwtpm()) {
                    scene.useIn(busy, target, back);
                }
            }
        }
    }

    @SameAsSwtpm
    void goesFromHereToSwtpmAndBack(TpmPair both) throws Exception {
        for (Scene scene : Scene.values()) {
            Tpm2Fixture source = Tpm2Fixture.started();
            BusyTpm busy = new BusyTpm();
            scene.start.accept(busy, source);
            try (Swtpm target = SavedTpm.of(source).resumeInSwtpm()) {
                scene.useIn(busy, source, target);
                scene.useIn(busy, target, SavedTpm.of(target).resumeHere());
            }
        }
    }

    /** What libtpms has in memory between power-on and TPM2_Startup is not what it goes on with. */
    @SameAsSwtpm
    void goesOnWithTheSavedStateWhenItMovedBeforeItsStartup(TpmPair both) throws Exception {
        Answer saved = saveStateWithPcr(both.swtpm());
        try (Swtpm source = Swtpm.poweredOn(both.swtpm().permanentState())) {
            startsWithPcr(SavedTpm.of(source).resumeHere(), saved);
        }
        Tpm2Fixture source = Tpm2Fixture.started();
        saved = saveStateWithPcr(source);
        source.powerOn();
        try (Swtpm target = SavedTpm.of(source).resumeInSwtpm()) {
            startsWithPcr(target, saved);
        }
    }

    /** @return the values of PCR 10 */
    private static Answer saveStateWithPcr(TpmClient tpm) {
        tpm.startHmacSession();
        tpm.send(TestCommand.of(CommandCode.PCR_EXTEND)
                        .handle(new Handle(10))
                        .password("")
                        .parameters("00000001 000b" + "5a".repeat(32)))
                .isSuccess();
        Answer values = tpm.send(TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000b 03 000400"));
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001")).isSuccess();
        return values;
    }

    private static void startsWithPcr(TpmClient tpm, Answer saved) {
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0001")).isSuccess();
        Answer values = tpm.send(TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000b 03 000400"));
        assertEquals(value(saved), value(values));
    }

    /** Without the update counter, which counts the PCRs that start anew. */
    private static Bytes value(Answer pcrRead) {
        return pcrRead.parameters().slice(4, pcrRead.parameters().size() - 4);
    }
}
