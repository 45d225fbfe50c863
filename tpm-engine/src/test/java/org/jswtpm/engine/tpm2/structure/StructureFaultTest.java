package org.jswtpm.engine.tpm2.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which code a structure is refused with; the codes are those of libtpms' Unmarshal.c. */
class StructureFaultTest {
    private static final AlgorithmSet ALGORITHMS = AlgorithmSet.nullProfile();

    record Fault(String name, Consumer<WireReader> reader, String octets, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("type unknown", StructureFaultTest::area, "0010 ffff", TpmRc.TYPE),
                new Fault("Name algorithm null", StructureFaultTest::area, "0001 0010 ffffffff", TpmRc.HASH),
                new Fault("Name algorithm no hash", StructureFaultTest::area, "0001 0006 ffffffff", TpmRc.HASH),
                new Fault(
                        "reserved attribute", StructureFaultTest::area, "0001 000b 00000001 0041", TpmRc.RESERVED_BITS),
                new Fault(
                        "attribute fixedFirmware",
                        StructureFaultTest::area,
                        "0001 000b 00000008 0041",
                        TpmRc.RESERVED_BITS),
                new Fault("policy too long", StructureFaultTest::area, "0001 000b 00000000 0041", TpmRc.SIZE),
                new Fault(
                        "symmetric algorithm",
                        StructureFaultTest::area,
                        "0001 000b 00000000 0000 000a",
                        TpmRc.SYMMETRIC),
                new Fault(
                        "AES 192 in the null profile",
                        StructureFaultTest::area,
                        "0001 000b 00000000 0000 0006 00c0",
                        TpmRc.VALUE),
                new Fault(
                        "symmetric mode",
                        StructureFaultTest::area,
                        "0001 000b 00000000 0000 0006 0080 0006",
                        TpmRc.MODE),
                new Fault("RSA scheme", StructureFaultTest::area, "0001 000b 00000000 0000 0010 0018", TpmRc.VALUE),
                new Fault(
                        "hash of RSA scheme",
                        StructureFaultTest::area,
                        "0001 000b 00000000 0000 0010 0014 0010",
                        TpmRc.HASH),
                new Fault(
                        "RSA 4096 in the null profile",
                        StructureFaultTest::area,
                        "0001 000b 00000000 0000 0010 0010 1000",
                        TpmRc.VALUE),
                new Fault("ECC scheme", StructureFaultTest::area, "0023 000b 00000000 0000 0010 0014", TpmRc.SCHEME),
                new Fault("curve", StructureFaultTest::area, "0023 000b 00000000 0000 0010 0010 0000", TpmRc.CURVE),
                new Fault("KDF", StructureFaultTest::area, "0023 000b 00000000 0000 0010 0010 0003 0006", TpmRc.KDF),
                new Fault("keyed hash scheme", StructureFaultTest::area, "0008 000b 00000000 0000 0006", TpmRc.VALUE),
                new Fault(
                        "symmetric key without algorithm",
                        StructureFaultTest::area,
                        "0025 000b 00000000 0000 0010",
                        TpmRc.SYMMETRIC),
                new Fault("empty TPM2B_PUBLIC", StructureFaultTest::sizedPublic, "0000", TpmRc.SIZE),
                new Fault(
                        "TPM2B_PUBLIC longer than its area",
                        StructureFaultTest::sizedPublic,
                        "0010 0008 000b 00000052 0000 0010 0000 0000",
                        TpmRc.SIZE),
                new Fault(
                        "TPM2B_PUBLIC shorter than its area",
                        StructureFaultTest::sizedPublic,
                        "000d 0008 000b 00000052 0000 0010 0000",
                        TpmRc.SIZE),
                new Fault("empty TPM2B_SENSITIVE_CREATE", TpmsSensitiveCreate::unmarshalSized, "0000", TpmRc.SIZE),
                new Fault("auth value too long", TpmsSensitiveCreate::unmarshalSized, "0004 0041 0000", TpmRc.SIZE),
                new Fault("data too long", TpmsSensitiveCreate::unmarshalSized, "0004 0000 0081", TpmRc.SIZE),
                new Fault(
                        "TPM2B_SENSITIVE_CREATE longer",
                        TpmsSensitiveCreate::unmarshalSized,
                        "0005 0000 0000 00",
                        TpmRc.SIZE),
                new Fault("signing scheme null", StructureFaultTest::sigScheme, "0010", TpmRc.SCHEME),
                new Fault("signing scheme without hash", StructureFaultTest::sigScheme, "0014 0010", TpmRc.HASH),
                new Fault("NULL tag", TpmtTicket::unmarshalCreation, "8000 0000 0000", TpmRc.TAG),
                new Fault("tag of another ticket", TpmtTicket::unmarshalCreation, "8022 ffffffff", TpmRc.TAG),
                new Fault("no tag at all", TpmtTicket::unmarshalCreation, "1234 ffffffff", TpmRc.VALUE),
                new Fault("hierarchy of a ticket", TpmtTicket::unmarshalCreation, "8021 4000000a", TpmRc.VALUE),
                new Fault("saved handle", TpmsContext::unmarshal, "0000000000000001 80000003", TpmRc.VALUE),
                new Fault("saved session handle", TpmsContext::unmarshal, "0000000000000001 02000040", TpmRc.VALUE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        WireReader in = WireReader.over(Bytes.hex(fault.octets), TpmRc.WIRE_FAULTS);
        TpmException answer = assertThrows(TpmException.class, () -> fault.reader.accept(in));
        assertEquals(fault.answer.value(), answer.responseCode());
    }

    private static void area(WireReader in) {
        TpmtPublic.unmarshal(in, ALGORITHMS);
    }

    private static void sizedPublic(WireReader in) {
        TpmtPublic.unmarshalSized(in, ALGORITHMS, false);
    }

    private static void sigScheme(WireReader in) {
        TpmtAsymScheme.unmarshalSig(in, ALGORITHMS);
    }

    @Test
    void laterStateFormatLevelsKnowMoreKeySizes() {
        assertEquals(true, AlgorithmSet.allOf(4).isEnabled(AlgId.AES, 192));
        assertEquals(false, AlgorithmSet.allOf(7).isEnabled(AlgId.RSA, 4096));
        assertEquals(true, AlgorithmSet.allOf(8).isEnabled(AlgId.RSA, 4096));
    }
}
