package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_ECDH_KeyGen, TPM2_ECDH_ZGen and TPM2_ECC_Parameters. */
class EccTest {
    /** The first vector for P-256 of NIST's CAVP, "KAS ECC CDH Primitive Test": dIUT, QIUT, QCAVS and ZIUT. */
    private static final String SCALAR = "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534";

    private static final String OWN_POINT = "0020 ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230"
            + "0020 28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141";
    private static final String OTHER_POINT = "0020 700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
            + "0020 db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac";
    private static final String SHARED = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static String template(int curve) {
        return "0023 000b 00020472 0000 0010 0010 %04x 0010 0000 0000".formatted(curve);
    }

    private static TestCommand keyGen(Handle key) {
        return TestCommand.of(CommandCode.ECDH_KEY_GEN).handle(key);
    }

    private static TestCommand zGen(Handle key, Bytes point) {
        return TestCommand.of(CommandCode.ECDH_ZGEN).handle(key).password("").sized(point);
    }

    private static TestCommand parameters(int curve) {
        return TestCommand.of(CommandCode.ECC_PARAMETERS).parameters("%04x".formatted(curve));
    }

    @Test
    void computesTheSharedSecretOfCavp() {
        Handle key = tpm.send(loadExternal(
                        "0023 0000 0000 0020" + SCALAR,
                        "0023 000b 00020440 0000 0010 0010 0003 0010" + OWN_POINT,
                        Handle.NULL))
                .handle();
        Bytes result = tpm.send(zGen(key, Bytes.hex(OTHER_POINT))).parameters();
        assertEquals(Bytes.hex("0044 0020" + SHARED), result.slice(0, 36));
    }

    @ParameterizedTest
    @EnumSource(EccCurve.class)
    void bothSidesComputeTheSamePoint(EccCurve curve) {
        Handle key =
                tpm.send(createPrimary(Handle.NULL, template(curve.value()))).handle();
        exchange(tpm, tpm, key);
    }

    /** What TPM2_ECDH_KeyGen says is shared is what TPM2_ECDH_ZGen finds. */
    private static void exchange(TpmClient one, TpmClient other, Handle key) {
        WireReader made = one.send(keyGen(key)).read();
        Bytes shared = made.sized2(0xffff);
        Bytes point = made.sized2(0xffff);
        assertEquals(shared, other.send(zGen(key, point)).read().sized2(0xffff));
    }

    record Fault(String name, String template, String point, TpmRc answer) {}

