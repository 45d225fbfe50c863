package org.jswtpm.engine.tpm12.command.daa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_DAA_Join and TPM_DAA_Sign, from the first stage to the last one. */
class DaaTest {
    private static final Issuer ISSUER = Issuer.ONLY;
    private static final int ISSUER_SIZE = 2 + 6 * 20 + 26;
    private static final int SESSION_SIZE =
            ISSUER_SIZE + (2 + 4 * 20 + 4) + (2 + 3 * 20 + 256 + 2) + (128 + 138 + 20) + 4;

    private final DaaHost host = new DaaHost(ISSUER);

    private static Swtpm12 swtpm() throws Exception {
        Swtpm12 swtpm = Swtpm12.powerOn(KeptState.host());
        swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
        return swtpm;
    }

    private static List<Stage> join(Tpm12Client tpm) {
        return Stage.join(ISSUER, DaaHost.endorsementKey(tpm));
    }

    private static List<Stage> sign(List<Bytes> blobs) {
        return Stage.sign(ISSUER, blobs, 1, Stage.MESSAGE);
    }

    @Test
    void joinsAndSigns() {
        Tpm12Fixture tpm = KeptState.started();
        host.run(tpm, join(tpm));
        BigInteger certificate = host.verifyJoin();
        List<Bytes> blobs = host.blobs();
        for (int i = 0; i < 2; i++) {
            host.run(tpm, sign(blobs));
            host.verifySign(certificate, 1, Stage.MESSAGE);
        }
        tpm.send(Request.of(Ordinal.GET_CAPABILITY).u32(5).sized(Bytes.hex("0000011a")))
                .hasParameters("00000004 00000002");
    }

    /** Both have the same secrets: what one joins, the other one signs with. */
    @SameAsSwtpm12
    void signsWithWhatSwtpmJoinedAndTheOtherWayRound() throws Exception {
        Tpm12Fixture ours = KeptState.started();
        try (Swtpm12 swtpm = swtpm()) {
            Tpm12Client[][] ways = {{swtpm, ours}, {ours, swtpm}};
            for (Tpm12Client[] way : ways) {
                host.run(way[0], join(way[0]));
                BigInteger certificate = host.verifyJoin();
                host.run(way[1], sign(host.blobs()));
                host.verifySign(certificate, 1, Stage.MESSAGE);
            }
        }
    }

    /** Here or there at each kind of stage; swtpm takes a third of a second to go on. */
    @SameAsSwtpm12
    void aSessionMovesToSwtpmAndBack() throws Exception {
        Tpm12Fixture ours = KeptState.started();
        try (Swtpm12 swtpm = swtpm()) {
            List<Stage> join = join(ours);
            host.run(ours, join.subList(0, 8));
            swtpm.goOnAs(volatileState(ours.stateBlob(StateKind.VOLATILE)));
            host.run(swtpm, join.subList(8, 17));
            ours.goOnAs(volatileState(swtpm.stateBlob(StateKind.VOLATILE)));
            host.run(ours, join.subList(17, 23));
            swtpm.goOnAs(volatileState(ours.stateBlob(StateKind.VOLATILE)));
            host.run(swtpm, join.subList(23, join.size()));
            BigInteger certificate = host.verifyJoin();
            List<Stage> sign = sign(host.blobs());
            host.run(swtpm, sign.subList(0, 5));
            ours.goOnAs(volatileState(swtpm.stateBlob(StateKind.VOLATILE)));
            host.run(ours, sign.subList(5, 12));
            swtpm.goOnAs(volatileState(ours.stateBlob(StateKind.VOLATILE)));
            host.run(swtpm, sign.subList(12, sign.size()));
            host.verifySign(certificate, 1, Stage.MESSAGE);
        }
    }

    /** Where a stage draws no random numbers, both answer and keep the same. */
    @SameAsSwtpm12
    void computesLikeSwtpm() throws Exception {
        Tpm12Fixture ours = KeptState.started();
        try (Swtpm12 swtpm = swtpm()) {
            computeLikeSwtpm(ours, swtpm, join(ours));
            computeLikeSwtpm(ours, swtpm, sign(host.blobs()));
        }
    }

    private void computeLikeSwtpm(Tpm12Fixture ours, Swtpm12 swtpm, List<Stage> stages) throws Exception {
        for (Stage stage : stages) {
            ours.goOnAs(volatileState(swtpm.stateBlob(StateKind.VOLATILE)));
            Bytes mine =
                    ours.send(stage.request(ours, host.handle())).isSuccess().parameters();
            Bytes theirs =
                    swtpm.send(stage.request(swtpm, host.handle())).isSuccess().parameters();
            host.take(stage, theirs.slice(4, theirs.size() - 4));
            boolean isJoin = stage.ordinal() == Ordinal.DAA_JOIN;
            boolean isRandomAnswer = stage.number() == 0 || stage.number() == (isJoin ? 16 : 9);
            boolean isRandomState =
                    isRandomAnswer || stage.number() == (isJoin ? 3 : 2) || isJoin && stage.number() == 9;
            if (isRandomAnswer) {
                assertEquals(theirs.size(), mine.size(), stage.toString());
            } else {
                assertEquals(theirs, mine, stage.toString());
            }
            boolean isLast = stage.equals(stages.getLast());
            if (!isRandomState && !isLast) {
                assertEquals(
                        session(swtpm.stateBlob(StateKind.VOLATILE)),
                        session(ours.stateBlob(StateKind.VOLATILE)),
                        stage.toString());
            }
        }
    }

    private static Map<StateKind, byte[]> volatileState(Optional<byte[]> blob) {
        return Map.of(StateKind.VOLATILE, blob.orElseThrow());
    }

    /** The one DAA session in a volatile state: TPM_DAA_ISSUER, behind which TPM_DAA_TPM begins, and so on. */
    private static Bytes session(Optional<byte[]> blob) {
        byte[] volatileState = blob.orElseThrow();
        int begin = 0;
        while (tag(volatileState, begin) != 0x002F || tag(volatileState, begin + ISSUER_SIZE) != 0x0032) {
            begin++;
        }
        return Bytes.copyOf(volatileState, begin, SESSION_SIZE);
    }

    private static int tag(byte[] octets, int at) {
        return (octets[at] & 0xFF) << Byte.SIZE | octets[at + 1] & 0xFF;
    }
}
