package org.jswtpm.engine.tpm12.differential;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jswtpm.engine.differential.Difference;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm2.TestHost;

/** Plays scenes on pairs of TPMs, with an owner and new ones, until a number of commands has been sent. */
final class DifferentialRun {
    /** After so many scenes another pair is started, since damaged commands can have ended much. */
    private static final int SCENES = 40;

    private static final int ONE_IS_NEW = 5;

    private final Random random;
    private final Material material;
    private final int mutants;
    private final List<Difference> differences = new ArrayList<>();
    private int sent;

    private DifferentialRun(Random random, Material material, int mutants) {
        this.random = random;
        this.material = material;
        this.mutants = mutants;
    }

    /**
     * @param seed what the scenes and mutations follow from
     * @param commands how many commands at least
     * @param mutants how many damaged forms go before a command, at most
     * @return what differs
     */
    static List<Difference> play(long seed, int commands, int mutants) throws Exception {
        DifferentialRun run = new DifferentialRun(new Random(seed), Material.make(), mutants);
        while (run.sent < commands) {
            run.playOnce(run.random.nextInt(ONE_IS_NEW) != 0, commands);
        }
        return run.differences;
    }

    private void playOnce(boolean isOwned, int commands) throws Exception {
        try (Peers peers = Peers.powerOn(isOwned ? KeptState.host() : new TestHost())) {
            Exchange exchange =
                    new Exchange(new Side(peers.ours(), true), new Side(peers.swtpm(), false), random, mutants);
            Scenes scenes = new Scenes(exchange, peers, new Dice(random), material, isOwned);
            exchange.plain(Request.of(Ordinal.STARTUP).u16(1));
            try {
                for (int i = 0; i < SCENES && !exchange.isOver() && sent + exchange.sent() < commands; i++) {
                    scenes.play();
                }
                if (!exchange.isOver()) {
                    scenes.end();
                }
            } catch (UncheckedIOException e) {
                // swtpm has gone, which the last exchange has noted
            }
            sent += exchange.sent();
            differences.addAll(exchange.differences());
        }
    }
}
