package org.jswtpm.engine.tpm2.differential;

import java.util.List;
import java.util.Random;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.differential.Difference;
import org.jswtpm.engine.tpm2.Swtpm;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;

/** Plays scenes on a new pair of TPMs of one state, until a number of commands has been sent. */
final class DifferentialRun {
    private static final byte[] STARTUP_CLEAR = Request.of(0x144).u16(0).toBytes();

    private DifferentialRun() {}

    /**
     * @param seed what the scenes and mutations follow from
     * @param commands how many commands at least
     * @param mutants how many damaged forms go before a command, at most
     * @return what differs
     */
    static List<Difference> play(long seed, int commands, int mutants) throws Exception {
        try (Swtpm swtpm = Swtpm.start()) {
            TestHost host = new TestHost();
            host.put(StateKind.PERMANENT, swtpm.permanentState());
            Tpm2Fixture ours = Tpm2Fixture.poweredOn(host);
            ours.exchange(STARTUP_CLEAR);
            Random random = new Random(seed);
            Exchange exchange = new Exchange(ours::exchange, swtpm::exchange, random, mutants);
            Scenes scenes = new Scenes(exchange, random);
            while (exchange.sent() < commands) {
                scenes.play();
            }
            return exchange.differences();
        }
    }
}
