package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** TPM2_PolicySigned, and TPM2_PolicyTicket, which repeats it. */
class PolicySignedTest {
    private static final String NULL_TICKET = "8025 40000007 0000";
    private static final Bytes CP_HASH = Bytes.hex("11".repeat(32));
    private static final Bytes POLICY_REF = Bytes.hex("010203");
    private static final String RSA_SIGN = "0001 000b 00040472 0000 0010 0016 000b 0400 00000000 0000";

    private final PolicyScene scene = PolicyScene.policy();
    private final Answer created = scene.tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
    private final Handle key = created.handle();

    /** What a key agrees to. */
    private record Grant(Bytes nonceTpm, Bytes cpHashA, Bytes policyRef, int expiration) {
        static final Grant ANYTHING = new Grant(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, 0);

        Bytes digest() {
            return Bytes.wrap(Hasher.of(Digest.SHA256)
                    .update(nonceTpm.toArray())
                    .updateUint32(expiration)
                    .update(cpHashA.toArray())
                    .update(policyRef.toArray())
                    .digest());
        }

        TestCommand signed(Handle key, Handle session, Bytes signature) {
            return TestCommand.of(CommandCode.POLICY_SIGNED)
                    .handle(key)
                    .handle(session)
                    .sized(nonceTpm)
                    .sized(cpHashA)
                    .sized(policyRef)
                    .parameters("%08x".formatted(expiration))
                    .parameters(signature);
        }
    }

    private Bytes signature(Grant grant) {
        return scene.tpm.send(sign(key, grant.digest(), NULL_SCHEME)).parameters();
    }

    private Answer send(Grant grant) {
        return scene.tpm.send(grant.signed(key, scene.session.handle(), signature(grant)));
    }

    private Bytes keyName() {
        Bytes parameters = created.parameters();
        return parameters.slice(parameters.size() - 34, 34);
    }

    @Test
    void extendsTheDigestByTheNameOfTheKeyAndByTheReference() {
        send(new Grant(Bytes.EMPTY, Bytes.EMPTY, POLICY_REF, 0)).hasParameters("0000" + NULL_TICKET);
        byte[] first = Hasher.digest(
                Digest.SHA256, new byte[32], Bytes.hex("00000160" + keyName()).toArray());
        assertEquals(Bytes.wrap(Hasher.digest(Digest.SHA256, first, POLICY_REF.toArray())), scene.digest());
    }

    @Test
    void aTrialTakesAnySignature() {
        PolicyScene trial = PolicyScene.trial();
        Handle trialKey = trial.tpm
                .send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        TestCommand command = new Grant(Bytes.zeros(5), Bytes.zeros(5), POLICY_REF, -60)
                .signed(trialKey, trial.session.handle(), Bytes.hex("001a 000b 0000 0000"));
        trial.tpm.send(command).hasParameters("0000" + NULL_TICKET);
    }

    @Test
    void theSignatureIsOfAllThatIsAgreedTo() {
        Grant grant = new Grant(Bytes.EMPTY, CP_HASH, POLICY_REF, 60);
        Bytes signature = signature(grant);
        for (Grant other : new Grant[] {
            new Grant(grant.nonceTpm, CP_HASH, POLICY_REF, 61),
            new Grant(grant.nonceTpm, Bytes.hex("12".repeat(32)), POLICY_REF, 60),
            new Grant(grant.nonceTpm, CP_HASH, Bytes.hex("010204"), 60)
        }) {
            scene.tpm.send(other.signed(key, scene.session.handle(), signature)).hasCode(TpmRc.SIGNATURE.parameter(5));
        }
        assertEquals(Bytes.zeros(32), scene.digest());
        scene.tpm.send(grant.signed(key, scene.session.handle(), signature)).isSuccess();
    }

    @Test
    void answersFaults() {
        Bytes ecdaa = Bytes.hex("001a 000b 0001 01 0001 01");
        Bytes rsa = Bytes.hex("0014 000b 0001 01");
        Handle session = scene.session.handle();
        scene.tpm.send(Grant.ANYTHING.signed(key, session, ecdaa)).hasCode(TpmRc.SCHEME.parameter(5));
        scene.tpm.send(Grant.ANYTHING.signed(key, session, rsa)).hasCode(TpmRc.SCHEME.parameter(5));
        scene.tpm.send(Grant.ANYTHING.signed(key, session, Bytes.hex("0010"))).hasCode(TpmRc.SCHEME.parameter(5));
        send(new Grant(Bytes.zeros(32), Bytes.EMPTY, Bytes.EMPTY, 0)).hasCode(TpmRc.NONCE.parameter(1));
        send(new Grant(Bytes.EMPTY, Bytes.zeros(20), Bytes.EMPTY, 0)).hasCode(TpmRc.SIZE.parameter(2));
        scene.tpm.host().advance(60_000);
        send(new Grant(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, 1)).hasCode(TpmRc.EXPIRED.parameter(4));
        send(new Grant(Bytes.EMPTY, CP_HASH, Bytes.EMPTY, 0)).isSuccess();
        send(new Grant(Bytes.EMPTY, Bytes.zeros(32), Bytes.EMPTY, 0)).hasCode(TpmRc.CPHASH);
        Handle hmac = scene.tpm
                .send(createPrimary(Handle.OWNER, ObjectRequests.HMAC_KEY))
                .handle();
        Bytes area = scene.tpm.send(ObjectRequests.readPublic(hmac)).read().sized2(0xffff);
        Handle publicOnly =
                scene.tpm.send(loadExternal("", area.toString(), Handle.OWNER)).handle();
        Bytes mac = Bytes.hex("0005 000b").then(Bytes.zeros(32));
        scene.tpm.send(Grant.ANYTHING.signed(hmac, session, mac)).hasCode(TpmRc.SIGNATURE.parameter(5));
        scene.tpm.send(Grant.ANYTHING.signed(publicOnly, session, mac)).hasCode(TpmRc.HANDLE.parameter(5));
    }

