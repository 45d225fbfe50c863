package org.jswtpm.engine.tpm2.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructureRoundTripTest {
    private static final AlgorithmSet ALGORITHMS = AlgorithmSet.nullProfile();

    private enum Kind {
        PUBLIC,
        SYM_DEF,
        SENSITIVE,
        SIGNATURE,
        CONTEXT,
        TK_CREATION,
        TK_VERIFIED,
        TK_AUTH,
        TK_HASHCHECK;

        /** Reads a structure and writes it again. */
        Bytes copy(WireReader in) {
            WireWriter out = new WireWriter();
            switch (this) {
                case PUBLIC -> TpmtPublic.unmarshal(in, ALGORITHMS).marshal(out);
                case SYM_DEF -> TpmtSymDef.unmarshalOrNull(in, ALGORITHMS).marshal(out);
                case SENSITIVE -> TpmtSensitive.unmarshal(in).marshal(out);
                case SIGNATURE -> TpmtSignature.unmarshal(in, ALGORITHMS).marshal(out);
                case CONTEXT -> TpmsContext.unmarshal(in).marshal(out);
                case TK_CREATION -> TpmtTicket.unmarshalCreation(in).marshal(out);
                case TK_VERIFIED -> TpmtTicket.unmarshalVerified(in).marshal(out);
                case TK_AUTH -> TpmtTicket.unmarshalAuth(in).marshal(out);
                case TK_HASHCHECK -> TpmtTicket.unmarshalHashCheck(in).marshal(out);
            }
            return out.toBytes();
        }
    }

    record Vector(String name, Kind kind, String octets) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                new Vector("template of the TCG's RSA 2048 endorsement key", Kind.PUBLIC, Templates.EK_RSA_2048),
                new Vector("template of the TCG's ECC P-256 endorsement key", Kind.PUBLIC, Templates.EK_ECC_P256),
                new Vector(
                        "TPMT_PUBLIC of an ECDAA key",
                        Kind.PUBLIC,
                        "0023 000b 00040072 0000 0010 001a 000b 0007 0010 0010 0000 0000"),
                new Vector(
                        "TPMT_PUBLIC of an ECC key with a KDF",
                        Kind.PUBLIC,
                        "0023 000b 00040072 0000 0010 0018 000b 0003 0020 000c 0001 aa 0001 bb"),
                new Vector("TPMT_PUBLIC of sealed data", Kind.PUBLIC, "0008 000b 00000052 0000 0010 0003 010203"),
                new Vector("TPMT_PUBLIC of an HMAC key", Kind.PUBLIC, "0008 000b 00040072 0000 0005 000b 0000"),
                new Vector(
                        "TPMT_PUBLIC of a derivation parent",
                        Kind.PUBLIC,
                        "0008 000b 00030072 0000 000a 000b 0022 0000"),
                new Vector(
                        "TPMT_PUBLIC of a symmetric key", Kind.PUBLIC, "0025 0004 00060072 0000 0006 0100 0010 0000"),
                new Vector("TPMT_SYM_DEF of AES", Kind.SYM_DEF, "0006 0080 0043"),
                new Vector("TPMT_SYM_DEF of XOR", Kind.SYM_DEF, "000a 000b"),
                new Vector("TPMT_SENSITIVE", Kind.SENSITIVE, "0001 0001 aa 0002 bbbb 0003 cccccc"),
                new Vector("TPMT_TK_CREATION", Kind.TK_CREATION, "8021 40000001 0002 abcd"),
                new Vector("TPMT_TK_VERIFIED", Kind.TK_VERIFIED, "8022 40000007 0000"),
                new Vector("TPMT_TK_AUTH of PolicySecret", Kind.TK_AUTH, "8023 4000000b 0000"),
                new Vector("TPMT_TK_AUTH of PolicySigned", Kind.TK_AUTH, "8025 4000000c 0000"),
                new Vector("TPMT_TK_HASHCHECK", Kind.TK_HASHCHECK, "8024 40000007 0000"),
                new Vector("TPMT_SIGNATURE of RSASSA", Kind.SIGNATURE, "0014 000b 0004 01020304"),
                new Vector("TPMT_SIGNATURE of ECDSA", Kind.SIGNATURE, "0018 0004 0001 01 0001 02"),
                new Vector(
                        "TPMT_SIGNATURE of HMAC", Kind.SIGNATURE, "0005 0004 000102030405060708090a0b0c0d0e0f10111213"),
                new Vector("TPMS_CONTEXT", Kind.CONTEXT, "0000000000000001 80000000 40000007 0004 01020304"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesWhatItRead(Vector vector) {
        Bytes octets = Bytes.hex(vector.octets);
        WireReader in = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        assertEquals(octets, vector.kind.copy(in));
        assertEquals(0, in.remaining());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void answersInsufficientAtEveryTruncation(Vector vector) {
        Bytes octets = Bytes.hex(vector.octets);
        for (int size = 0; size < octets.size(); size++) {
            WireReader in = WireReader.over(octets.slice(0, size), TpmRc.WIRE_FAULTS);
            TpmException answer = assertThrows(TpmException.class, () -> vector.kind.copy(in));
            assertEquals(TpmRc.INSUFFICIENT.value(), answer.responseCode(), "cut to " + size + " octets");
        }
    }
}
