package org.jswtpm.engine.tpm12.command.daa;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** What TPM_DAA_Join and TPM_DAA_Sign refuse; whatever it is, it ends the session. */
class DaaFaultsTest {
    private static final Issuer ISSUER = Issuer.ONLY;
    private static final Bytes NOTHING = Bytes.EMPTY;

    private final DaaHost host = new DaaHost(ISSUER);

    private static List<Stage> join(Tpm12Client tpm) {
        return Stage.join(ISSUER, DaaHost.endorsementKey(tpm));
    }

    /** The session after the first {@code count} stages. */
    private int session(Tpm12Client tpm, List<Stage> stages, int count) {
        host.run(tpm, stages.subList(0, count));
        return host.handle();
    }

    private static Bytes longer(Bytes data) {
        return data.then(Bytes.hex("00"));
    }

    private static Bytes damaged(Bytes data) {
        byte[] octets = data.toArray();
        octets[octets.length - 1] ^= 1;
        return Bytes.wrap(octets);
    }

    /** A stage with a fault in what it looks at: where any octets are good, by their number. */
    private static List<Stage> faulty(Stage stage) {
        boolean isJoin = stage.ordinal() == Ordinal.DAA_JOIN;
        List<Stage> faults = new ArrayList<>();
        if (!stage.data0().isEmpty()) {
            boolean isFree = stage.data0().size() <= 20 || (isJoin ? stage.number() > 20 : stage.number() == 0);
            faults.add(stage.with(isFree ? longer(stage.data0()) : damaged(stage.data0()), stage.data1()));
        }
        if (!stage.data1().isEmpty()) {
            boolean isFree = stage.data1().size() == 20;
            faults.add(stage.with(stage.data0(), isFree ? longer(stage.data1()) : damaged(stage.data1())));
        }
        return faults;
    }

