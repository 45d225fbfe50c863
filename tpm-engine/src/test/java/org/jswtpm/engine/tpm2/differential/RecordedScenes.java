package org.jswtpm.engine.tpm2.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.tpm2.Tpm2Fixture;

/** The scenes of the differential test played on this engine alone: valid commands for others to begin with. */
public final class RecordedScenes {
    private static final int SCENES = 200;
    private static final int RH_NULL = 0x4000_0007;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();
    private final List<byte[]> commands = new ArrayList<>();
    private byte[] response;

    private RecordedScenes() {}

    /** The commands of the one scene that follows from {@code seed}, for a new TPM after TPM2_Startup(CLEAR). */
    public static List<byte[]> play(long seed) {
        RecordedScenes recorded = new RecordedScenes();
        recorded.scenes(seed).play();
        return recorded.commands;
    }

    /** The permanent state of a TPM that many scenes have been played on. */
    public static byte[] usedState() {
        RecordedScenes recorded = new RecordedScenes();
        Scenes scenes = recorded.scenes(0);
        for (int i = 0; i < SCENES; i++) {
            scenes.play();
        }
        return recorded.tpm.host().load(StateKind.PERMANENT).orElseThrow();
    }

    /** Both states of a TPM in the middle of its work: with a session, a sequence and a key that are not flushed. */
    public static Map<StateKind, byte[]> runningStates() {
        RecordedScenes recorded = new RecordedScenes();
        Scenes scenes = recorded.scenes(1);
        for (int i = 0; i < SCENES; i++) {
            scenes.play();
        }
        recorded.send(Request.of(0x131)
                .handle(RH_NULL)
                .password("")
                .raw("0004 0000 0000")
                .sized2(Templates.eccStorage(3))
                .raw("0000 00000000")
                .toBytes());
        recorded.send(Request.of(0x186).raw("0000 000b").toBytes());
        recorded.send(Request.of(0x176)
                .handle(RH_NULL)
                .handle(RH_NULL)
                .raw("0010 00000000000000000000000000000000 0000 01 0010 000b")
                .toBytes());
        try {
            Tpm tpm = recorded.tpm.tpm();
            return Map.of(
                    StateKind.PERMANENT, tpm.state(StateKind.PERMANENT).orElseThrow(),
                    StateKind.VOLATILE, tpm.state(StateKind.VOLATILE).orElseThrow());
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    private Scenes scenes(long seed) {
        Random random = new Random(seed);
        return new Scenes(new Exchange(this::send, command -> response, random, 0), random);
    }

    private byte[] send(byte[] command) {
        commands.add(command);
        response = tpm.exchange(command);
        return response;
    }
}
