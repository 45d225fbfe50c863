package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** TPM2_PolicySecret, and TPM2_PolicyTicket, which repeats it. */
class PolicySecretTest {
    private static final String NOTHING = "0000 0000 0000 00000000";
    private static final String NULL_TICKET = "8023 40000007 0000";
    private static final String CP_HASH = "0020 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private final PolicyScene scene = PolicyScene.policy();

    private Answer send(String parameters) {
        return scene.tpm.send(command(scene.session.handle(), parameters));
    }

    private static TestCommand command(Handle session, String parameters) {
        return TestCommand.of(CommandCode.POLICY_SECRET)
                .handle(Handle.OWNER)
                .handle(session)
                .password("")
                .parameters(parameters);
    }

    /** The digest after the owner agreed with a reference. */
    private static Bytes digestWith(String policyRef) {
        byte[] first = Hasher.digest(
                Digest.SHA256, new byte[32], Bytes.hex("00000151 40000001").toArray());
        return Bytes.wrap(
                Hasher.digest(Digest.SHA256, first, Bytes.hex(policyRef).toArray()));
    }

    @Test
    void extendsTheDigestByTheNameAndByTheReference() {
        send("0000 0000 0003 010203 00000000").hasParameters("0000" + NULL_TICKET);
        assertEquals(digestWith("010203"), scene.digest());
    }

    @Test
    void needsTheAuthorizationOfTheEntity() {
        TestCommand command = TestCommand.of(CommandCode.POLICY_SECRET)
                .handle(Handle.OWNER)
                .handle(scene.session.handle())
                .parameters(NOTHING);
        scene.tpm.send(command).hasCode(TpmRc.AUTH_MISSING);
        scene.tpm.send(command.password("01")).hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @Test
    void answersFaults() {
        send("0010 000102030405060708090a0b0c0d0e0f 0000 0000 00000000").hasCode(TpmRc.NONCE.parameter(1));
        send("0000 0002 0102 0000 00000000").hasCode(TpmRc.SIZE.parameter(2));
        scene.tpm.host().advance(60_000);
        send("0000 0000 0000 00000001").hasCode(TpmRc.EXPIRED.parameter(4));
        send("0000" + CP_HASH + "0000 00000000").isSuccess();
        send("0000" + CP_HASH.replace("00", "02") + "0000 00000000").hasCode(TpmRc.SIZE.parameter(2));
        send("0000" + CP_HASH.replace("1f", "2f") + "0000 00000000").hasCode(TpmRc.CPHASH);
    }

    @Test
    void theSessionEndsInTime() {
        send("0000 0000 0000 0000003c").isSuccess();
        scene.becomesOwnerPolicy();
        scene.tpm.host().advance(61_000);
        scene.tpm.send(scene.byOwner()).hasCode(TpmRc.EXPIRED.session(1));
    }

    @Test
    void aTicketRepeatsItInAnotherSession() {
        Answer granted = send("0000 0000 0003 010203 ffffffc4");
        Bytes digest = scene.digest();
        WireReader proof = granted.read();
        Bytes timeout = proof.sized2(8);
        Bytes ticket = proof.bytes(proof.remaining());
        scene.send(CommandCode.POLICY_RESTART, "").isSuccess();
        TestCommand repeat = scene.command(CommandCode.POLICY_TICKET, "")
                .sized(timeout)
                .parameters("0000 0003 010203 0004 40000001")
                .parameters(ticket);
        scene.tpm.send(repeat).isSuccess();
        assertEquals(digest, scene.digest());
        scene.tpm
                .send(scene.command(CommandCode.POLICY_TICKET, "")
                        .sized(timeout)
                        .parameters("0000 0003 010204 0004 40000001")
                        .parameters(ticket))
                .hasCode(TpmRc.TICKET.parameter(5));
        scene.tpm.host().advance(61_000);
        scene.tpm.send(repeat).hasCode(TpmRc.EXPIRED.parameter(1));
    }

    @Test
    void aTicketIsNoUseForATrial() {
        PolicyScene.trial()
                .send(CommandCode.POLICY_TICKET, "0008 0000000000000000 0000 0000 0000" + NULL_TICKET)
                .hasCode(TpmRc.ATTRIBUTES.handle(1));
        scene.send(CommandCode.POLICY_TICKET, "0000 0000 0000 0000" + NULL_TICKET)
                .hasCode(TpmRc.SIZE.parameter(1));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        String[] parameters = {
            NOTHING,
            "0000 0000 0003 010203 00000000",
            "0000 0000 0000 00000e10",
            "0010 000102030405060708090a0b0c0d0e0f 0000 0000 00000000",
            "0000 0002 0102 0000 00000000",
            "0000" + CP_HASH + "0000 00000000",
            "0041",
            "0000 0000 0000",
        };
        for (int type : new int[] {PolicyScene.POLICY, PolicyScene.TRIAL}) {
            for (String each : parameters) {
                Handle handle = both.startSession(type, Digest.SHA256);
                both.send(command(handle, each)).isIdentical();
                both.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(handle))
                        .isIdentical();
                both.send(TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters("%08x".formatted(handle.value())))
                        .isIdentical();
            }
        }
    }