    static Stream<Fault> faults() {
        String off = OTHER_POINT.replace("700c", "700d");
        return Stream.of(
                new Fault("no ECC key", ObjectRequests.AES_KEY, OTHER_POINT, TpmRc.KEY.handle(1)),
                new Fault("restricted", ObjectRequests.ECC_STORAGE, off, TpmRc.ATTRIBUTES.handle(1)),
                new Fault("signing key", ObjectRequests.ECC_SIGN, off, TpmRc.ATTRIBUTES.handle(1)),
                new Fault(
                        "another scheme",
                        template(3).replace("0010 0010", "0010 001d 000b"),
                        off,
                        TpmRc.SCHEME.handle(1)),
                new Fault("off the curve", template(3), off, TpmRc.ECC_POINT.parameter(1)),
                new Fault("of another curve", template(4), OTHER_POINT, TpmRc.ECC_POINT.parameter(1)),
                new Fault("no coordinates", template(3), "0000 0000", TpmRc.ECC_POINT.parameter(1)),
                new Fault("no point", template(3), "", TpmRc.SIZE.parameter(1)),
                new Fault("more than a point", template(3), OTHER_POINT + "00", TpmRc.SIZE.parameter(1)),
                new Fault(
                        "coordinate too long",
                        template(3),
                        "0051" + "00".repeat(81) + "0000",
                        TpmRc.SIZE.parameter(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle key = tpm.send(createPrimary(Handle.OWNER, fault.template)).handle();
        tpm.send(zGen(key, Bytes.hex(fault.point))).hasCode(fault.answer);
    }

    @Test
    void keyGenAnswersKeyForWhatIsNoneOrOffItsCurve() {
        Handle other =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.AES_KEY)).handle();
        tpm.send(keyGen(other)).hasCode(TpmRc.KEY.handle(1));
        String off = OWN_POINT.replace("ead2", "ead3");
        Handle bad = tpm.send(loadExternal("", "0023 0010 00020440 0000 0010 0010 0003 0010" + off, Handle.NULL))
                .handle();
        tpm.send(keyGen(bad)).hasCode(TpmRc.KEY.handle(1));
        tpm.send(parameters(0x0006)).hasCode(TpmRc.CURVE.parameter(1));
    }

    /** SP 800-186, 3.2.1.3. */
    @Test
    void tellsTheParametersOfP256() {
        tpm.send(parameters(0x0003))
                .hasParameters("0003 0100 0020 000b 0010"
                        + "0020 ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
                        + "0020 ffffffff00000001000000000000000000000000fffffffffffffffffffffffc"
                        + "0020 5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"
                        + "0020 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                        + "0020 4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
                        + "0020 ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
                        + "0001 01");
    }

    @SameAsSwtpm
    void tellsTheParametersLikeSwtpm(TpmPair both) {
        for (int curve = 0; curve <= 0x30; curve++) {
            both.send(parameters(curve)).isIdentical();
        }
    }

    @SameAsSwtpm
    void theOneMakesAndTheOtherFinds(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (EccCurve curve : EccCurve.values()) {
            TestCommand create = createPrimary(Handle.OWNER, template(curve.value()));
            Handle key = ours.send(create).handle();
            assertEquals(key, both.swtpm().send(create).handle());
            exchange(ours, both.swtpm(), key);
            exchange(both.swtpm(), ours, key);
            WireReader area = ours.send(readPublic(key)).read();
            Bytes own = area.bytes(area.uint16());
            int size = 2 * (2 + curve.keyBytes());
            TestCommand ownPoint = zGen(key, own.slice(own.size() - size, size));
            assertEquals(
                    both.swtpm().send(ownPoint).octets(), ours.send(ownPoint).octets(), curve.name());
            ours.send(flush(key)).isSuccess();
            both.swtpm().send(flush(key)).isSuccess();
        }
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        for (Fault fault : faults().toList()) {
            Handle key = both.send(createPrimary(Handle.OWNER, fault.template))
                    .hasSameCode()
                    .ours()
                    .handle();
            both.send(zGen(key, Bytes.hex(fault.point))).isIdentical();
            both.send(keyGen(key)).hasSameCode();
            both.send(flush(key)).isIdentical();
        }
    }

    /** Coordinates with zeros before them, or without the zeros that belong there. */
    @SameAsSwtpm
    void readsCoordinatesLikeSwtpm(TpmPair both) {
        both.send(loadExternal(
                        "0023 0000 0000 0020" + SCALAR,
                        "0023 000b 00020440 0000 0010 0010 0003 0010" + OWN_POINT,
                        Handle.NULL))
                .isIdentical();
        Handle key = new Handle(0x8000_0000);
        Bytes x = Bytes.hex(OTHER_POINT).slice(2, 32);
        Bytes y = Bytes.hex(OTHER_POINT).slice(36, 32);
        for (int zeros : new int[] {0, 1, 17, 48}) {
            WireWriter point = new WireWriter();
            point.sized2(Bytes.zeros(zeros).then(x)).sized2(y);
            both.send(zGen(key, point.toBytes())).isIdentical();
        }
        both.send(zGen(
                        key,
                        new WireWriter()
                                .sized2(Bytes.hex("00"))
                                .sized2(Bytes.hex("00"))
                                .toBytes()))
                .isIdentical();
    }
}
