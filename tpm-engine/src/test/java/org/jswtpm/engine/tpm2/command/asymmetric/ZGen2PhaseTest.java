package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccKeyExchange;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TPM2_ZGen_2Phase; the test is the other party. */
class ZGen2PhaseTest {
    private static final int ECDH = 0x0019;
    private static final int SM2 = 0x001B;
    private static final int ECMQV = 0x001D;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** The other party: a static and an ephemeral key. */
    private record Party(EccPrivateKey staticKey, EccPrivateKey ephemeralKey) {
        static Party on(EccCurve curve) {
            Random random = new Random(curve.id());
            return new Party(
                    EccPrivateKey.generate(curve, random::nextBytes), EccPrivateKey.generate(curve, random::nextBytes));
        }
    }

    /** A point of an answer with its number. */
    private record Ephemeral(EccPoint point, int counter) {
        static Ephemeral of(TpmClient client, EccCurve curve) {
            WireReader in = client.send(
                            TestCommand.of(CommandCode.EC_EPHEMERAL).parameters("%04x".formatted(curve.id())))
                    .read();
            return new Ephemeral(pointOf(curve, TpmsEccPoint.unmarshalSized(in)), in.uint16());
        }
    }

    private static EccPoint pointOf(EccCurve curve, TpmsEccPoint point) {
        return EccPoint.of(curve, point.x().toArray(), point.y().toArray()).orElseThrow();
    }

    private static Bytes octets(EccPoint point) {
        return new WireWriter()
                .sized2(Bytes.wrap(point.x()))
                .sized2(Bytes.wrap(point.y()))
                .toBytes();
    }

    private static String template(EccCurve curve, String scheme) {
        return "0023 000b 00020472 0000 0010" + scheme + "%04x".formatted(curve.id()) + "0010 0000 0000";
    }

    private static TestCommand zGen(Handle key, Bytes qs, Bytes qe, int scheme, int counter) {
        return TestCommand.of(CommandCode.ZGEN_2_PHASE)
                .handle(key)
                .password("")
                .sized(qs)
                .sized(qe)
                .parameters("%04x %04x".formatted(scheme, counter));
    }

    private static EccPoint publicPoint(TpmClient client, Handle key, EccCurve curve) {
        Bytes area = client.send(readPublic(key)).read().sized2(0xffff);
        int size = 2 * (2 + curve.size());
        WireReader in = WireReader.over(area.slice(area.size() - size, size), TpmRc.WIRE_FAULTS);
        return pointOf(curve, TpmsEccPoint.unmarshal(in));
    }

    /** Both parties find the same, and the ephemeral key is used up. */
    private static void agree(TpmClient client, EccCurve curve, int scheme) {
        Handle key = client.send(createPrimary(Handle.OWNER, template(curve, "0010")))
                .handle();
        EccPoint own = publicPoint(client, key, curve);
        Party other = Party.on(curve);
        Ephemeral ephemeral = Ephemeral.of(client, curve);
        TestCommand command = zGen(
                key,
                octets(other.staticKey.publicPoint()),
                octets(other.ephemeralKey.publicPoint()),
                scheme,
                ephemeral.counter);
        WireReader answer = client.send(command).read();
        assertEquals(
                z1(scheme, other, own, ephemeral.point).map(ZGen2PhaseTest::octets),
                Optional.of(answer.sized2(0xffff)));
        Bytes z2 = scheme == ECDH
                ? octets(ephemeral.point.times(other.ephemeralKey).orElseThrow())
                : Bytes.zeros(4);
        assertEquals(z2, answer.sized2(0xffff));
        client.send(command).hasCode(TpmRc.VALUE.parameter(4));
        client.send(ObjectRequests.flush(key)).isSuccess();
    }

    private static Optional<EccPoint> z1(int scheme, Party other, EccPoint own, EccPoint ephemeral) {
        return switch (scheme) {
            case ECDH -> own.times(other.staticKey);
            case SM2 -> EccKeyExchange.sm2(other.staticKey, other.ephemeralKey, own, ephemeral);
            default -> EccKeyExchange.mqv(other.staticKey, other.ephemeralKey, own, ephemeral);
        };
    }

    @ParameterizedTest
    @EnumSource(EccCurve.class)
    void bothPartiesAgree(EccCurve curve) {
        agree(tpm, curve, ECDH);
        agree(tpm, curve, SM2);
        agree(tpm, curve, ECMQV);
    }

    @Test
    void refusesInTheOrderOfLibtpms() {
        Bytes point = octets(Party.on(EccCurve.NIST_P256).staticKey.publicPoint());
        Bytes off = octets(Party.on(EccCurve.SM2_P256).staticKey.publicPoint());
        Handle aes =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.AES_KEY)).handle();
        Handle sign =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN)).handle();
        tpm.send(zGen(aes, off, off, SM2, 1)).hasCode(TpmRc.KEY.handle(1));
        tpm.send(zGen(sign, off, off, SM2, 1)).hasCode(TpmRc.ATTRIBUTES.handle(1));
        tpm.send(zGen(sign, off, off, 0x0018, 1)).hasCode(TpmRc.SCHEME.parameter(3));
        tpm.send(zGen(sign, off, off, 0x0010, 1)).hasCode(TpmRc.SCHEME.parameter(3));
        tpm.send(zGen(sign, Bytes.EMPTY, off, ECDH, 1)).hasCode(TpmRc.SIZE.parameter(1));
        Handle key = tpm.send(createPrimary(Handle.OWNER, template(EccCurve.NIST_P256, "0019 000b")))
                .handle();
        tpm.send(zGen(key, off, off, SM2, 1)).hasCode(TpmRc.SCHEME.parameter(3));
        tpm.send(zGen(key, off, off, ECDH, 1)).hasCode(TpmRc.ECC_POINT.parameter(1));
        tpm.send(zGen(key, point, off, ECDH, 1)).hasCode(TpmRc.ECC_POINT.parameter(2));
        tpm.send(zGen(key, point, point, ECDH, 1)).hasCode(TpmRc.VALUE.parameter(4));
    }

    /** SM2 has changed with libtpms 0.10; ECMQV ends in failure mode there. */
    @SameAsSwtpm
    void swtpmAgreesToo(TpmPair both) {
        for (EccCurve curve : EccCurve.values()) {
            agree(both.swtpm(), curve, ECDH);
        }
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        Bytes point = octets(Party.on(EccCurve.NIST_P256).staticKey.publicPoint());
        Bytes off = octets(Party.on(EccCurve.SM2_P256).staticKey.publicPoint());
        String[] templates = {
            ObjectRequests.AES_KEY,
            ObjectRequests.ECC_SIGN,
            ObjectRequests.ECC_STORAGE,
            template(EccCurve.NIST_P256, "0019 000b"),
            template(EccCurve.NIST_P256, "0010")
        };
        for (String template : templates) {
            Handle key = both.send(createPrimary(Handle.OWNER, template))
                    .hasSameCode()
                    .ours()
                    .handle();
            for (int scheme : new int[] {ECDH, SM2, ECMQV, 0x0018, 0x0010}) {
                both.send(zGen(key, off, point, scheme, 1)).isIdentical();
                both.send(zGen(key, point, off, scheme, 1)).isIdentical();
                both.send(zGen(key, point, point, scheme, 1)).isIdentical();
                both.send(zGen(key, point, Bytes.hex("0000 0000"), scheme, 1)).isIdentical();
            }
            both.send(ObjectRequests.flush(key)).isIdentical();
        }
    }
}