    @SameAsSwtpm
    void takesAndRefusesTicketsLikeSwtpm(TpmPair both) {
        assertEquals(codesOfTickets(both.swtpm()), codesOfTickets(both.ours()));
    }

    /** What is answered to a ticket as it was given, and to one where each parameter was changed; and the digest in the end. */
    private static List<String> codesOfTickets(TpmClient tpm) {
        List<String> answers = new ArrayList<>();
        Handle session =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).handle();
        WireReader proof = tpm.send(command(session, "0000" + CP_HASH + "0003 010203 fffff000"))
                .read();
        Bytes parameters = new WireWriter()
                .sized2(proof.sized2(8))
                .bytes(Bytes.hex(CP_HASH + "0003 010203 0004 40000001"))
                .bytes(proof.bytes(proof.remaining()))
                .toBytes();
        TestCommand restart = TestCommand.of(CommandCode.POLICY_RESTART).handle(session);
        TestCommand ticket = TestCommand.of(CommandCode.POLICY_TICKET).handle(session);
        for (int at = 0; at < parameters.size(); at++) {
            tpm.send(restart).isSuccess();
            byte[] changed = parameters.toArray();
            changed[at] ^= 1;
            answers.add(tpm.send(ticket.parameters(Bytes.wrap(changed))).code().toString());
        }
        tpm.send(restart).isSuccess();
        answers.add(tpm.send(ticket.parameters(parameters)).code().toString());
        answers.add(tpm.send(ticket.parameters(parameters)).code().toString());
        answers.add(tpm.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session))
                .parameters()
                .toString());
        return answers;
    }

    @SameAsSwtpm
    void refusesTicketsOfNobodyLikeSwtpm(TpmPair both) {
        PolicyScene.compare(
                both,
                CommandCode.POLICY_TICKET,
                "0000 0000 0000 0000" + NULL_TICKET,
                "0008 0000000000000000 0000 0000 0000" + NULL_TICKET,
                "0008 ffffffffffffffff 0000 0000 0000" + NULL_TICKET,
                "0008 0fffffffffffffff 0000 0000 0000" + NULL_TICKET,
                "0008 8fffffffffffffff 0000 0000 0000" + NULL_TICKET,
                "0008 0fffffffffffffff 0002 0102 0000 0000" + NULL_TICKET,
                "0008 0fffffffffffffff" + CP_HASH + "0000 0004 40000001 8025 40000001 0000",
                "0008 0fffffffffffffff 0000 0000 0004 40000001 8025 4000000c 0020" + "5a".repeat(32),
                "0008 0fffffffffffffff 0000 0000 0004 40000001 8022 40000001 0000",
                "0009 000fffffffffffffff 0000 0000 0000" + NULL_TICKET);
    }
}