    @Test
    void theSessionEndsInTime() {
        send(new Grant(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, 60)).isSuccess();
        scene.becomesOwnerPolicy();
        scene.tpm.host().advance(61_000);
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.EXPIRED.session(1));
    }

    @Test
    void theNonceBindsTheGrantToTheSessionAndItsTimeToTheStartOfThat() {
        scene.tpm.host().advance(100_000);
        Answer started = scene.tpm.send(TestCommand.of(CommandCode.START_AUTH_SESSION)
                .handle(Handle.NULL)
                .handle(Handle.NULL)
                .sized(Bytes.zeros(16))
                .sized(Bytes.EMPTY)
                .parameters("01 0010 000b"));
        Grant grant = new Grant(started.read().sized2(64), Bytes.EMPTY, Bytes.EMPTY, -60);
        Bytes signature = signature(grant);
        scene.tpm.send(grant.signed(key, scene.session.handle(), signature)).hasCode(TpmRc.NONCE.parameter(1));
        scene.tpm.host().advance(59_000);
        TestCommand command = grant.signed(key, started.handle(), signature);
        long timeout = timeout(scene.tpm.send(command));
        assertEquals(time() - 59_000 + 60_000, timeout);
        scene.tpm.host().advance(2_000);
        scene.tpm.send(command).hasCode(TpmRc.EXPIRED.parameter(4));
    }

    private long timeout(Answer granted) {
        return WireReader.over(granted.read().sized2(8), TpmRc.WIRE_FAULTS).uint64();
    }

    /** Time, as TPM2_ReadClock tells it. */
    private long time() {
        return scene.tpm.send(TestCommand.of(CommandCode.READ_CLOCK)).read().uint64();
    }

    @Test
    void aTicketRepeatsItUntilItExpires() {
        Answer granted = send(new Grant(Bytes.EMPTY, Bytes.EMPTY, POLICY_REF, -60));
        Bytes digest = scene.digest();
        WireReader proof = granted.read();
        Bytes timeout = proof.sized2(8);
        Bytes ticket = proof.bytes(proof.remaining());
        scene.send(CommandCode.POLICY_RESTART, "").isSuccess();
        TestCommand repeat = scene.command(CommandCode.POLICY_TICKET, "")
                .sized(timeout)
                .sized(Bytes.EMPTY)
                .sized(POLICY_REF)
                .sized(keyName())
                .parameters(ticket);
        scene.tpm.send(repeat).isSuccess();
        assertEquals(digest, scene.digest());
        byte[] asSecret = ticket.toArray();
        asSecret[1] = 0x23;
        scene.tpm
                .send(scene.command(CommandCode.POLICY_TICKET, "")
                        .sized(timeout)
                        .sized(Bytes.EMPTY)
                        .sized(POLICY_REF)
                        .sized(keyName())
                        .parameters(Bytes.wrap(asSecret)))
                .hasCode(TpmRc.TICKET.parameter(5));
        scene.tpm.host().advance(61_000);
        scene.tpm.send(repeat).hasCode(TpmRc.EXPIRED.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String template :
                new String[] {ObjectRequests.ECC_SIGN, RSA_SIGN, ObjectRequests.HMAC_KEY, ObjectRequests.ECC_STORAGE}) {
            Handle signer = ours.send(createPrimary(Handle.OWNER, template)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, template)).isSuccess();
            for (int type : new int[] {PolicyScene.POLICY, PolicyScene.TRIAL}) {
                for (Grant grant : new Grant[] {
                    Grant.ANYTHING,
                    new Grant(Bytes.EMPTY, CP_HASH, POLICY_REF, 3600),
                    new Grant(Bytes.zeros(16), CP_HASH, POLICY_REF, 0),
                    new Grant(Bytes.EMPTY, POLICY_REF, POLICY_REF, 0)
                }) {
                    Answer signed = ours.send(sign(signer, grant.digest(), NULL_SCHEME));
                    Bytes signature = signed.code().equals(TpmRc.SUCCESS)
                            ? signed.parameters()
                            : Bytes.hex("0018 000b 0001 01 0001 01");
                    Handle session = ours.startSession(type, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0)
                            .handle();
                    both.swtpm().startSession(type, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0);
                    for (TestCommand command : new TestCommand[] {
                        grant.signed(signer, session, signature),
                        TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session),
                        flush(session)
                    }) {
                        assertEquals(
                                both.swtpm().send(command).octets(),
                                ours.send(command).octets());
                    }
                }
            }
            both.swtpm().send(flush(signer)).isSuccess();
            ours.send(flush(signer)).isSuccess();
        }
    }
}
