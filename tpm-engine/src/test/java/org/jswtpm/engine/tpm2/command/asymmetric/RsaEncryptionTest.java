package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TPM2_RSA_Encrypt and TPM2_RSA_Decrypt. */
class RsaEncryptionTest {
    private static final String NULL = "0010";
    private static final String RSAES = "0015";
    private static final String OAEP_SHA256 = "0017 000b";
    private static final String MESSAGE = "00112233445566778899aabbccddeeff";
    /** "label" and its zero octet. */
    private static final String LABEL = "6c6162656c00";

    private static final String KEY_1024 = "0001 000b 00020472 0000 0010 0010 0400 00000000 0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand encrypt(Handle key, String message, String scheme, String label) {
        return TestCommand.of(CommandCode.RSA_ENCRYPT)
                .handle(key)
                .sized(Bytes.hex(message))
                .parameters(scheme)
                .sized(Bytes.hex(label));
    }

    private static TestCommand decrypt(Handle key, String cipherText, String scheme, String label) {
        TestCommand command =
                TestCommand.of(CommandCode.RSA_DECRYPT).handle(key).password("");
        return parameters(command, cipherText, scheme, label);
    }

    private static TestCommand parameters(TestCommand command, String cipherText, String scheme, String label) {
        return command.sized(Bytes.hex(cipherText)).parameters(scheme).sized(Bytes.hex(label));
    }

    private static Bytes modulus(TpmClient client, Handle key) {
        Bytes area = client.send(readPublic(key)).read().sized2(0xffff);
        return area.slice(area.size() - 128, 128);
    }

    private static TestCommand key(String scheme, String bits) {
        return createPrimary(Handle.NULL, "0001 000b 00020472 0000 0010" + scheme + bits + "00000000 0000");
    }

    @Test
    void withoutSchemeTheMessageIsANumber() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, KEY_1024)).handle();
        BigInteger modulus = new BigInteger(1, modulus(tpm, key).toArray());
        String expected = "%0256x".formatted(new BigInteger(MESSAGE, 16).modPow(BigInteger.valueOf(65537), modulus));
        String zeros = "00".repeat(512 - MESSAGE.length() / 2);
        for (String message : new String[] {MESSAGE, "0000" + MESSAGE, zeros + MESSAGE}) {
            tpm.send(encrypt(key, message, NULL, "")).hasParameters("0080" + expected);
        }
        tpm.send(decrypt(key, expected, NULL, "")).hasParameters("0080" + "00".repeat(112) + MESSAGE);
        tpm.send(encrypt(key, "", NULL, LABEL)).hasParameters("0080" + "00".repeat(128));
    }

    @ParameterizedTest
    @ValueSource(strings = {RSAES, OAEP_SHA256, "0017 0004", "0017 000c"})
    void whatIsEncryptedForAKeyIsReadWithIt(String scheme) {
        Handle key = tpm.send(key(scheme, "0400")).handle();
        for (String message : new String[] {MESSAGE, ""}) {
            Bytes one = tpm.send(encrypt(key, message, scheme, LABEL)).read().sized2(128);
            Bytes other = tpm.send(encrypt(key, message, NULL, LABEL)).read().sized2(128);
            String expected = "%04x".formatted(message.length() / 2) + message;
            tpm.send(decrypt(key, one.toString(), NULL, LABEL)).hasParameters(expected);
            tpm.send(decrypt(key, other.toString(), scheme, LABEL)).hasParameters(expected);
        }
    }

    @Test
    void theLabelOfOaepIsPartOfTheMessage() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, KEY_1024)).handle();
        Bytes text = tpm.send(encrypt(key, MESSAGE, OAEP_SHA256, LABEL)).read().sized2(128);
        tpm.send(decrypt(key, text.toString(), OAEP_SHA256, "")).hasCode(TpmRc.VALUE);
        tpm.send(decrypt(key, text.toString(), "0017 0004", LABEL)).hasCode(TpmRc.VALUE);
        tpm.send(decrypt(key, text.toString(), RSAES, LABEL)).hasCode(TpmRc.VALUE);
        tpm.send(decrypt(key, text.toString(), OAEP_SHA256, LABEL)).hasParameters("0010" + MESSAGE);
    }

    record Fault(
            String name, String template, String text, String scheme, String label, TpmRc encrypt, TpmRc decrypt) {}

    static Stream<Fault> faults() {
        String zeros = "00".repeat(128);
        String oaep = "0001 000b 00020472 0000 0010 0017 000b 0400 00000000 0000";
        TpmRc key = TpmRc.KEY.handle(1);
        TpmRc attributes = TpmRc.ATTRIBUTES.handle(1);
        TpmRc label = TpmRc.VALUE.parameter(3);
        TpmRc scheme = TpmRc.SCHEME.parameter(2);
        return Stream.of(
                new Fault("no RSA key", ObjectRequests.ECC_SIGN, zeros, NULL, "01", key, key),
                new Fault("signing key", ObjectRequests.RSA_SIGN, zeros, NULL, "01", attributes, attributes),
                new Fault("restricted", ObjectRequests.RSA_STORAGE, zeros, NULL, "01", label, attributes),
                new Fault("open label before scheme", oaep, zeros, RSAES, "01", label, label),
                new Fault("another scheme", oaep, zeros, RSAES, "", scheme, scheme),
                new Fault("another hash", oaep, zeros, "0017 0004", "", scheme, scheme),
                new Fault(
                        "no encryption scheme",
                        oaep,
                        zeros,
                        "0014 000b",
                        "",
                        TpmRc.VALUE.parameter(2),
                        TpmRc.VALUE.parameter(2)),
                new Fault("no hash", oaep, zeros, "0017 0010", "", TpmRc.HASH.parameter(2), TpmRc.HASH.parameter(2)),
                new Fault("too long for OAEP", oaep, "01".repeat(63), NULL, "", TpmRc.FAILURE, TpmRc.SIZE),
                new Fault("too long for RSAES", KEY_1024, "01".repeat(118), RSAES, "", TpmRc.FAILURE, TpmRc.SIZE),
                new Fault("too long", KEY_1024, "01".repeat(129), NULL, "", TpmRc.VALUE, TpmRc.SIZE),
                new Fault("not below the modulus", KEY_1024, "ff".repeat(128), NULL, "", TpmRc.FAILURE, TpmRc.VALUE),
                new Fault(
                        "label too long",
                        KEY_1024,
                        zeros,
                        NULL,
                        "00".repeat(67),
                        TpmRc.SIZE.parameter(3),
                        TpmRc.SIZE.parameter(3)),
                new Fault(
                        "longer than any key",
                        KEY_1024,
                        "00".repeat(513),
                        NULL,
                        "",
                        TpmRc.SIZE.parameter(1),
                        TpmRc.SIZE.parameter(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle key = tpm.send(createPrimary(Handle.OWNER, fault.template)).handle();
        tpm.send(encrypt(key, fault.text, fault.scheme, fault.label)).hasCode(fault.encrypt);
        tpm.send(decrypt(key, fault.text, fault.scheme, fault.label)).hasCode(fault.decrypt);
    }

    @Test
    void theMessageIsEncryptedByASession() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, KEY_1024)).handle();
        Bytes area = tpm.send(readPublic(key)).read().sized2(0xffff);
        Bytes name = Bytes.hex("000b").then(Bytes.wrap(Hasher.digest(Digest.SHA256, area.toArray())));
        Bytes text = tpm.send(encrypt(key, MESSAGE, RSAES, "")).read().sized2(128);
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 128)
                .attributes(ClientSession.CONTINUE | ClientSession.DECRYPT | ClientSession.ENCRYPT);
        TestCommand command =
                TestCommand.of(CommandCode.RSA_DECRYPT).handle(key, name).session(session);
        tpm.send(parameters(command, text.toString(), RSAES, "")).hasParameters("0010" + MESSAGE);
    }

    /** libtpms before 0.10 answers FAILURE to what cannot be decrypted. */
    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (Fault fault : faults().toList()) {
            Handle key = ours.send(createPrimary(Handle.OWNER, fault.template)).handle();
            assertEquals(
                    key,
                    both.swtpm()
                            .send(createPrimary(Handle.OWNER, fault.template))
                            .handle());
            TestCommand encrypt = encrypt(key, fault.text, fault.scheme, fault.label);
            ours.send(encrypt).hasCode(both.swtpm().send(encrypt).code());
            TestCommand decrypt = decrypt(key, fault.text, fault.scheme, fault.label);
            TpmRc theirs = both.swtpm().send(decrypt).code();
            ours.send(decrypt).hasCode(theirs.equals(TpmRc.FAILURE) ? TpmRc.VALUE : theirs);
            ours.send(flush(key)).isSuccess();
            both.swtpm().send(flush(key)).isSuccess();
        }
    }

    @SameAsSwtpm
    void theOneEncryptsAndTheOtherDecrypts(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        TestCommand create = createPrimary(Handle.OWNER, ObjectRequests.RSA_DECRYPT);
        Handle key = ours.send(create).handle();
        assertEquals(key, both.swtpm().send(create).handle());
        for (String scheme : new String[] {RSAES, "0017 0004", OAEP_SHA256, "0017 000c", "0017 000d"}) {
            for (String label : new String[] {"", LABEL}) {
                exchange(ours, both.swtpm(), key, scheme, label);
                exchange(both.swtpm(), ours, key, scheme, label);
            }
        }
        TestCommand raw = encrypt(key, MESSAGE, NULL, "");
        assertEquals(both.swtpm().send(raw).octets(), ours.send(raw).octets());
    }

    private static void exchange(TpmClient sender, TpmClient receiver, Handle key, String scheme, String label) {
        Bytes text = sender.send(encrypt(key, MESSAGE, scheme, label)).read().sized2(256);
        receiver.send(decrypt(key, text.toString(), scheme, label)).hasParameters("0010" + MESSAGE);
    }
}