    private void refuseAll(KeptState.Transcript tpm, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            for (Stage fault : faulty(stages.get(i))) {
                int handle = session(tpm, stages, i);
                tpm.note(fault.request(tpm, handle));
                tpm.note(stages.get(i).unauthorized(handle), isGone(tpm, handle));
            }
        }
    }

    private static boolean isGone(Tpm12Client tpm, int handle) {
        Request flush = Request.of(Ordinal.FLUSH_SPECIFIC).handle(handle).u32(ResourceType.DAA_TPM);
        return tpm.send(flush).code() == TpmResult.BAD_HANDLE.value();
    }

    @SameAsSwtpm12
    void refusesInputsOfJoinLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> refuseAll(tpm, join(tpm)));
    }

    @SameAsSwtpm12
    void refusesInputsOfSignLikeSwtpm() throws Exception {
        Tpm12Fixture joined = KeptState.started();
        host.run(joined, join(joined));
        List<Stage> sign = Stage.sign(ISSUER, host.blobs(), 1, Stage.MESSAGE);
        List<Bytes> wrongOrder =
                List.of(host.blobs().get(1), host.blobs().get(2), host.blobs().get(0));
        List<Stage> confused = Stage.sign(ISSUER, wrongOrder, 1, Stage.MESSAGE);
        KeptState.compare(tpm -> {
            refuseAll(tpm, sign);
            for (int stage : new int[] {1, 13, 14, 15}) {
                tpm.note(confused.get(stage).request(tpm, session(tpm, sign, stage)));
            }
            for (int size : new int[] {0, 1, 60, 80}) {
                Stage cut = sign.get(1).with(sign.get(1).data0().slice(0, size), NOTHING);
                tpm.note(cut.request(tpm, session(tpm, sign, 1)));
            }
        });
    }

    @SameAsSwtpm12
    void asksForTheStagesInOrderLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            List<Stage> join = join(tpm);
            for (int stage : new int[] {2, 24, 25, 255}) {
                Stage wrong = new Stage(Ordinal.DAA_JOIN, stage, NOTHING, NOTHING);
                tpm.note(wrong.request(tpm, session(tpm, join, 1)));
            }
            for (int number : new int[] {1, 2, 16}) {
                Stage sign = new Stage(Ordinal.DAA_SIGN, number, NOTHING, NOTHING);
                tpm.note(sign.request(tpm, session(tpm, join, 1)));
            }
            Stage begin = new Stage(Ordinal.DAA_SIGN, 0, ISSUER.settings(), NOTHING);
            tpm.note(join.get(1).request(tpm, session(tpm, List.of(begin), 1)));
            tpm.note(join.get(1).request(tpm, 0x1234));
            int handle = session(tpm, join, 4);
            Request other = join.get(5).unauthorized(handle).auth(tpm.oiap(KeptState.SRK));
            tpm.note(other);
            tpm.note(join.get(4).request(tpm, handle));
            int first = session(tpm, join, 1);
            session(tpm, join, 1);
            tpm.note(join.get(0).request(tpm, 0));
            tpm.note(join.get(0).with(NOTHING, NOTHING).request(tpm, 0));
            tpm.note(join.get(1).unauthorized(first));
            tpm.note(join.get(1).request(tpm, first));
            tpm.note(Request.of(Ordinal.FLUSH_SPECIFIC), isGone(tpm, host.handle()));
            cutCommands(tpm, join);
        });
    }

    /** The stage of a command that is cut off counts nevertheless. */
    private void cutCommands(KeptState.Transcript tpm, List<Stage> join) {
        for (int size : new int[] {10, 13, 14, 15, 16, 19, 300}) {
            int handle = session(tpm, join, 1);
            byte[] command = join.get(1).request(tpm, handle).toArray();
            byte[] cut = Bytes.copyOf(command, 0, size).toArray();
            cut[4] = (byte) (size >> Byte.SIZE);
            cut[5] = (byte) size;
            tpm.note(Request.of(Ordinal.DAA_JOIN), Reply.of(tpm.exchange(cut)).code());
            tpm.note(Request.of(Ordinal.FLUSH_SPECIFIC), isGone(tpm, handle));
        }
    }

    private List<Stage> withParameters(Tpm12Client tpm, BigInteger n, BigInteger gamma, BigInteger q) {
        List<Stage> stages = new ArrayList<>();
        Bytes settings = ISSUER.settings(n, gamma, q);
        Bytes digestN0 = DaaHost.sha1(Bytes.wrap(ISSUER.firstKey.modulus()));
        for (Stage stage : join(tpm)) {
            boolean hasModulus = stage.data1().equals(Issuer.octets(ISSUER.n));
            boolean hasGamma = stage.data0().equals(Issuer.octets(ISSUER.gamma));
            stages.add(
                    stage.number() == 2
                            ? stage.with(settings, Issuer.sign(ISSUER.secondKey, digestN0.then(settings)))
                            : stage.with(
                                    hasGamma ? Issuer.octets(gamma) : stage.data0(),
                                    hasModulus ? Issuer.octets(n) : stage.data1()));
        }
        return stages;
    }

    /** Sends all stages until one is refused. */
    private void runUntilRefused(KeptState.Transcript tpm, List<Stage> stages) {
        for (Stage stage : stages) {
            Reply reply = tpm.send(stage.request(tpm, host.handle()));
            tpm.note(stage.unauthorized(0), stage.number() + " " + reply.code());
            if (reply.code() != 0) {
                return;
            }
            host.take(stage, reply.reader().sized4(4096));
        }
    }

    @SameAsSwtpm12
    void computesWithUnusualNumbersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            BigInteger n = ISSUER.n;
            BigInteger gamma = ISSUER.gamma;
            BigInteger q = ISSUER.q;
            runUntilRefused(tpm, withParameters(tpm, n.add(BigInteger.ONE), gamma, q));
            runUntilRefused(tpm, withParameters(tpm, BigInteger.ZERO, gamma, q));
            runUntilRefused(tpm, withParameters(tpm, BigInteger.ONE, gamma, q));
            runUntilRefused(tpm, withParameters(tpm, n.shiftLeft(8).add(BigInteger.ONE), gamma, q));
            runUntilRefused(tpm, withParameters(tpm, n, gamma.add(BigInteger.ONE), q));
            runUntilRefused(tpm, withParameters(tpm, n, BigInteger.ONE, q));
            runUntilRefused(tpm, withParameters(tpm, n, gamma, BigInteger.ZERO));
            runUntilRefused(tpm, withParameters(tpm, n, gamma, BigInteger.ONE));
        });
    }

    @SameAsSwtpm12
    void savesAndLoadsSessionsLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            List<Stage> join = join(tpm);
            int handle = session(tpm, join, 6);
            Request save = Request.of(Ordinal.SAVE_CONTEXT)
                    .handle(handle)
                    .u32(ResourceType.DAA_TPM)
                    .bytes(Bytes.zeros(16));
            Reply saved = tpm.noteCode(save);
            tpm.note(save);
            tpm.note(join.get(6).request(tpm, handle));
            Request load = Request.of(Ordinal.LOAD_CONTEXT)
                    .handle(0)
                    .u8(1)
                    .bytes(saved.parameters())
                    .undigestedResponse(4);
            tpm.note(load, tpm.send(load).isSuccess().reader().uint32() == handle);
            tpm.note(load);
            tpm.note(join.get(6).request(tpm, handle));
            for (int type : new int[] {ResourceType.DAA_V0, ResourceType.DAA_V1, ResourceType.AUTH}) {
                tpm.note(Request.of(Ordinal.FLUSH_SPECIFIC).handle(handle).u32(type));
                tpm.note(Request.of(Ordinal.SAVE_CONTEXT)
                        .handle(handle)
                        .u32(type)
                        .bytes(Bytes.zeros(16)));
            }
            tpm.note(join.get(7).unauthorized(handle), isGone(tpm, handle));
            tpm.note(Request.of(Ordinal.FLUSH_SPECIFIC).handle(handle).u32(ResourceType.DAA_TPM));
        });
    }

    /** Stage 10 of TPM_DAA_Sign takes an identity of the TPM or any digest. */
    @SameAsSwtpm12
    void signsIdentitiesLikeSwtpm() throws Exception {
        Tpm12Fixture joined = KeptState.started();
        host.run(joined, join(joined));
        BigInteger certificate = host.verifyJoin();
        List<Bytes> blobs = host.blobs();
        Bytes identity = identity(joined);
        Bytes modulus = identity.slice(43, 256);
        KeptState.compare(tpm -> {
            int handle = tpm.send(Request.of(Ordinal.LOAD_KEY2)
                            .handle(OwnedTpm.SRK)
                            .bytes(identity)
                            .undigestedResponse(4)
                            .auth(tpm.oiap(KeptState.SRK).ending()))
                    .isSuccess()
                    .reader()
                    .uint32();
            Bytes handleOctets = Bytes.hex(String.format("%08x", handle));
            host.run(tpm, Stage.sign(ISSUER, blobs, 0, handleOctets));
            host.verifySign(certificate, 0, modulus);
            String[][] others = {
                {"00", "40000000"},
                {"00", "40000006"},
                {"00", "00001234"},
                {"00", Integer.toHexString(KeptState.SIGNING_KEY)},
                {"00", "0000"},
                {"00", handleOctets + "00"},
                {"01", handleOctets.toString()},
                {"02", handleOctets.toString()},
                {"0000", handleOctets.toString()},
                {"", ""}
            };
            List<Stage> sign = Stage.sign(ISSUER, blobs, 1, Stage.MESSAGE);
            for (String[] other : others) {
                Stage wrong = sign.get(10).with(Bytes.hex(other[0]), Bytes.hex(other[1]));
                tpm.note(wrong.request(tpm, session(tpm, sign, 10)));
            }
        });
    }

    private static Bytes identity(Tpm12Client tpm) {
        return OwnedTpm.makeIdentity(tpm, KeptState.OWNER, KeptState.SRK);
    }

    @Test
    void refusesASumThatIsTooLong() {
        Tpm12Fixture tpm = KeptState.started();
        List<Stage> join = join(tpm);
        host.run(tpm, join.subList(0, 24));
        byte[] highest = new byte[192];
        Arrays.fill(highest, (byte) 0xFF);
        Stage stage = join.get(24).with(Bytes.wrap(highest), NOTHING);
        tpm.send(stage.request(tpm, host.handle())).hasCode(TpmResult.DAA_INPUT_DATA0);
        tpm.send(Request.of(Ordinal.GET_RANDOM).u32(1)).isSuccess();
    }

    @Test
    void namesTheFault() {
        Tpm12Fixture tpm = KeptState.started();
        List<Stage> join = join(tpm);
        tpm.send(join.get(0).with(Bytes.hex("00000000"), NOTHING).request(tpm, 0))
                .hasCode(TpmResult.DAA_INPUT_DATA0);
        Stage unsigned =
                join.get(2).with(join.get(2).data0(), damaged(join.get(2).data1()));
        tpm.send(unsigned.request(tpm, session(tpm, join, 2))).hasCode(TpmResult.DAA_ISSUER_VALIDITY);
        tpm.send(join.get(2).request(tpm, host.handle())).hasCode(TpmResult.BAD_HANDLE);
        tpm.send(join.get(4).request(tpm, session(tpm, join, 1))).hasCode(TpmResult.DAA_STAGE);
        Stage wrongN = join.get(5).with(join.get(5).data0(), damaged(join.get(5).data1()));
        tpm.send(wrongN.request(tpm, session(tpm, join, 5))).hasCode(TpmResult.DAA_INPUT_DATA1);
        Stage wrongW =
                join.get(14).with(join.get(14).data0(), damaged(join.get(14).data1()));
        tpm.send(wrongW.request(tpm, session(tpm, join, 14))).hasCode(TpmResult.DAA_WRONG_W);
    }
}
