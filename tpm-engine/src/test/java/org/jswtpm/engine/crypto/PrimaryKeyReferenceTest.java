package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Primary keys follow from the seeds of a state exactly as in swtpm, which makes the same keys beside us. */
class PrimaryKeyReferenceTest {
    private static final String OWNER = "40000001";
    private static final String ENDORSEMENT = "4000000b";
    private static final String STORAGE = "00030472";
    private static final String SIGNING = "00040472";
    private static final String AES_128_CFB = "0006 0080 0043";
    private static final String NULL = "0010";
    private static final String NO_POLICY = "0000";

    /** The default template of an endorsement key (TCG EK Credential Profile, B.3.3). */
    private static final String EK_TEMPLATE = "0001 000b 000300b2"
            + "0020 837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"
            + "0006 0080 0043 0010 0800 00000000 0100" + "00".repeat(256);

    @TempDir
    private static Path directory;

    private static ReferenceTpm tpm;
    private static ReferenceState state;

    @BeforeAll
    static void startWithNewState() throws Exception {
        ReferenceTpm.assumeInstalled();
        tpm = ReferenceTpm.start(directory);
        state = new ReferenceState(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endorsementKeyFollowsFromItsSeed(SeedCompatLevel level) throws Exception {
        restartWith(level);
        assertEquals(level, state.seedCompatLevel());
        assertSameRsaKey(ENDORSEMENT, state.endorsementSeed, EK_TEMPLATE, 2048, "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 3072})
    void rsaStorageKeyFollowsFromItsSeed(int bits) throws Exception {
        for (SeedCompatLevel level : SeedCompatLevel.values()) {
            restartWith(level);
            String template =
                    "0001 000b" + STORAGE + NO_POLICY + AES_128_CFB + NULL + "%04x".formatted(bits) + "00000000 0000";
            assertSameRsaKey(OWNER, state.ownerSeed, template, bits, "00112233");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eccKeyFollowsFromItsSeed(EccCurve curve) throws Exception {
        String template =
                "0023 000b" + SIGNING + NO_POLICY + NULL + NULL + "%04x".formatted(curve.id()) + NULL + "0000 0000";
        ByteBuffer area = createPrimary(OWNER, template, "");
        area.position(area.position() + 2 + 2 + 4 + 2 + 2 + 2 + 2 + 2);

        Drbg drbg = drbg(state.ownerSeed, template, "");
        EccPoint point = EccPrivateKey.generate(curve, drbg).publicPoint();
        assertOctets(ReferenceTpm.sized(area), point.x());
        assertOctets(ReferenceTpm.sized(area), point.y());
    }

    /** The digest in the unique field tells of the seed value, which is drawn after the key and, here, the proofs. */
    @ParameterizedTest
    @ValueSource(strings = {OWNER, ENDORSEMENT})
    void seedValueFollowsFromTheSeedAndTheProofs(String hierarchy) throws Exception {
        String template = "0008 000b" + SIGNING + NO_POLICY + "0005 000b 0000";
        ByteBuffer area = createPrimary(hierarchy, template, "");
        area.position(area.position() + 2 + 2 + 4 + 2 + 2 + 2);

        boolean endorsement = hierarchy.equals(ENDORSEMENT);
        Drbg drbg = drbg(endorsement ? state.endorsementSeed : state.ownerSeed, template, "");
        byte[] key = drbg.generate(32);
        if (endorsement) {
            drbg.mix(state.ownerProof);
            drbg.mix(state.endorsementProof);
        }
        byte[] seedValue = drbg.generate(32);
        assertOctets(ReferenceTpm.sized(area), Hasher.digest(Digest.SHA256, seedValue, key));
    }

    private static void restartWith(SeedCompatLevel level) throws Exception {
        tpm.close();
        state.setSeedCompatLevel(level);
        tpm = ReferenceTpm.start(directory);
        state = new ReferenceState(directory);
    }

    private static void assertSameRsaKey(String hierarchy, byte[] seed, String template, int bits, String additional)
            throws Exception {
        byte[] area = createPrimary(hierarchy, template, additional).array();
        byte[] expected = Arrays.copyOfRange(area, area.length - bits / 8, area.length);
        RsaPrivateKey key = RsaKeyGenerator.generate(bits, 0, drbg(seed, template, additional), Cancellation.NEVER)
                .orElseThrow();
        assertOctets(expected, key.modulus());
    }

    private static ByteBuffer createPrimary(String hierarchy, String template, String additional) throws Exception {
        ReferenceTpm.Loaded object = tpm.createPrimary(hierarchy, template, additional);
        tpm.flush(object);
        return object.publicArea();
    }

    private static Drbg drbg(byte[] seed, String template, String additional) {
        return ReferenceState.drbg(seed, template, additional, state.seedCompatLevel());
    }

    private static void assertOctets(byte[] expected, byte[] actual) {
        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(actual));
    }
}
