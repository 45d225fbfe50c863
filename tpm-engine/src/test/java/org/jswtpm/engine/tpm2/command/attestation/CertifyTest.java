package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.GeneralSecurityException;
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

/** TPM2_Certify and TPM2_CertifyCreation. */
class CertifyTest {
    private static final Bytes EXTRA = Bytes.hex("6e6f6e6365");
    private static final String NULL_SIGNATURE = "0010";
    private static final String ECDAA = "0023 000b 00040472 0000 0010 001a 000b 0000 0003 0010 0000 0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** What TPM2_CreatePrimary gave. */
    private record Created(Handle handle, Bytes area, Bytes creationHash, Bytes ticket, Bytes name) {
        static Created of(Answer answer) {
            WireReader in = answer.read();
            Bytes area = in.sized2(0xffff);
            in.sized2(0xffff);
            Bytes hash = in.sized2(0xffff);
            WireWriter ticket = new WireWriter().bytes(in.bytes(6)).sized2(in.sized2(0xffff));
            return new Created(answer.handle(), area, hash, ticket.toBytes(), in.sized2(0xffff));
        }

        /** The Qualified Name of a primary object. */
        Bytes qualifiedName(Handle hierarchy) {
            byte[] digest = Hasher.digest(Digest.SHA256, hierarchy.asName().toArray(), name.toArray());
            return Bytes.hex("000b").then(Bytes.wrap(digest));
        }
    }

    private static Created create(TpmClient tpm, Handle hierarchy, String template) {
        return Created.of(tpm.send(createPrimary(hierarchy, template)));
    }

    private static TestCommand certify(Handle object, Handle signer, String scheme) {
        return TestCommand.of(CommandCode.CERTIFY)
                .handle(object)
                .handle(signer)
                .password("")
                .password("")
                .sized(EXTRA)
                .parameters(scheme);
    }

    private static TestCommand certifyCreation(Handle signer, Created object, Bytes hash, Bytes ticket) {
        return TestCommand.of(CommandCode.CERTIFY_CREATION)
                .handle(signer)
                .handle(object.handle)
                .password("")
                .sized(EXTRA)
                .sized(hash)
                .parameters(NULL_SCHEME)
                .parameters(ticket);
    }

    @Test
    void tellsTheNamesOfTheObjectAndOfTheSigner() throws GeneralSecurityException {
        Created object = create(tpm, Handle.OWNER, ObjectRequests.ECC_STORAGE);
        Created signer = create(tpm, Handle.ENDORSEMENT, ObjectRequests.ECC_SIGN);
        Attest attest = Attest.of(tpm.send(certify(object.handle, signer.handle, NULL_SCHEME)));
        assertEquals(0x8017, attest.type());
        assertEquals(EXTRA, attest.extraData());
        assertEquals(signer.qualifiedName(Handle.ENDORSEMENT), attest.qualifiedSigner());
        Bytes names = new WireWriter()
                .sized2(object.name)
                .sized2(object.qualifiedName(Handle.OWNER))
                .toBytes();
        assertEquals(names, attest.attested());
        SigningRequests.assertGenuine(signer.area, attest.octets(), attest.signature());
    }

    @Test
    void tellsOpenlyHowOftenTheTpmWasStartedOnlyWithAKeyOfEndorsementOrPlatform() {
        Created object = create(tpm, Handle.OWNER, ObjectRequests.ECC_STORAGE);
        for (Handle hierarchy : new Handle[] {Handle.ENDORSEMENT, Handle.PLATFORM, Handle.OWNER, Handle.NULL}) {
            Created signer = create(tpm, hierarchy, ObjectRequests.ECC_SIGN);
            Attest attest = Attest.of(tpm.send(certify(object.handle, signer.handle, NULL_SCHEME)))
                    .relativeTo(tpm);
            boolean isOpen = hierarchy.equals(Handle.ENDORSEMENT) || hierarchy.equals(Handle.PLATFORM);
            assertEquals(isOpen, attest.firmwareVersion() == 0);
            assertEquals(isOpen, attest.resetCount() == 0);
            assertEquals(isOpen, attest.restartCount() == 0);
            tpm.send(flush(signer.handle)).isSuccess();
        }
    }

