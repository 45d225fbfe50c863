package org.jswtpm.engine.tpm2.command.ephemeral;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_Commit and TPM2_EC_Ephemeral, and TPM2_Sign with ECDAA, which uses up what TPM2_Commit gave. */
class CommitTest {
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("secp256r1");
    private static final String ECDAA = "0023 000b 00040472 0000 0010 001a 000b 0000 0003 0010 0000 0000";
    private static final String ECDAA_BN = "0023 000b 00040472 0000 0010 001a 000b 0000 0010 0010 0000 0000";
    private static final Bytes DIGEST = Bytes.hex("5a".repeat(32));
    private static final String NO_POINT = "0004 0000 0000";
    /** Twice the generator of P-256. */
    private static final String POINT = "0044"
            + "0020 7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"
            + "0020 07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand commit(Handle key, String parameters) {
        return TestCommand.of(CommandCode.COMMIT).handle(key).password("").parameters(parameters);
    }

    private static TestCommand ephemeral(String curve) {
        return TestCommand.of(CommandCode.EC_EPHEMERAL).parameters(curve);
    }

    /** TPM2_Sign with the commitment that ends in these octets. */
    private static TestCommand signWith(Handle key, Bytes counter) {
        return sign(key, DIGEST, "001a 000b" + counter);
    }

    private static ECPoint point(Bytes sized) {
        WireReader in = WireReader.over(sized, TpmRc.WIRE_FAULTS);
        return P256.getCurve().createPoint(number(in.sized2(80)), number(in.sized2(80)));
    }

    private static BigInteger number(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }

    /**
     * A point x = SHA-256(s2) that is on the curve: half of all s2 give one.
     *
     * @return s2 and y2 as parameters
     */
    private static String secondPoint() throws GeneralSecurityException {
        for (int i = 0; ; i++) {
            byte[] s2 = {(byte) i};
            byte[] x = MessageDigest.getInstance("SHA-256").digest(s2);
            byte[] compressed = new byte[33];
            compressed[0] = 2;
            System.arraycopy(x, 0, compressed, 1, 32);
            try {
                Bytes y = Bytes.wrap(P256.getCurve()
                        .decodePoint(compressed)
                        .getAffineYCoord()
                        .getEncoded());
                return "0001 %02x 0020".formatted(i) + y;
            } catch (IllegalArgumentException notOnTheCurve) {
                continue;
            }
        }
    }

    @Test
    void theSignatureEndsTheCommitment() throws GeneralSecurityException {
        Answer created = tpm.send(createPrimary(Handle.OWNER, ECDAA));
        WireReader committed =
                tpm.send(commit(created.handle(), NO_POINT + "0000 0000")).read();
        assertEquals(Bytes.hex("0000 0000"), committed.sized2(164));
        assertEquals(Bytes.hex("0000 0000"), committed.sized2(164));
        ECPoint e = point(committed.sized2(164));
        Bytes counter = committed.bytes(2);
        WireReader signature = tpm.send(signWith(created.handle(), counter)).read();
        assertEquals(0x001a000b, signature.uint32());
        Bytes nonce = signature.sized2(80);
        BigInteger s = number(signature.sized2(80));
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(nonce.toArray());
        BigInteger t = new BigInteger(1, sha.digest(DIGEST.toArray()));
        WireReader area = created.read();
        area.skip(2 + 2 + 2 + 4 + 2 + 2 + 6 + 2 + 2);
        ECPoint q = point(area.bytes(68));
        assertEquals(e.add(q.multiply(t)).normalize(), P256.getG().multiply(s).normalize());
        tpm.send(signWith(created.handle(), counter)).hasCode(TpmRc.VALUE);
    }

    @Test
    void multipliesThePointsThatAreGiven() throws GeneralSecurityException {
        Handle key = tpm.send(createPrimary(Handle.OWNER, ECDAA)).handle();
        WireReader both = tpm.send(commit(key, POINT + secondPoint())).read();
        assertEquals(68, both.sized2(164).size());
        assertEquals(68, both.sized2(164).size());
        assertEquals(68, both.sized2(164).size());
        WireReader second = tpm.send(commit(key, NO_POINT + secondPoint())).read();
        assertEquals(68, second.sized2(164).size());
        assertEquals(68, second.sized2(164).size());
        assertEquals(4, second.sized2(164).size());
        WireReader first = tpm.send(commit(key, POINT + "0000 0000")).read();
        assertEquals(4, first.sized2(164).size());
        assertEquals(4, first.sized2(164).size());
        assertEquals(68, first.sized2(164).size());
    }

    record Fault(String name, String template, String parameters, TpmRc answer) {}

    static Stream<Fault> faults() {
        String both = "0001 61 0001 01";
        return Stream.of(
                new Fault("RSA", ObjectRequests.RSA_SIGN, NO_POINT + "0000 0000", TpmRc.KEY.handle(1)),
                new Fault("ECDSA", ObjectRequests.ECC_SIGN, NO_POINT + "0000 0000", TpmRc.SCHEME.handle(1)),
                new Fault("s2 without y2", ECDAA, POINT + "0001 61 0000", TpmRc.SIZE.parameter(3)),
                new Fault("y2 without s2", ECDAA, POINT + "0000 0001 01", TpmRc.SIZE.parameter(3)),
                new Fault("P2 off the curve", ECDAA, "0006 0001 01 0001 02" + both, TpmRc.ECC_POINT.parameter(2)),
                new Fault("P1 off the curve", ECDAA, "0006 0001 01 0001 02 0000 0000", TpmRc.ECC_POINT.parameter(1)),
                new Fault("half of P1", ECDAA, "0005 0001 01 0000 0000 0000", TpmRc.ECC_POINT.parameter(1)),
                new Fault("no octets for P1", ECDAA, "0000 0000 0000", TpmRc.SIZE.parameter(1)),
                new Fault("P1 too long", ECDAA, "0055 0051" + "00".repeat(81) + "0000", TpmRc.SIZE.parameter(1)),
                new Fault("s2 too long", ECDAA, NO_POINT + "0081" + "00".repeat(129), TpmRc.SIZE.parameter(2)),
                new Fault("y2 too long", ECDAA, NO_POINT + "0000 0051" + "00".repeat(81), TpmRc.SIZE.parameter(3)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle key = tpm.send(createPrimary(Handle.NULL, fault.template)).handle();
        tpm.send(commit(key, fault.parameters)).hasCode(fault.answer);
    }

    @Test
    void aCommitmentIsForOneKeyAndForTheNext128KeysOnly() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, ECDAA)).handle();
        Handle other = tpm.send(createPrimary(Handle.ENDORSEMENT, ECDAA)).handle();
        tpm.send(signWith(key, Bytes.hex("0000"))).hasCode(TpmRc.VALUE);
        for (int i = 0; i < 128; i++) {
            tpm.send(ephemeral("0003")).isSuccess();
        }
        tpm.send(signWith(key, Bytes.hex("0000"))).isSuccess();
        tpm.send(signWith(key, Bytes.hex("0000"))).hasCode(TpmRc.VALUE);
        tpm.send(signWith(other, Bytes.hex("0001"))).isSuccess();
        tpm.send(ephemeral("0003")).isSuccess();
        tpm.send(signWith(key, Bytes.hex("0000"))).hasCode(TpmRc.VALUE);
        tpm.send(signWith(key, Bytes.hex("0080"))).isSuccess();
        tpm.send(signWith(key, Bytes.hex("0100"))).hasCode(TpmRc.VALUE);
    }

    @Test
    void aTpmResetForgetsCommitmentsAndARestartDoesNot() {
        tpm.send(ephemeral("0003")).isSuccess();
        restart("0001");
        Handle key = tpm.send(createPrimary(Handle.OWNER, ECDAA)).handle();
        tpm.send(signWith(key, Bytes.hex("0000"))).isSuccess();
        assertEquals(1, counter(tpm.send(ephemeral("0003"))));
        restart("0000");
        assertEquals(0, counter(tpm.send(ephemeral("0003"))));
    }

    private void restart(String shutdown) {
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters(shutdown)).isSuccess();
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
    }

    private static int counter(Answer ephemeral) {
        Bytes parameters = ephemeral.parameters();
        return parameters.get(parameters.size() - 2) << 8 | parameters.get(parameters.size() - 1);
    }

    @Test
    void anEphemeralKeyIsAPointOfTheCurve() {
        WireReader in = tpm.send(ephemeral("0003")).read();
        assertEquals(true, point(in.sized2(164)).isValid());
        tpm.send(ephemeral("0009")).hasCode(TpmRc.CURVE.parameter(1));
    }

    /** A cancel is heard between the multiplications; it may come too late, then the commitment is made, and it is tried again. */
    @Test
    void aCancelLeavesNoCommitment() throws GeneralSecurityException {
        Handle key = tpm.send(createPrimary(Handle.OWNER, ECDAA)).handle();
        for (String points : new String[] {POINT + secondPoint(), NO_POINT + secondPoint()}) {
            int next = counter(tpm.send(ephemeral("0003"))) + 1;
            Answer answer = cancelWhileItRuns(commit(key, points));
            for (; answer.code().equals(TpmRc.SUCCESS); next++) {
                assertEquals(next, counter(answer));
                answer = cancelWhileItRuns(commit(key, points));
            }
            answer.hasCode(TpmRc.CANCELED);
            tpm.send(signWith(key, Bytes.hex("%04x".formatted(next)))).hasCode(TpmRc.VALUE);
            assertEquals(next, counter(tpm.send(commit(key, points))), "the counter of the one that was canceled");
        }
    }

    private Answer cancelWhileItRuns(TestCommand command) {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> tpm.send(command));
        while (!answer.isDone()) {
            tpm.tpm().cancel();
            Thread.onSpinWait();
        }
        return answer.join();
    }

    @Test
    void aFailedTpmMakesNone() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, ECDAA)).handle();
        tpm.tpm().enterFailureMode();
        tpm.send(commit(key, NO_POINT + "0000 0000")).hasCode(TpmRc.FAILURE);
        tpm.send(ephemeral("0003")).hasCode(TpmRc.FAILURE);
    }

    @Test
    void asksForTheAuthorizationOfTheKey() {
        Answer created = tpm.send(createPrimary(Handle.OWNER, ECDAA, "7077", ""));
        Handle key = created.handle();
        Bytes name = created.parameters().slice(created.parameters().size() - 34, 34);
        TestCommand commit =
                TestCommand.of(CommandCode.COMMIT).handle(key, name).parameters(NO_POINT + "0000 0000");
        tpm.send(commit).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(commit(key, NO_POINT + "0000 0000")).hasCode(TpmRc.BAD_AUTH.session(1));
        assertEquals(0, counter(tpm.send(commit.password("7077"))), "a refused one counts nothing");
        ClientSession session = tpm.startHmacSession().auth(Bytes.hex("7077"));
        assertEquals(1, counter(tpm.send(commit.session(session))));
        tpm.send(commit.session(session.auth(Bytes.EMPTY))).hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @SameAsSwtpm
    void givesTheKeysOfSwtpmFromASavedState(TpmPair both) throws GeneralSecurityException {
        both.swtpm().send(ephemeral("0004")).isSuccess();
        both.swtpm()
                .send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001"))
                .isSuccess();
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String curve : new String[] {"0001", "0002", "0003", "0004", "0005", "0010", "0011", "0020"}) {
            compare(both.swtpm(), ours, ephemeral(curve));
        }
        for (String template : new String[] {ECDAA, ECDAA_BN}) {
            Handle key = ours.send(createPrimary(Handle.OWNER, template)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, template)).isSuccess();
            compare(both.swtpm(), ours, commit(key, NO_POINT + "0000 0000"));
            compare(both.swtpm(), ours, commit(key, POINT + "0000 0000"));
            compare(both.swtpm(), ours, commit(key, POINT + secondPoint()));
            for (int count = 0; count < 20; count++) {
                TestCommand command = signWith(key, Bytes.hex("00%02x".formatted(count)));
                ours.send(command).hasCode(both.swtpm().send(command).code());
            }
            compare(both.swtpm(), ours, flush(key));
        }
        faults().forEach(fault -> {
            Handle key = ours.send(createPrimary(Handle.OWNER, fault.template)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, fault.template)).isSuccess();
            compare(both.swtpm(), ours, commit(key, fault.parameters));
            compare(both.swtpm(), ours, flush(key));
        });
    }

    private static void compare(TpmClient swtpm, Tpm2Fixture ours, TestCommand command) {
        assertEquals(swtpm.send(command).octets(), ours.send(command).octets());
    }

    @SameAsSwtpm
    void makesEphemeralKeysOfTheCurvesOfSwtpm(TpmPair both) {
        for (int curve = 0; curve <= 0x30; curve++) {
            both.send(ephemeral("%04x".formatted(curve))).hasSameCode();
        }
        both.refuseOtherLengths(ephemeral("0003"));
        both.refuse(ephemeral("0003").password(""));
    }
}
