package org.jswtpm.engine.tpm2.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.Tpm2Fixture;

/** The scenes of the differential test played on this engine alone: valid commands for others to begin with. */
public final class RecordedScenes {
    private static final int SCENES = 200;

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
