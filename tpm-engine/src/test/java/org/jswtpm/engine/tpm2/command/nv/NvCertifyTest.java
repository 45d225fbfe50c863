package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.util.stream.Stream;
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
import org.jswtpm.engine.tpm2.command.attestation.Attest;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.command.signing.SigningRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_NV_Certify. */
class NvCertifyTest {
    private static final Handle INDEX = new Handle(0x0180_0001);
    private static final Bytes DATA = Bytes.hex("a0a1a2a3").then(Bytes.zeros(1196));

    /** OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD, READ_STCLEAR; 1200 octets. */
    private static final TestCommand DEFINE = TestCommand.of(CommandCode.NV_DEFINE_SPACE)
            .handle(Handle.OWNER)
            .password("")
            .sized(Bytes.hex("736563726574"))
            .sized(Bytes.hex("01800001 000b 80060006 0000 04b0"));

    private static final TestCommand WRITE =
            byOwner(CommandCode.NV_WRITE).sized(DATA.slice(0, 1024)).parameters("0000");
    private static final TestCommand WRITE_REST =
            byOwner(CommandCode.NV_WRITE).sized(DATA.slice(1024, 176)).parameters("0400");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand byOwner(CommandCode code) {
        return TestCommand.of(code).handle(Handle.OWNER).handle(INDEX).password("");
    }

    private static TestCommand certify(Handle signer, String sizeAndOffset) {
        return TestCommand.of(CommandCode.NV_CERTIFY)
                .handle(signer)
                .handle(Handle.OWNER)
                .handle(INDEX)
                .password("")
                .password("")
                .sized(Bytes.hex("6e6f6e6365"))
                .parameters(NULL_SCHEME)
                .parameters(sizeAndOffset);
    }

    private static Bytes name(TpmClient tpm) {
        WireReader in = tpm.send(TestCommand.of(CommandCode.NV_READ_PUBLIC).handle(INDEX))
                .read();
        in.sized2(64);
        return in.sized2(68);
    }

    @BeforeEach
    void defineIndex() {
        tpm.send(DEFINE).isSuccess();
    }

    private Answer write() {
        tpm.send(WRITE).isSuccess();
        tpm.send(WRITE_REST).isSuccess();
        return tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
    }

    @Test
    void tellsARangeOfTheData() throws GeneralSecurityException {
        Answer key = write();
        Attest attest = Attest.of(tpm.send(certify(key.handle(), "0003 0001")));
        assertEquals(0x8014, attest.type());
        assertEquals(
                new WireWriter()
                        .sized2(name(tpm))
                        .uint16(1)
                        .sized2(Bytes.hex("a1a2a3"))
                        .toBytes(),
                attest.attested());
        SigningRequests.assertGenuine(key.read().sized2(0xffff), attest.octets(), attest.signature());
    }

    @Test
    void tellsTheDigestOfAllDataWithTheHashOfTheScheme() {
        Answer key = write();
        Attest attest = Attest.of(tpm.send(certify(key.handle(), "0000 0000")));
        assertEquals(0x801c, attest.type());
        Bytes digest = Bytes.wrap(Hasher.digest(Digest.SHA256, DATA.toArray()));
        assertEquals(new WireWriter().sized2(name(tpm)).sized2(digest).toBytes(), attest.attested());
        Attest unsigned = Attest.of(tpm.send(certify(Handle.NULL, "0000 0000")));
        assertEquals(new WireWriter().sized2(name(tpm)).uint16(0).toBytes(), unsigned.attested());
    }

    record Fault(String name, String sizeAndOffset, TpmRc answer) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("range before size", "04b1 0000", TpmRc.NV_RANGE),
                new Fault("range crosses the end", "0400 0200", TpmRc.NV_RANGE),
                new Fault("more than a buffer holds", "0401 0000", TpmRc.VALUE.parameter(3)),
                new Fault("a sum above 65535", "ffff ffff", TpmRc.NV_RANGE),
                new Fault("no offset", "0001", TpmRc.INSUFFICIENT.parameter(4)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle key = write().handle();
        tpm.send(certify(key, fault.sizeAndOffset)).hasCode(fault.answer);
    }

