package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.command.signing.SigningRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** TPM2_GetCommandAuditDigest and TPM2_GetSessionAuditDigest. */
class AuditDigestTest {
    private static final TestCommand READ_CLOCK = TestCommand.of(CommandCode.READ_CLOCK);
    private static final TestCommand READ_PCR =
            TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000b 03 010000");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand ofCommands(Handle signer) {
        return TestCommand.of(CommandCode.GET_COMMAND_AUDIT_DIGEST)
                .handle(Handle.ENDORSEMENT)
                .handle(signer)
                .password("")
                .password("")
                .sized(Bytes.EMPTY)
                .parameters(NULL_SCHEME);
    }

    private static TestCommand ofSession(Handle signer, ClientSession session) {
        return TestCommand.of(CommandCode.GET_SESSION_AUDIT_DIGEST)
                .handle(Handle.ENDORSEMENT)
                .handle(signer)
                .handle(session.handle())
                .password("")
                .password("")
                .sized(Bytes.EMPTY)
                .parameters(NULL_SCHEME);
    }

    /** TPM2_SetCommandCodeAuditStatus: the algorithm, or else a command that is audited from now on. */
    private static TestCommand audit(String hash, String command) {
        return TestCommand.of(CommandCode.SET_COMMAND_CODE_AUDIT_STATUS)
                .handle(Handle.OWNER)
                .password("")
                .parameters(hash)
                .parameters(command.isEmpty() ? "00000000" : "00000001" + command)
                .parameters("00000000");
    }

    /** What TPM2_PCR_Read adds to an audit digest. */
    private static byte[] extend(byte[] digest, Answer answer) {
        byte[] cpHash = Hasher.digest(
                Digest.SHA256, Bytes.hex("0000017e 00000001 000b 03 010000").toArray());
        byte[] rpHash = Hasher.digest(
                Digest.SHA256,
                Bytes.hex("00000000 0000017e").then(answer.parameters()).toArray());
        return Hasher.digest(Digest.SHA256, digest, cpHash, rpHash);
    }

    @Test
    void tellsTheDigestOverTheAuditedCommandsAndBeginsAnew() throws GeneralSecurityException {
        tpm.send(audit("000b", "")).isSuccess();
        tpm.send(audit("0010", "0000017e")).isSuccess();
        Answer created = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        Attest first = Attest.of(tpm.send(ofCommands(created.handle())));
        byte[] expected = extend(new byte[32], tpm.send(READ_PCR));
        expected = extend(expected, tpm.send(READ_PCR));
        tpm.send(READ_CLOCK).isSuccess();

        Attest unsigned = Attest.of(tpm.send(ofCommands(Handle.NULL)));
        Attest attest = Attest.of(tpm.send(ofCommands(created.handle())));
        assertEquals(unsigned.attested(), attest.attested());
        assertEquals(0x8015, attest.type());
        WireReader in = WireReader.over(attest.attested(), TpmRc.WIRE_FAULTS);
        assertEquals(counter(first) + 1, in.uint64());
        assertEquals(0x000b, in.uint16());
        assertEquals(Bytes.wrap(expected), in.sized2(64));
        byte[] commands = Bytes.hex("00000140 0000017e").toArray();
        assertEquals(Bytes.wrap(Hasher.digest(Digest.SHA256, commands)), in.sized2(64));
        SigningRequests.assertGenuine(created.read().sized2(0xffff), attest.octets(), attest.signature());

        Attest anew = Attest.of(tpm.send(ofCommands(created.handle())));
        assertEquals(Bytes.EMPTY, digestOfCommands(anew));
        assertEquals(counter(attest), counter(anew));
    }

    private static long counter(Attest attest) {
        return WireReader.over(attest.attested(), TpmRc.WIRE_FAULTS).uint64();
    }

    private static Bytes digestOfCommands(Attest attest) {
        WireReader in = WireReader.over(attest.attested(), TpmRc.WIRE_FAULTS);
        in.skip(8 + 2);
        return in.sized2(64);
    }

    @Test
    void tellsTheDigestOfASessionAndWhetherItIsExclusive() throws GeneralSecurityException {
        Answer created = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        ClientSession session = tpm.startHmacSession().attributes(ClientSession.CONTINUE | ClientSession.AUDIT);
        tpm.send(ofSession(created.handle(), session)).hasCode(TpmRc.TYPE.handle(3));
        byte[] expected = extend(new byte[32], tpm.send(READ_PCR.session(session)));

        Attest attest = Attest.of(tpm.send(ofSession(created.handle(), session)));
        assertEquals(0x8016, attest.type());
        assertEquals(audited(true, expected), attest.attested());
        SigningRequests.assertGenuine(created.read().sized2(0xffff), attest.octets(), attest.signature());

        // TPM2_GetSessionAuditDigest was not audited itself, so the session is not exclusive any more
        expected = extend(expected, tpm.send(READ_PCR.session(session)));
        Attest later = Attest.of(tpm.send(ofSession(Handle.NULL, session)));
        assertEquals(audited(false, expected), later.attested());
    }

    private static Bytes audited(boolean exclusive, byte[] digest) {
        return new WireWriter()
                .uint8(exclusive ? 1 : 0)
                .sized2(Bytes.wrap(digest))
                .toBytes();
    }

    @Test
    void answersFaults() {
        Handle storage = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        ClientSession session = tpm.startHmacSession();
        tpm.send(ofCommands(storage)).hasCode(TpmRc.KEY.handle(2));
        tpm.send(ofSession(storage, session)).hasCode(TpmRc.KEY.handle(2));
        Handle policy =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).handle();
        TestCommand ofPolicy = TestCommand.of(CommandCode.GET_SESSION_AUDIT_DIGEST)
                .handle(Handle.ENDORSEMENT)
                .handle(Handle.NULL)
                .handle(policy)
                .password("")
                .password("")
                .sized(Bytes.EMPTY)
                .parameters(NULL_SCHEME);
        tpm.send(ofPolicy).hasCode(TpmRc.VALUE.handle(3));
        tpm.send(TestCommand.of(CommandCode.GET_COMMAND_AUDIT_DIGEST)
                        .handle(Handle.ENDORSEMENT)
                        .handle(Handle.NULL)
                        .password("00")
                        .password("")
                        .sized(Bytes.EMPTY)
                        .parameters(NULL_SCHEME))
                .isSuccess();
        tpm.send(TestCommand.of(CommandCode.GET_COMMAND_AUDIT_DIGEST)
                        .handle(Handle.ENDORSEMENT)
                        .handle(Handle.NULL)
                        .password("01")
                        .password(""))
                .hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @SameAsSwtpm
    void auditsLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String hash : new String[] {"0004", "000b", "000c", "000d"}) {
            compare(both, ours, audit(hash, ""));
            compare(both, ours, audit("0010", "0000017e"));
            compare(both, ours, READ_PCR);
            compare(both, ours, audit("0010", "0000013d"));
            compare(
                    both,
                    ours,
                    TestCommand.of(CommandCode.PCR_RESET).handle(new Handle(16)).password(""));
            compare(both, ours, READ_PCR.parameters("00"));
            assertEquals(audit(both.swtpm()), audit(ours));
            Handle signer = ours.send(createPrimary(Handle.OWNER, ObjectRequests.HMAC_KEY))
                    .handle();
            both.swtpm()
                    .send(createPrimary(Handle.OWNER, ObjectRequests.HMAC_KEY))
                    .isSuccess();
            assertEquals(
                    Attest.of(both.swtpm().send(ofCommands(signer))).attested(),
                    Attest.of(ours.send(ofCommands(signer))).attested());
            compare(both, ours, ObjectRequests.flush(signer));
            assertEquals(audit(both.swtpm()), audit(ours));
        }
    }

    private static Bytes audit(TpmClient tpm) {
        return Attest.of(tpm.send(ofCommands(Handle.NULL))).attested();
    }

    private static void compare(TpmPair both, Tpm2Fixture ours, TestCommand command) {
        assertEquals(both.swtpm().send(command).octets(), ours.send(command).octets());
    }

    @SameAsSwtpm
    void auditsASessionLikeSwtpm(TpmPair both) {
        assertEquals(auditOfSession(both.swtpm()), auditOfSession(both.ours()));
    }

    /** What is attested of a session that has audited two commands, with a third between that was not. */
    private static List<Bytes> auditOfSession(TpmClient tpm) {
        ClientSession session = tpm.startHmacSession().attributes(ClientSession.CONTINUE | ClientSession.AUDIT);
        tpm.send(READ_PCR.session(session)).isSuccess();
        Bytes first = Attest.of(tpm.send(ofSession(Handle.NULL, session))).attested();
        tpm.send(READ_CLOCK).isSuccess();
        tpm.send(READ_PCR.session(session)).isSuccess();
        Bytes second = Attest.of(tpm.send(ofSession(Handle.NULL, session))).attested();
        return List.of(first, second);
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        Handle storage = both.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        Handle signer = both.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        Handle session = both.startSession(0, Digest.SHA256);
        for (CommandCode code :
                new CommandCode[] {CommandCode.GET_COMMAND_AUDIT_DIGEST, CommandCode.GET_SESSION_AUDIT_DIGEST}) {
            for (Handle admin : new Handle[] {Handle.ENDORSEMENT, Handle.OWNER, Handle.NULL}) {
                for (Handle key : new Handle[] {signer, storage, Handle.NULL}) {
                    TestCommand bare = TestCommand.of(code).handle(admin).handle(key);
                    bare = code == CommandCode.GET_SESSION_AUDIT_DIGEST ? bare.handle(session) : bare;
                    for (TestCommand each : new TestCommand[] {
                        bare.password("").password("").parameters("0000 0018 000c"),
                        bare.password("").password("").parameters("0000 0014 000b"),
                        bare.password("").password("01").parameters("0000 0010"),
                        bare.password("01").password("").parameters("0000 0010"),
                        bare.password("").parameters("0000 0010"),
                        bare.password("").password("").sized(Bytes.zeros(67)).parameters("0010")
                    }) {
                        both.send(each).hasSameCode();
                    }
                }
            }
        }
        TestCommand unaudited = TestCommand.of(CommandCode.GET_SESSION_AUDIT_DIGEST)
                .handle(Handle.ENDORSEMENT)
                .handle(signer)
                .handle(session)
                .password("")
                .password("");
        both.refuse(unaudited.parameters("0000 0010"));
        both.refuse(unaudited.parameters("0000 0014 000b"));
    }

    /** The algorithm, the commands from now on, and those no more. */
    @SameAsSwtpm
    void setsWhatIsAuditedLikeSwtpm(TpmPair both) {
        TestCommand bare = TestCommand.of(CommandCode.SET_COMMAND_CODE_AUDIT_STATUS);
        for (String parameters : new String[] {
            "000b 00000000 00000000",
            "000b 00000001 0000017e 00000000",
            "000c 00000001 0000017e 00000000",
            "000c 00000000 00000001 0000017e",
            "0010 00000001 0000017e 00000001 0000017e",
            "0010 00000001 00000140 00000000",
            "0010 00000000 00000001 00000140",
            "0010 00000000 00000001 00000145",
            "0010 00000001 00000145 00000000",
            "0010 00000001 00000001 00000000",
            "0010 00000000 00000001 0000012f",
            "0010 00000001 20000000 00000000",
            "0012 00000000 00000000",
            "0010 00000101 00000000",
            "0000 00000000 00000000"
        }) {
            for (Handle auth : new Handle[] {Handle.OWNER, Handle.PLATFORM, Handle.ENDORSEMENT}) {
                both.send(bare.handle(auth).password("").parameters(parameters)).isIdentical();
                both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000004 00000000 00000100"))
                        .isIdentical();
            }
            both.refuse(bare.handle(Handle.OWNER).parameters(parameters));
            both.refuse(bare.handle(Handle.OWNER).password("01").parameters(parameters));
        }
    }
}