    @Test
    void nobodySignsForTheNullHandle() {
        Created object = create(tpm, Handle.OWNER, ObjectRequests.ECC_SIGN);
        Attest attest = Attest.of(tpm.send(certify(object.handle, Handle.NULL, "0014 000b")));
        assertEquals(Handle.NULL.asName(), attest.qualifiedSigner());
        assertEquals(Bytes.hex(NULL_SIGNATURE), attest.signature());
    }

    @Test
    void anAnonymousSignerTellsNoQualifiedNames() {
        Created signer = create(tpm, Handle.ENDORSEMENT, ECDAA);
        Answer committed = tpm.send(TestCommand.of(CommandCode.COMMIT)
                .handle(signer.handle)
                .password("")
                .parameters("0004 0000 0000 0000 0000"));
        Bytes counter = committed.parameters().slice(committed.parameters().size() - 2, 2);
        Attest attest = Attest.of(tpm.send(certify(signer.handle, signer.handle, "001a 000b" + counter)));
        assertEquals(Bytes.EMPTY, attest.qualifiedSigner());
        assertEquals(Bytes.EMPTY, attest.extraData());
        assertEquals(new WireWriter().sized2(signer.name).uint16(0).toBytes(), attest.attested());
        tpm.send(certify(signer.handle, signer.handle, "001a 000b" + counter)).hasCode(TpmRc.VALUE);
        tpm.send(certify(signer.handle, signer.handle, NULL_SCHEME)).hasCode(TpmRc.SCHEME.parameter(2));
    }

    @Test
    void answersFaults() {
        Created object = create(tpm, Handle.OWNER, ObjectRequests.ECC_STORAGE);
        Created signer = create(tpm, Handle.OWNER, ObjectRequests.ECC_SIGN);
        tpm.send(certify(signer.handle, object.handle, NULL_SCHEME)).hasCode(TpmRc.KEY.handle(2));
        tpm.send(certify(signer.handle, signer.handle, "0018 000c")).hasCode(TpmRc.SCHEME.parameter(2));
        tpm.send(certifyCreation(object.handle, signer, signer.creationHash, signer.ticket))
                .hasCode(TpmRc.KEY.handle(1));
        Bytes otherHash = Bytes.zeros(32);
        tpm.send(certifyCreation(signer.handle, signer, otherHash, signer.ticket))
                .hasCode(TpmRc.TICKET.parameter(4));
        tpm.send(certifyCreation(signer.handle, object, signer.creationHash, signer.ticket))
                .hasCode(TpmRc.TICKET.parameter(4));
        tpm.send(certifyCreation(signer.handle, signer, signer.creationHash, Bytes.hex("8022 40000007 0000")))
                .hasCode(TpmRc.TAG.parameter(4));
    }

