package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.Templates;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CreatePrimaryTest {
    private static final List<Handle> HIERARCHIES =
            List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.NULL);

    /** The parameters of a P-256 storage key. */
    private static final String P256 = "0006 0080 0043 0010 0003 0010 0000 0000";

    private static final String NO_SCHEME = "0010 0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    record Fault(String name, String template, String auth, String data, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                fault("data for an asymmetric key", "0023 000b 00030452 0000" + P256, "01", TpmRc.ATTRIBUTES),
                fault("neither data nor their origin", "0008 000b 00000452 0000" + NO_SCHEME, "", TpmRc.ATTRIBUTES),
                fault("fixedTPM without fixedParent", "0023 000b 00030462 0000" + P256, "", TpmRc.ATTRIBUTES),
                fault("restricted for both uses", "0023 000b 00070472 0000" + P256, "", TpmRc.ATTRIBUTES),
                fault("no use at all", "0023 000b 00000472 0000" + P256, "", TpmRc.ATTRIBUTES),
                fault("encryptedDuplication with fixedTPM", "0023 000b 00030c72 0000" + P256, "", TpmRc.ATTRIBUTES),
                fault("policy of another size", "0023 000b 00030472 0001 aa" + P256, "", TpmRc.SIZE),
                fault(
                        "storage key without symmetric algorithm",
                        "0023 000b 00030472 0000 0010 0010 0003 0010 0000 0000",
                        "",
                        TpmRc.SYMMETRIC),
                fault(
                        "signing key with symmetric algorithm",
                        "0023 000b 00040472 0000 0006 0080 0043 0010 0003 0010 0000 0000",
                        "",
                        TpmRc.SYMMETRIC),
                fault(
                        "storage key with scheme",
                        "0023 000b 00030472 0000 0006 0080 0043 0018 000b 0003 0010 0000 0000",
                        "",
                        TpmRc.SCHEME),
                fault(
                        "restricted signing key without scheme",
                        "0023 000b 00050472 0000 0010 0010 0003 0010 0000 0000",
                        "",
                        TpmRc.SCHEME),
                fault(
                        "key derivation",
                        "0023 000b 00040472 0000 0010 0018 000b 0003 0022 000b 0000 0000",
                        "",
                        TpmRc.KDF),
                fault("sealed data of the TPM's own", "0008 000b 00000472 0000 0010 0000", "", TpmRc.ATTRIBUTES),
                fault("HMAC key without scheme", "0008 000b 00040472 0000 0010 0000", "", TpmRc.SCHEME),
                fault("CMAC key that decrypts", "0025 000b 00020472 0000 0006 0080 003f 0000", "", TpmRc.SCHEME),
                new Fault(
                        "auth value longer than a digest",
                        ObjectRequests.ECC_STORAGE,
                        "01".repeat(33),
                        "",
                        TpmRc.SIZE.parameter(1)),
                new Fault(
                        "RSA exponent that is no prime",
                        "0001 000b 00030472 0000 0006 0080 0043 0010 0800 00010005 0000",
                        "",
                        "",
                        TpmRc.RANGE),
                new Fault(
                        "AES key of another size",
                        "0025 000b 00060452 0000 0006 0080 0043 0000",
                        "",
                        "0102",
                        TpmRc.KEY_SIZE),
                new Fault(
                        "weak TDES key",
                        "0025 000b 00060452 0000 0003 0080 0043 0000",
                        "",
                        "0101010101010101" + "0123456789abcdef",
                        TpmRc.KEY),
                new Fault(
                        "HMAC key longer than a block",
                        "0008 0004 00040452 0000 0005 0004 0000",
                        "",
                        "01".repeat(65),
                        TpmRc.SIZE));
    }

    /** A fault of the public area. */
    private static Fault fault(String name, String template, String data, TpmRc answer) {
        return new Fault(name, template, "", data, answer.parameter(2));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(createPrimary(Handle.OWNER, fault.template, fault.auth, fault.data))
                .hasCode(fault.answer);
    }

    @SameAsSwtpm
    void faultsAreAnsweredLikeSwtpm(TpmPair both) {
        for (Fault fault : faults().toList()) {
            both.send(createPrimary(Handle.OWNER, fault.template, fault.auth, fault.data))
                    .isIdentical();
        }
    }

    /** In libtpms 0.9 the bits were reserved. */
    @Test
    void answersAttributesForWhatOnlyAFirmwareMayUse() {
        for (String attributes : new String[] {"00030572", "00030672"}) {
            tpm.send(createPrimary(Handle.OWNER, "0023 000b" + attributes + "0000" + P256))
                    .hasCode(TpmRc.ATTRIBUTES.parameter(2));
        }
    }

    @Test
    void answersObjectMemoryWhenAllSlotsAreTaken() {
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    new Handle(0x8000_0000 + i),
                    tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_STORAGE))
                            .handle());
        }
        tpm.send(createPrimary(Handle.NULL, "0023 000b 00000472 0000")).hasCode(TpmRc.SYMMETRIC.parameter(2));
        tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_STORAGE, "01".repeat(33), ""))
                .hasCode(TpmRc.OBJECT_MEMORY);
    }

    @Test
    void makesTheSameKeyFromTheSameTemplate() {
        assertEquals(nameOf(Handle.OWNER, "01"), nameOf(Handle.OWNER, "01"));
        assertNotEquals(nameOf(Handle.OWNER, "01"), nameOf(Handle.OWNER, "02"));
        assertNotEquals(nameOf(Handle.OWNER, "01"), nameOf(Handle.NULL, "01"));
    }

    private Bytes nameOf(Handle hierarchy, String data) {
        Answer answer = tpm.send(createPrimary(hierarchy, ObjectRequests.ECC_STORAGE, "", data));
        Bytes name = name(answer);
        tpm.send(flush(answer.handle())).isSuccess();
        return name;
    }

    private static Bytes name(Answer answer) {
        Bytes parameters = answer.parameters();
        return parameters.slice(parameters.size() - 34, 34);
    }

    @Test
    void tellsOfTheCreation() {
        TestCommand command = TestCommand.of(CommandCode.CREATE_PRIMARY)
                .handle(Handle.OWNER)
                .password("")
                .parameters(ObjectRequests.sensitive("", ""))
                .sized(Bytes.hex(ObjectRequests.ECC_STORAGE))
                .sized(Bytes.hex("0a0b0c"))
                .parameters("00000001 000b 03 810000");
        WireReader in = tpm.send(command).read();
        in.sized2(0xffff);
        WireReader data = WireReader.over(in.sized2(0xffff), TpmRc.WIRE_FAULTS);
        assertEquals(Bytes.hex("00000001 000b 03 810000"), data.bytes(10));
        // SHA-256 of 64 octets of zeros: two PCRs that nothing was measured into
        assertEquals(Bytes.hex("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"), data.sized2(32));
        assertEquals(0x01, data.uint8());
        assertEquals(0x0010, data.uint16());
        assertEquals(Handle.OWNER.asName(), data.sized2(4));
        assertEquals(Handle.OWNER.asName(), data.sized2(4));
        assertEquals(Bytes.hex("0a0b0c"), data.sized2(3));
        assertEquals(0, data.remaining());
    }

    /** Templates L-1 and L-2 of the TCG, the storage keys, and one of each other type. */
    private static final List<String> TEMPLATES = List.of(
            Templates.EK_RSA_2048,
            Templates.EK_ECC_P256,
            "0023 000c 000300b2 0030" + "00".repeat(48) + "0006 0100 0043 0010 0004 0010 0000 0000",
            ObjectRequests.RSA_STORAGE,
            ObjectRequests.ECC_STORAGE,
            ObjectRequests.SYM_STORAGE,
            ObjectRequests.DERIVATION,
            ObjectRequests.ECC_SIGN,
            ObjectRequests.RSA_SIGN,
            ObjectRequests.HMAC_KEY,
            ObjectRequests.AES_KEY,
            "0025 0004 00060472 0000 0003 00c0 0043 0000");

    @SameAsSwtpm
    void sameStateGivesTheKeysOfSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String template : TEMPLATES) {
            for (Handle hierarchy : HIERARCHIES) {
                if (hierarchy.equals(Handle.NULL)) {
                    continue; // its seed is new with each start
                }
                TestCommand create = createPrimary(hierarchy, template, "00", "0102");
                Answer expected = both.swtpm().send(create);
                Answer actual = ours.send(create);
                assertEquals(expected.octets(), actual.octets(), template);
                TestCommand read = readPublic(actual.handle());
                assertEquals(both.swtpm().send(read).octets(), ours.send(read).octets());
                both.swtpm().send(flush(actual.handle())).isSuccess();
                ours.send(flush(actual.handle())).isSuccess();
            }
        }
    }
}
