package org.jswtpm.engine.tpm2.command.signing;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_TICKET;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.hash;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.ClientSession;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_Sign, and TPM2_VerifySignature as its counterpart. */
class SignTest {
    private static final Bytes MESSAGE = Bytes.hex("6d657373616765");
    private static final Bytes DIGEST = Bytes.zeros(32);
    private static final String RESTRICTED = "0023 000b 00050472 0000 0010 0018 000b 0003 0010 0000 0000";
    private static final String WITHOUT_SCHEME = "0023 000b 00040472 0000 0010 0010 0003 0010 0000 0000";
    private static final String HMAC_WITHOUT_SCHEME = "0008 000b 00060472 0000 0010 0000";
    private static final String ECDAA = "0023 000b 00040472 0000 0010 001a 000b 0000 0003 0010 0000 0000";
    private static final String SM2 = "0023 000b 00040472 0000 0010 001b 000b 0020 0010 0000 0000";
    private static final String X509 = "0023 000b 000c0472 0000 0010 0018 000b 0003 0010 0000 0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private Handle key(String template) {
        return tpm.send(createPrimary(Handle.OWNER, template)).handle();
    }

    @ParameterizedTest
    @CsvSource({
        "0001 000b 00040472 0000 0010 0014 000b 0800 00000000 0000,       0010,      SHA-256",
        "0001 000b 00040472 0000 0010 0010 0400 00000000 0000,            0014 0004, SHA-1",
        "0001 000b 00040472 0000 0010 0010 0400 00000000 0000,            0016 000c, SHA-384",
        "0001 000b 00060472 0000 0010 0010 0400 00000000 0000,            0016 000b, SHA-256",
        "0023 000b 00040472 0000 0010 0018 000b 0003 0010 0000 0000,      0010,      SHA-256",
        "0023 000b 00040472 0000 0010 0010 0003 0010 0000 0000,           0018 000d, SHA-512",
        "0023 000c 00040472 0000 0010 0018 000c 0004 0010 0000 0000,      0018 000c, SHA-384",
        "0023 000b 00060472 0000 0010 0010 0005 0010 0000 0000,           0018 0004, SHA-1"
    })
    void theJdkFindsTheSignatureGenuine(String template, String scheme, String hash) throws GeneralSecurityException {
        Answer created = tpm.send(createPrimary(Handle.OWNER, template));
        Bytes area = created.read().sized2(0xffff);
        Bytes digest = Bytes.wrap(MessageDigest.getInstance(hash).digest(MESSAGE.toArray()));
        Bytes signature = tpm.send(sign(created.handle(), digest, scheme)).parameters();
        SigningRequests.assertGenuine(area, MESSAGE, signature);
    }

    @Test
    void aKeyedHashObjectSignsByAnHmacOfTheDigest() throws GeneralSecurityException {
        Bytes secret = Bytes.hex("00112233445566778899aabbccddeeff");
        String template = ObjectRequests.HMAC_KEY.replace("00040472", "00040452");
        Handle key = tpm.send(createPrimary(Handle.OWNER, template, "", secret.toString()))
                .handle();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.toArray(), "HmacSHA256"));
        Bytes expected = Bytes.wrap(mac.doFinal(DIGEST.toArray()));
        tpm.send(sign(key, DIGEST, NULL_SCHEME)).hasParameters("0005 000b" + expected);
    }

    record Fault(String name, String template, String scheme, Bytes digest, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        TpmRc scheme = TpmRc.SCHEME.parameter(2);
        return Stream.of(
                new Fault("a storage key", ObjectRequests.ECC_STORAGE, "0018 000b", DIGEST, TpmRc.KEY.handle(1)),
                new Fault("a symmetric cipher", ObjectRequests.AES_KEY, NULL_SCHEME, DIGEST, TpmRc.KEY.handle(1)),
                new Fault("a key for certificates", X509, NULL_SCHEME, DIGEST, TpmRc.ATTRIBUTES.handle(1)),
                new Fault("no scheme at all", WITHOUT_SCHEME, NULL_SCHEME, DIGEST, scheme),
                new Fault("another scheme", ObjectRequests.ECC_SIGN, "001c 000b", DIGEST, scheme),
                new Fault("another hash", ObjectRequests.ECC_SIGN, "0018 000c", Bytes.zeros(48), scheme),
                new Fault("a scheme of RSA", WITHOUT_SCHEME, "0014 000b", DIGEST, scheme),
                new Fault("a scheme of ECC", ObjectRequests.HMAC_KEY, "0018 000b", DIGEST, scheme),
                new Fault("ECDAA not asked for", ECDAA, NULL_SCHEME, DIGEST, scheme),
                new Fault("no commitment", ECDAA, "001a 000b 0000", DIGEST, TpmRc.VALUE),
                new Fault("no scheme to know", WITHOUT_SCHEME, "0015", DIGEST, scheme),
                new Fault("a hash that is none", WITHOUT_SCHEME, "0018 0010", DIGEST, TpmRc.HASH.parameter(2)),
                new Fault("a short digest", WITHOUT_SCHEME, "0018 000c", DIGEST, TpmRc.SIZE.parameter(1)),
                new Fault("a long digest", WITHOUT_SCHEME, "0018 000b", Bytes.zeros(65), TpmRc.SIZE.parameter(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(sign(key(fault.template), fault.digest, fault.scheme)).hasCode(fault.answer);
    }

    @Test
    void aRestrictedKeySignsOnlyDigestsThatTheTpmMade() {
        Handle key = key(RESTRICTED);
        WireReader hashed = tpm.send(hash(MESSAGE, "000b")).read();
        Bytes digest = hashed.sized2(64);
        Bytes ticket = hashed.bytes(hashed.remaining());
        Bytes signature = tpm.send(sign(key, digest, NULL_SCHEME, ticket)).parameters();
        tpm.send(verify(key, digest, signature)).isSuccess();
        tpm.send(sign(key, digest, NULL_SCHEME)).hasCode(TpmRc.TICKET.parameter(3));
        tpm.send(sign(key, DIGEST, NULL_SCHEME, ticket)).hasCode(TpmRc.TICKET.parameter(3));
        Bytes own = Bytes.hex("ff544347").then(MESSAGE);
        WireReader unsafe = tpm.send(hash(own, "000b")).read();
        Bytes ofOwn = unsafe.sized2(64);
        assertEquals(Bytes.hex(NULL_TICKET), unsafe.bytes(unsafe.remaining()));
        tpm.send(sign(key, ofOwn, NULL_SCHEME)).hasCode(TpmRc.TICKET.parameter(3));
    }

    @Test
    void aTicketThatIsGivenMustBeRightForAnyKey() {
        Handle key = key(WITHOUT_SCHEME);
        WireReader hashed = tpm.send(hash(MESSAGE, "000b")).read();
        Bytes digest = hashed.sized2(64);
        Bytes ticket = hashed.bytes(hashed.remaining());
        tpm.send(sign(key, digest, "0018 000b", ticket)).isSuccess();
        tpm.send(sign(key, digest, "0018 000c", ticket)).hasCode(TpmRc.TICKET.parameter(3));
        tpm.send(sign(key, digest, "0018 000b", Bytes.hex("8023 40000007 0000")))
                .hasCode(TpmRc.TAG.parameter(3));
    }

    @Test
    void takesPasswordsAndHmacs() {
        Answer created = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN, "736563726574", ""));
        Bytes parameters = created.parameters();
        Bytes name = parameters.slice(parameters.size() - 34, 34);
        TestCommand unauthorized = TestCommand.of(CommandCode.SIGN)
                .handle(created.handle(), name)
                .sized(DIGEST)
                .parameters(NULL_SCHEME)
                .parameters(NULL_TICKET);
        tpm.send(unauthorized).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(unauthorized.password("00")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(unauthorized.password("736563726574")).isSuccess();
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 128)
                .auth(Bytes.hex("736563726574"))
                .attributes(ClientSession.CONTINUE | ClientSession.DECRYPT);
        tpm.send(unauthorized.session(session)).isSuccess();
        tpm.send(unauthorized.session(session.attributes(ClientSession.CONTINUE | ClientSession.ENCRYPT)))
                .hasCode(TpmRc.ATTRIBUTES.session(1));
    }

    @SameAsSwtpm
    void swtpmVerifiesOurSignaturesAndTheOtherWayRound(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String[] each : new String[][] {
            {WITHOUT_SCHEME, "0018 000b"},
            {WITHOUT_SCHEME, "001c 000b"},
            {WITHOUT_SCHEME, "001c 000d"},
            {WITHOUT_SCHEME, "001b 000c"},
            {SM2, NULL_SCHEME},
            {"0023 000b 00040472 0000 0010 001c 000b 0005 0010 0000 0000", NULL_SCHEME},
            {"0023 000b 00040472 0000 0010 0010 0010 0010 0000 0000", "0018 000c"},
            {"0001 000b 00040472 0000 0010 0010 0400 00000000 0000", "0014 000d"},
            {"0001 000b 00040472 0000 0010 0010 0400 00000000 0000", "0016 000b"},
            {ObjectRequests.HMAC_KEY, NULL_SCHEME},
            {HMAC_WITHOUT_SCHEME, "0005 0004"}
        }) {
            Handle key = ours.send(createPrimary(Handle.OWNER, each[0])).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, each[0])).isSuccess();
            String hash = each[1].equals(NULL_SCHEME) ? "000b" : each[1].substring(5);
            Bytes digest = ours.send(hash(MESSAGE, hash)).read().sized2(64);
            for (Bytes signature : new Bytes[] {
                ours.send(sign(key, digest, each[1])).parameters(),
                both.swtpm().send(sign(key, digest, each[1])).parameters()
            }) {
                Answer verified = both.swtpm().send(verify(key, digest, signature));
                ours.send(verify(key, digest, signature))
                        .hasParameters(verified.parameters().toString());
            }
            both.swtpm().send(flush(key)).isSuccess();
            ours.send(flush(key)).isSuccess();
        }
    }

    @SameAsSwtpm
    void faultsAreAnsweredLikeSwtpm(TpmPair both) {
        faults().forEach(fault -> {
            Handle key =
                    both.send(createPrimary(Handle.NULL, fault.template)).ours().handle();
            both.send(sign(key, fault.digest, fault.scheme)).isIdentical();
            both.send(flush(key)).isIdentical();
        });
    }

    /** A restricted key asks for a ticket; tickets of others and of nobody are refused. */
    @SameAsSwtpm
    void refusesTicketsLikeSwtpm(TpmPair both) {
        for (String template : new String[] {
            ObjectRequests.ECC_SIGN,
            ObjectRequests.ECC_SIGN.replace("00040472", "00050472"),
            ObjectRequests.HMAC_KEY,
            ObjectRequests.ECC_STORAGE
        }) {
            for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.NULL}) {
                Handle key = both.make(createPrimary(hierarchy, template));
                for (String ticket : new String[] {
                    "8024 40000007 0000",
                    "8024 40000001 0000",
                    "8024 40000001 0020" + "5a".repeat(32),
                    "8024 4000000c 0040" + "5a".repeat(64),
                    "8024 40000005 0000",
                    "8023 40000007 0000"
                }) {
                    for (String scheme : new String[] {NULL_SCHEME, "0018 000b", "0005 000b", "0018 000c"}) {
                        both.send(sign(key, DIGEST, scheme, Bytes.hex(ticket))).hasSameCode();
                        both.send(sign(key, Bytes.zeros(20), scheme, Bytes.hex(ticket)))
                                .hasSameCode();
                    }
                }
                both.succeed(flush(key));
            }
        }
    }
}