    @Test
    void asksTheKeyFirstAndThenTheIndex() {
        Handle storage = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(certify(storage, "ffff 0000")).hasCode(TpmRc.KEY.handle(1));
        tpm.send(certify(Handle.NULL, "ffff 0000")).hasCode(TpmRc.NV_UNINITIALIZED);
        Handle key = write().handle();
        tpm.send(byOwner(CommandCode.NV_READ_LOCK)).isSuccess();
        tpm.send(certify(key, "ffff 0000")).hasCode(TpmRc.NV_LOCKED);
    }

    @Test
    void takesTheAuthValueOfTheIndex() {
        Handle key = write().handle();
        TestCommand byIndex = TestCommand.of(CommandCode.NV_CERTIFY)
                .handle(Handle.NULL)
                .handle(INDEX, name(tpm))
                .handle(INDEX, name(tpm))
                .sized(Bytes.EMPTY)
                .parameters(NULL_SCHEME)
                .parameters("0001 0000");
        tpm.send(byIndex.password("")).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(byIndex.password("").password("00")).hasCode(TpmRc.AUTH_FAIL.session(2));
        tpm.send(byIndex.password("").password("736563726574")).isSuccess();
        ClientSession session = tpm.startHmacSession().auth(Bytes.hex("736563726574"));
        tpm.send(byIndex.password("").session(session)).isSuccess();
        tpm.send(certify(key, "0001 0000")).isSuccess();
    }

    @SameAsSwtpm
    void certifiesWhatSwtpmCertifies(TpmPair both) {
        both.swtpm().send(DEFINE).isSuccess();
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (TestCommand command :
                new TestCommand[] {WRITE, WRITE_REST, createPrimary(Handle.OWNER, ObjectRequests.HMAC_KEY)}) {
            both.swtpm().send(command).isSuccess();
            ours.send(command).isSuccess();
        }
        for (Handle signer : new Handle[] {new Handle(0x8000_0000), Handle.NULL}) {
            for (String range : new String[] {"0000 0000", "0000 0001", "0400 00b0", "0001 04af", "0000 04b0"}) {
                TestCommand command = certify(signer, range);
                assertEquals(
                        Attest.of(both.swtpm().send(command)).relativeTo(both.swtpm()),
                        Attest.of(ours.send(command)).relativeTo(ours));
            }
            faults().forEach(fault -> {
                TestCommand command = certify(signer, fault.sizeAndOffset);
                assertEquals(
                        both.swtpm().send(command).octets(), ours.send(command).octets());
            });
        }
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        both.succeed(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        both.succeed(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        both.refuse(certify(Handle.NULL, "0001 0000"));
        both.succeed(DEFINE);
        for (TestCommand change : new TestCommand[] {WRITE, WRITE_REST, byOwner(CommandCode.NV_READ_LOCK)}) {
            for (int signer : new int[] {0x8000_0000, 0x8000_0001, 0x4000_0007, 0x4000_0001}) {
                TestCommand bare = TestCommand.of(CommandCode.NV_CERTIFY).handle(new Handle(signer));
                TestCommand byOwner = bare.handle(Handle.OWNER).handle(INDEX);
                for (String range : new String[] {"0001 0000", "ffff 0000", "0001 04b0", "0401 0000"}) {
                    for (String scheme : new String[] {NULL_SCHEME, "0018 000c", "0014 000b"}) {
                        both.send(byOwner.password("").password("").parameters("0000" + scheme + range))
                                .hasSameCode();
                    }
                    both.refuse(byOwner.parameters("0000 0010" + range));
                    both.refuse(byOwner.password("").parameters("0000 0010" + range));
                    both.refuse(byOwner.password("").password("01").parameters("0000 0010" + range));
                    both.refuse(byOwner.password("01").password("").parameters("0000 0010" + range));
                    both.refuse(bare.handle(Handle.PLATFORM)
                            .handle(INDEX)
                            .password("")
                            .password("")
                            .parameters("0000 0010" + range));
                }
            }
            both.succeed(change);
        }
        both.refuse(certify(Handle.NULL, "0001 0000"));
    }
}
