package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.create;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createAndLoad;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CreateTest {
    private static final String P256 = "0006 0080 0043 0010 0003 0010 0000 0000";
    private static final Handle PARENT = new Handle(0x8000_0000);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    record Fault(String name, String template, String auth, String data, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Under an ECC storage key with fixedTPM, AES-128 and SHA-256. */
    static Stream<Fault> faults() {
        return Stream.of(
                area("data and sensitiveDataOrigin", "0008 000b 00040472 0000 0005 000b 0000", "01", TpmRc.ATTRIBUTES),
                area("neither of them", ObjectRequests.SEALED, "", TpmRc.ATTRIBUTES),
                area("data of an asymmetric key", "0023 000b 00030452 0000" + P256, "01", TpmRc.ATTRIBUTES),
                area(
                        "parent of unknown origin with fixedParent",
                        "0025 000b 00030452 0000 0006 0080 0043 0000",
                        "00".repeat(16),
                        TpmRc.ATTRIBUTES),
                area("fixedTPM without fixedParent", "0023 000b 00030462 0000" + P256, "", TpmRc.ATTRIBUTES),
                area("parent with another Name algorithm", "0023 000c 00030472 0000" + P256, "", TpmRc.HASH),
                area(
                        "parent with another symmetric key",
                        "0023 000b 00030472 0000 0006 0100 0043 0010 0003 0010 0000 0000",
                        "",
                        TpmRc.SYMMETRIC),
                area(
                        "parent with another mode",
                        "0023 000b 00030472 0000 0006 0080 0042 0010 0003 0010 0000 0000",
                        "",
                        TpmRc.SYMMETRIC),
                new Fault(
                        "auth value longer than a digest",
                        ObjectRequests.ECC_SIGN,
                        "01".repeat(33),
                        "",
                        TpmRc.SIZE.parameter(1)),
                new Fault(
                        "size of a key",
                        "0025 000b 00060452 0000 0006 0080 0043 0000",
                        "",
                        "00".repeat(15),
                        TpmRc.KEY_SIZE));
    }

    private static Fault area(String name, String template, String data, TpmRc answer) {
        return new Fault(name, template, "", data, answer.parameter(2));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(create(parent, fault.template, fault.auth, fault.data)).hasCode(fault.answer);
    }

    @SameAsSwtpm
    void faultsAreAnsweredLikeSwtpm(TpmPair both) {
        both.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        for (Fault fault : faults().toList()) {
            both.send(create(PARENT, fault.template, fault.auth, fault.data)).isIdentical();
        }
    }

    @Test
    void answersTypeForWhatIsNoParent() {
        for (String template :
                new String[] {ObjectRequests.ECC_SIGN, ObjectRequests.HMAC_KEY, ObjectRequests.DERIVATION}) {
            Handle key = tpm.send(createPrimary(Handle.OWNER, template)).handle();
            tpm.send(create(key, ObjectRequests.ECC_SIGN, "", "")).hasCode(TpmRc.TYPE.handle(1));
        }
    }

    /** A slot is asked for although none is taken. */
    @Test
    void answersObjectMemoryWithoutAFreeSlot() {
        for (int i = 0; i < 3; i++) {
            tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE)).isSuccess();
        }
        tpm.send(create(PARENT, ObjectRequests.SEALED, "", "")).hasCode(TpmRc.OBJECT_MEMORY);
    }

    @Test
    void childrenOfAParentThatMayLeaveKeepItsEncryptedDuplication() {
        Handle free = createAndLoad(
                tpm,
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                        .handle(),
                ObjectRequests.FREE_STORAGE,
                "",
                "");
        tpm.send(create(free, ObjectRequests.ECC_SIGN, "", "")).hasCode(TpmRc.ATTRIBUTES.parameter(2));
        tpm.send(create(free, ObjectRequests.ECC_SIGN.replace("00040472", "00040c60"), "", ""))
                .hasCode(TpmRc.ATTRIBUTES.parameter(2));
        tpm.send(create(free, ObjectRequests.ECC_SIGN.replace("00040472", "00040470"), "", ""))
                .isSuccess();
    }

    @Test
    void tellsOfTheCreation() {
        Answer parent = tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_STORAGE));
        Bytes parameters = parent.parameters();
        Bytes name = parameters.slice(parameters.size() - 34, 34);
        Answer answer = tpm.send(TestCommand.of(CommandCode.CREATE)
                .handle(parent.handle())
                .password("")
                .parameters(ObjectRequests.sensitive("", ""))
                .sized(Bytes.hex("0008 000d 00040072 0000 0005 0004 0000"))
                .sized(Bytes.hex("0a0b"))
                .parameters("00000000"));
        WireReader in = answer.read();
        in.sized2(0xffff);
        in.sized2(0xffff);
        Bytes octets = in.sized2(0xffff);
        WireReader data = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        assertEquals(0, data.uint32());
        assertEquals(Bytes.wrap(Hasher.digest(Digest.SHA512)), data.sized2(64));
        assertEquals(1, data.uint8());
        assertEquals(0x000b, data.uint16());
        assertEquals(name, data.sized2(34));
        Bytes qualified = Bytes.hex("000b")
                .then(Bytes.wrap(Hasher.digest(
                        Digest.SHA256, Handle.NULL.asName().then(name).toArray())));
        assertEquals(qualified, data.sized2(34));
        assertEquals(Bytes.hex("0a0b"), data.sized2(2));
        assertEquals(Bytes.wrap(Hasher.digest(Digest.SHA512, octets.toArray())), in.sized2(64));
        assertEquals(0x8021, in.uint16());
        assertEquals(Handle.NULL.value(), in.uint32());
        assertEquals(64, in.sized2(64).size());
        assertEquals(0, in.remaining());
    }

    @Test
    void keysOfTheTpmHaveTheSizeOfTheirAlgorithm() {
        Handle parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        for (String template : new String[] {
            ObjectRequests.RSA_SIGN.replace("0800", "0400"), ObjectRequests.RSA_SIGN.replace("0800", "0c00")
        }) {
            WireReader in = tpm.send(create(parent, template, "", "")).read();
            in.sized2(0xffff);
            TpmtPublic area = TpmtPublic.unmarshalSized(in, AlgorithmSet.nullProfile(), false);
            assertEquals(PublicType.RSA, area.type());
            assertEquals(area.rsa().parms().keyBits(), area.rsa().unique().size() * 8);
        }
    }
}