    @Test
    void theObjectIsAskedAsTheSignerIs() {
        Created object = create(tpm, Handle.OWNER, ObjectRequests.ECC_STORAGE);
        Created signer = Created.of(tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN, "736563726574", "")));
        TestCommand bare = TestCommand.of(CommandCode.CERTIFY)
                .handle(object.handle, object.name)
                .handle(signer.handle, signer.name)
                .sized(EXTRA)
                .parameters(NULL_SCHEME);
        tpm.send(bare).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(bare.password("")).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(bare.password("").password("00")).hasCode(TpmRc.BAD_AUTH.session(2));
        tpm.send(bare.password("").password("736563726574")).isSuccess();
        ClientSession session = tpm.startHmacSession().auth(Bytes.hex("736563726574"));
        tpm.send(bare.password("").session(session)).isSuccess();
    }

    @Test
    void tellsThatTheTpmMadeTheObject() throws GeneralSecurityException {
        Created object = create(tpm, Handle.OWNER, ObjectRequests.ECC_STORAGE);
        Created signer = create(tpm, Handle.OWNER, ObjectRequests.ECC_SIGN);
        Attest attest = Attest.of(tpm.send(certifyCreation(signer.handle, object, object.creationHash, object.ticket)));
        assertEquals(0x801a, attest.type());
        assertEquals(
                new WireWriter().sized2(object.name).sized2(object.creationHash).toBytes(), attest.attested());
        SigningRequests.assertGenuine(signer.area, attest.octets(), attest.signature());
    }

    @Test
    void aClockThatWasToldMakesAnOrderlyShutdownADisorderlyOne() {
        Created signer = create(tpm, Handle.OWNER, ObjectRequests.ECC_SIGN);
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0000")).isSuccess();
        int commits = tpm.host().commits();
        tpm.send(certify(signer.handle, Handle.NULL, NULL_SCHEME)).isSuccess();
        assertEquals(commits, tpm.host().commits());
        tpm.send(certify(signer.handle, signer.handle, NULL_SCHEME)).isSuccess();
        assertNotEquals(commits, tpm.host().commits());
    }

    @SameAsSwtpm
    void attestsWhatSwtpmAttests(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM}) {
            Created object = create(ours, hierarchy, ObjectRequests.RSA_STORAGE);
            Created signer = create(ours, hierarchy, ObjectRequests.HMAC_KEY);
            both.swtpm()
                    .send(createPrimary(hierarchy, ObjectRequests.RSA_STORAGE))
                    .isSuccess();
            both.swtpm().send(createPrimary(hierarchy, ObjectRequests.HMAC_KEY)).isSuccess();
            for (TestCommand command : new TestCommand[] {
                certify(object.handle, signer.handle, NULL_SCHEME),
                certify(object.handle, Handle.NULL, NULL_SCHEME),
                certifyCreation(signer.handle, object, object.creationHash, object.ticket),
                certifyCreation(Handle.NULL, object, object.creationHash, object.ticket)
            }) {
                Attest expected = Attest.of(both.swtpm().send(command));
                assertEquals(
                        expected.relativeTo(both.swtpm()),
                        Attest.of(ours.send(command)).relativeTo(ours));
            }
            for (Handle each : new Handle[] {object.handle, signer.handle}) {
                both.swtpm().send(flush(each)).isSuccess();
                ours.send(flush(each)).isSuccess();
            }
        }
    }

    @SameAsSwtpm
    void aSequenceIsCertifiedWithoutNames(TpmPair both) {
        Handle sequence = both.send(
                        TestCommand.of(CommandCode.HASH_SEQUENCE_START).parameters("0000 000b"))
                .ours()
                .handle();
        TestCommand command = certify(sequence, Handle.NULL, NULL_SCHEME);
        assertEquals(
                Attest.of(both.swtpm().send(command)).attested(),
                Attest.of(both.ours().send(command)).attested());
        both.send(certify(sequence, sequence, NULL_SCHEME)).isIdentical();
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        both.succeed(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        both.succeed(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        Handle storage = new Handle(0x8000_0000);
        Handle signer = new Handle(0x8000_0001);
        Bytes digest = Bytes.zeros(32);
        for (Handle key : new Handle[] {storage, signer, Handle.NULL, Handle.OWNER}) {
            for (String scheme : new String[] {NULL_SCHEME, "0018 000b", "0018 000c", "0014 000b", "0019"}) {
                both.send(certify(storage, key, scheme)).hasSameCode();
                for (String ticket : new String[] {
                    "8021 40000001 0020" + digest, "8021 40000007 0000", "8022 40000001 0000", "8021 40000005 0000"
                }) {
                    for (int hash : new int[] {0, 32, 65}) {
                        both.send(TestCommand.of(CommandCode.CERTIFY_CREATION)
                                        .handle(key)
                                        .handle(storage)
                                        .password("")
                                        .sized(EXTRA)
                                        .sized(Bytes.zeros(hash))
                                        .parameters(scheme)
                                        .parameters(ticket))
                                .hasSameCode();
                    }
                }
            }
        }
        TestCommand bare = TestCommand.of(CommandCode.CERTIFY).handle(storage).handle(signer);
        both.refuse(bare.sized(EXTRA).parameters(NULL_SCHEME));
        both.refuse(bare.password("").sized(EXTRA).parameters(NULL_SCHEME));
        both.refuse(bare.password("").password("01").sized(EXTRA).parameters(NULL_SCHEME));
        both.refuse(bare.password("01").password("01").sized(EXTRA).parameters(NULL_SCHEME));
        both.refuse(bare.password("").password("").sized(Bytes.zeros(67)).parameters(NULL_SCHEME));
    }
}
