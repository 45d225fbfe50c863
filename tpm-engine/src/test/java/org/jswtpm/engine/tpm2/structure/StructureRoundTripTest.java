package org.jswtpm.engine.tpm2.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Function;
import java.util.stream.Stream;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StructureRoundTripTest {
    private static final AlgorithmSet ALGORITHMS = AlgorithmSet.nullProfile();

    /** Reads a structure and writes it again. */
    private interface Codec extends Function<WireReader, WireWriter> {}

    record Vector(String name, Codec codec, String octets) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                new Vector("template of the TCG's RSA 2048 endorsement key", PUBLIC, Templates.EK_RSA_2048),
                new Vector("template of the TCG's ECC P-256 endorsement key", PUBLIC, Templates.EK_ECC_P256),
                new Vector(
                        "TPMT_PUBLIC of an ECDAA key",
                        PUBLIC,
                        "0023 000b 00040072 0000 0010 001a 000b 0007 0010 0010 0000 0000"),
                new Vector(
                        "TPMT_PUBLIC of an ECC key with a KDF",
                        PUBLIC,
                        "0023 000b 00040072 0000 0010 0018 000b 0003 0020 000c 0001 aa 0001 bb"),
                new Vector("TPMT_PUBLIC of sealed data", PUBLIC, "0008 000b 00000052 0000 0010 0003 010203"),
                new Vector("TPMT_PUBLIC of an HMAC key", PUBLIC, "0008 000b 00040072 0000 0005 000b 0000"),
                new Vector("TPMT_PUBLIC of a derivation parent", PUBLIC, "0008 000b 00030072 0000 000a 000b 0022 0000"),
                new Vector("TPMT_PUBLIC of a symmetric key", PUBLIC, "0025 0004 00060072 0000 0006 0100 0010 0000"),
                new Vector("TPMT_SYM_DEF of AES", SYM_DEF, "0006 0080 0043"),
                new Vector("TPMT_SYM_DEF of XOR", SYM_DEF, "000a 000b"),
                new Vector("TPMT_SENSITIVE", SENSITIVE, "0001 0001 aa 0002 bbbb 0003 cccccc"),
                new Vector("TPMT_TK_CREATION", TpmtTicketCodec.CREATION, "8021 40000001 0002 abcd"),
                new Vector("TPMT_TK_VERIFIED", TpmtTicketCodec.VERIFIED, "8022 40000007 0000"),
                new Vector("TPMT_TK_AUTH of PolicySecret", TpmtTicketCodec.AUTH, "8023 4000000b 0000"),
                new Vector("TPMT_TK_AUTH of PolicySigned", TpmtTicketCodec.AUTH, "8025 4000000c 0000"),
                new Vector("TPMT_TK_HASHCHECK", TpmtTicketCodec.HASH_CHECK, "8024 40000007 0000"),
                new Vector("TPMT_SIGNATURE of RSASSA", SIGNATURE, "0014 000b 0004 01020304"),
                new Vector("TPMT_SIGNATURE of ECDSA", SIGNATURE, "0018 0004 0001 01 0001 02"),
                new Vector("TPMT_SIGNATURE of HMAC", SIGNATURE, "0005 0004 000102030405060708090a0b0c0d0e0f10111213"),
                new Vector("TPMS_CONTEXT", CONTEXT, "0000000000000001 80000000 40000007 0004 01020304"));
    }

    private static final Codec PUBLIC = in -> write(TpmtPublic.unmarshal(in, ALGORITHMS)::marshal);
    private static final Codec SYM_DEF = in -> write(TpmtSymDef.unmarshalOrNull(in, ALGORITHMS)::marshal);
    private static final Codec SENSITIVE = in -> write(TpmtSensitive.unmarshal(in)::marshal);
    private static final Codec SIGNATURE = in -> write(TpmtSignature.unmarshal(in, ALGORITHMS)::marshal);
    private static final Codec CONTEXT = in -> write(TpmsContext.unmarshal(in)::marshal);

    private static final class TpmtTicketCodec {
        static final Codec CREATION = in -> write(TpmtTicket.unmarshalCreation(in)::marshal);
        static final Codec VERIFIED = in -> write(TpmtTicket.unmarshalVerified(in)::marshal);
        static final Codec AUTH = in -> write(TpmtTicket.unmarshalAuth(in)::marshal);
        static final Codec HASH_CHECK = in -> write(TpmtTicket.unmarshalHashCheck(in)::marshal);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesWhatItRead(Vector vector) {
        Bytes octets = Bytes.hex(vector.octets);
        WireReader in = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        assertEquals(octets, vector.codec.apply(in).toBytes());
        assertEquals(0, in.remaining());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void answersInsufficientAtEveryTruncation(Vector vector) {
        Bytes octets = Bytes.hex(vector.octets);
        for (int size = 0; size < octets.size(); size++) {
            WireReader in = WireReader.over(octets.slice(0, size), TpmRc.WIRE_FAULTS);
            TpmException answer = assertThrows(TpmException.class, () -> vector.codec.apply(in));
            assertEquals(TpmRc.INSUFFICIENT.value(), answer.responseCode(), "cut to " + size + " octets");
        }
    }

    private interface Marshaller {
        void marshal(WireWriter out);
    }

    private static WireWriter write(Marshaller structure) {
        WireWriter out = new WireWriter();
        structure.marshal(out);
        return out;
    }
}
