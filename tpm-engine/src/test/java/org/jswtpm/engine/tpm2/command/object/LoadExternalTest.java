package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadExternalTest {
    /** Test key of RFC 6979, A.2.5. */
    private static final String X = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";

    private static final String Y = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
    private static final String D = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

    private static final String ECC_HEAD = "0023 000b 00040040 0000 0010 0018 000b 0003 0010";
    private static final String ECC_PUBLIC = ECC_HEAD + "0020" + X + "0020" + Y;
    private static final String ECC_PRIVATE = "0023 0000 0000 0020" + D;

    /** SHA-256 of 32 octets of zeros for the seed, and of "key". */
    private static final String HMAC_PUBLIC = "0008 000b 00040040 0000 0005 000b 0020"
            + "ddfe29c35c18757475bdccdc4d97a2e82ad1ffffff28e3b96464244a90bf3ea1";

    private static final String HMAC_PRIVATE = "0008 0000 0020" + "00".repeat(32) + "0003 6b6579";

    private static final String NO_NAME = "0023 0010 00040040 0000 0010 0018 000b 0003 0010 0020" + X + "0020" + Y;

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    record Fault(String name, String sensitive, String area, Handle hierarchy, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        "sensitive area outside the null hierarchy",
                        ECC_PRIVATE,
                        ECC_PUBLIC,
                        Handle.OWNER,
                        TpmRc.HIERARCHY.parameter(3)),
                fault("fixedTPM", ECC_PRIVATE, ECC_PUBLIC.replace("00040040", "00040042"), TpmRc.ATTRIBUTES, 2),
                fault("fixedParent", ECC_PRIVATE, ECC_PUBLIC.replace("00040040", "00040050"), TpmRc.ATTRIBUTES, 2),
                fault("restricted", ECC_PRIVATE, ECC_PUBLIC.replace("00040040", "00050040"), TpmRc.ATTRIBUTES, 2),
                fault("auth value too long", "0023 0021" + "00".repeat(33) + "0000 0001 01", ECC_PUBLIC, TpmRc.SIZE, 1),
                fault("another type", "0025 0000 0000 0001 01", ECC_PUBLIC, TpmRc.TYPE, 1),
                fault(
                        "seed longer than a digest",
                        "0023 0000 0021" + "00".repeat(33) + "0001 01",
                        ECC_PUBLIC,
                        TpmRc.KEY_SIZE,
                        1),
                plain("private key of zero", "0023 0000 0000 0001 00", ECC_PUBLIC, TpmRc.KEY_SIZE),
                plain(
                        "private key of the order",
                        "0023 0000 0000 0020 ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
                        ECC_PUBLIC,
                        TpmRc.KEY_SIZE),
                plain("private key of another point", "0023 0000 0000 0001 02", ECC_PUBLIC, TpmRc.BINDING),
                fault("point not on the curve", "", ECC_HEAD + "0020" + X + "0020" + X, TpmRc.ECC_POINT, 2),
                fault("coordinate cut", "", ECC_HEAD + "001f" + X.substring(2) + "0020" + Y, TpmRc.KEY, 2),
                fault(
                        "modulus too short",
                        "",
                        "0001 000b 00040040 0000 0010 0010 0400 00000000 0002 ffff",
                        TpmRc.KEY,
                        2),
                fault(
                        "modulus too small",
                        "",
                        "0001 000b 00040040 0000 0010 0010 0400 00000000 0080" + "7f".repeat(128),
                        TpmRc.KEY,
                        2),
                fault(
                        "exponent too small",
                        "",
                        "0001 000b 00040040 0000 0010 0010 0400 00000005 0080" + "ff".repeat(128),
                        TpmRc.VALUE,
                        2),
                fault(
                        "prime of another size",
                        "0001 0000 0000 0002 ffff",
                        "0001 000b 00040040 0000 0010 0010 0400 00000000 0080" + "ff".repeat(128),
                        TpmRc.KEY_SIZE,
                        1),
                plain(
                        "prime of another modulus",
                        "0001 0000 0000 0040" + "fe".repeat(64),
                        "0001 000b 00040040 0000 0010 0010 0400 00000000 0080" + "ff".repeat(128),
                        TpmRc.BINDING),
                fault("unique of another size", "", "0008 000b 00040040 0000 0005 000b 0001 00", TpmRc.KEY, 2),
                fault("seed of another size", "0008 0000 0001 00 0003 6b6579", HMAC_PUBLIC, TpmRc.KEY_SIZE, 1),
                fault(
                        "HMAC key longer than a block",
                        "0008 0000 0020" + "00".repeat(32) + "0041" + "00".repeat(65),
                        HMAC_PUBLIC,
                        TpmRc.KEY_SIZE,
                        1),
                plain(
                        "unique of another key",
                        "0008 0000 0020" + "00".repeat(32) + "0003 6b6578",
                        HMAC_PUBLIC,
                        TpmRc.BINDING),
                fault("scheme", "", "0023 000b 00020040 0000 0010 0018 000b 0003 0010 0000 0000", TpmRc.SCHEME, 2));
    }

    private static Fault fault(String name, String sensitive, String area, TpmRc answer, int parameter) {
        return new Fault(name, sensitive, area, Handle.NULL, answer.parameter(parameter));
    }

    private static Fault plain(String name, String sensitive, String area, TpmRc answer) {
        return new Fault(name, sensitive, area, Handle.NULL, answer);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(loadExternal(fault.sensitive, fault.area, fault.hierarchy)).hasCode(fault.answer);
    }

    @SameAsSwtpm
    void faultsAreAnsweredLikeSwtpm(TpmPair both) {
        for (Fault fault : faults().toList()) {
            both.send(loadExternal(fault.sensitive, fault.area, fault.hierarchy))
                    .isIdentical();
        }
    }

    @SameAsSwtpm
    void namesAndQualifiedNamesAreThoseOfSwtpm(TpmPair both) {
        for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.NULL}) {
            assertSame(both, loadedIn(both, "", ECC_PUBLIC, hierarchy));
            assertSame(both, loadedIn(both, "", NO_NAME, hierarchy));
        }
        assertSame(both, loadedIn(both, HMAC_PRIVATE, HMAC_PUBLIC, Handle.NULL));
        assertSame(both, loadedIn(both, ECC_PRIVATE, ECC_PUBLIC, Handle.NULL));
        assertSame(both, loadedIn(both, ECC_PRIVATE, NO_NAME, Handle.NULL));
    }

    private static Handle loadedIn(TpmPair both, String sensitive, String area, Handle hierarchy) {
        Answer ours = both.send(loadExternal(sensitive, area, hierarchy))
                .isIdentical()
                .ours();
        return ours.handle();
    }

    private static void assertSame(TpmPair both, Handle object) {
        both.send(readPublic(object)).isIdentical();
        both.send(flush(object)).isIdentical();
    }

    @Test
    void theQualifiedNameOfAnExternalObjectIsItsName() {
        Answer loaded = tpm.send(loadExternal("", ECC_PUBLIC, Handle.OWNER));
        WireReader read = tpm.send(readPublic(loaded.handle())).read();
        read.sized2(0xffff);
        assertEquals(loaded.read().sized2(34), read.sized2(34));
        assertEquals(loaded.read().sized2(34), read.sized2(34));
    }
}
