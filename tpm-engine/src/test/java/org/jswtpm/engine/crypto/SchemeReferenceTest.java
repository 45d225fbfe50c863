package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** swtpm and we accept each other's signatures, and agree on exchanged keys. */
class SchemeReferenceTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String OWNER = "40000001";
    private static final String NO_TICKET = "8024 40000007 0000";
    private static final String SHA256 = "000b";
    private static final String NULL = "0010";

    @TempDir
    private static Path directory;

    private static ReferenceTpm tpm;
    private static ReferenceState state;

    private final Drbg random = Drbg.instantiate(target -> target[0] = 3, new byte[0]);
    private final byte[] digest = random.generate(32);

    private enum EccScheme {
        ECDSA("0018"),
        SM2("001b"),
        ECSCHNORR("001c");

        private final String algId;

        EccScheme(String algId) {
            this.algId = algId;
        }
    }

    @BeforeAll
    static void start() throws Exception {
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
    void eccSignaturesAreAcceptedBothWays(EccCurve curve) throws Exception {
        String template = eccTemplate("00040472", NULL, curve);
        ReferenceTpm.Loaded loaded = tpm.createPrimary(OWNER, template, "");
        EccPrivateKey key = eccKey(template, curve);
        for (EccScheme scheme : EccScheme.values()) {
            String parameters = sized(digest) + scheme.algId + SHA256 + NO_TICKET;
            ByteBuffer response = tpm.command(0x15d, handle(loaded), 1, parameters);
            response.position(response.position() + 4 + 2 + 2);
            EccSignature theirs = new EccSignature(ReferenceTpm.sized(response), ReferenceTpm.sized(response));
            assertTrue(verify(scheme, key.publicPoint(), theirs), scheme + ": theirs");
            EccSignature ours = sign(scheme, key);
            assertEquals(theirs.r().length, ours.r().length);
            tpm.command(
                    0x177,
                    handle(loaded),
                    0,
                    sized(digest) + scheme.algId + SHA256 + sized(ours.r()) + sized(ours.s()));
        }
        tpm.flush(loaded);
    }

    @ParameterizedTest
    @EnumSource
    void rsaSignaturesAreAcceptedBySwtpm(Digest algorithm) throws Exception {
        String template = "0001 000b 00040472 0000 0010 0010 0400 00000000 0000";
        ReferenceTpm.Loaded loaded = tpm.createPrimary(OWNER, template, "");
        RsaPrivateKey key = RsaKeyGenerator.generate(1024, 0, drbg(template), Cancellation.NEVER)
                .orElseThrow();
        byte[] hash = random.generate(algorithm.size());
        String algId = "%04x".formatted(algorithm.algId());
        byte[] pss = RsaSignature.signPss(key, algorithm, hash, random).orElseThrow();
        tpm.command(0x177, handle(loaded), 0, sized(hash) + "0016" + algId + sized(pss));
        byte[] pkcs1 = RsaSignature.signPkcs1(key, algorithm, hash).orElseThrow();
        tpm.command(0x177, handle(loaded), 0, sized(hash) + "0014" + algId + sized(pkcs1));
        tpm.flush(loaded);
    }

    /** E is [r]G, and the signature s = r + T d, so that [s]G - [T]Q is E again. */
    @Test
    void ecdaaSignaturesFollowTheFormulaOfSwtpm() throws Exception {
        EccCurve curve = EccCurve.BN_P256;
        String template = eccTemplate("00040472", "001a 000b 0001", curve);
        ReferenceTpm.Loaded loaded = tpm.createPrimary(OWNER, template, "");
        EccPrivateKey key = eccKey(template, curve);
        ByteBuffer commit = tpm.command(0x18b, handle(loaded), 1, "0004 0000 0000 0000 0000");
        commit.position(commit.position() + 4 + 6 + 6 + 2);
        EccPoint e = point(commit, curve);
        int count = commit.getShort() & 0xffff;
        ByteBuffer response = tpm.command(
                0x15d, handle(loaded), 1, sized(digest) + "001a 000b" + "%04x".formatted(count) + NO_TICKET);
        response.position(response.position() + 4 + 2 + 2);
        byte[] nonce = ReferenceTpm.sized(response);
        byte[] s = ReferenceTpm.sized(response);
        assertCommits(e, key, nonce, s);

        byte[] r = random.generate(31);
        EccSignature ours = Ecdaa.sign(key, Digest.SHA256, digest, r, random);
        assertCommits(curve.generator().times(r).orElseThrow(), key, ours.r(), ours.s());
        assertEquals(s.length, ours.s().length);
        tpm.flush(loaded);
    }

    /** TPM2_EC_Ephemeral gives [r]G for the r that follows from the nonce in the state that TPM2_Shutdown saves. */
    @Test
    void ephemeralKeysFollowFromTheCommitNonce() throws Exception {
        ByteBuffer response = tpm.command(0x18e, "", 0, "0003");
        response.getShort();
        EccPoint point = point(response, EccCurve.NIST_P256);
        int count = response.getShort() & 0xffff;
        tpm.command(0x145, "", 0, "0001");
        byte[] nonce = new ReferenceState(directory).commitNonce();
        byte[] r = Ecdaa.commitRandom(EccCurve.NIST_P256, Digest.SHA512, nonce, new byte[0], count)
                .orElseThrow();
        assertArrayEquals(EccCurve.NIST_P256.generator().times(r).orElseThrow().x(), point.x());
    }

    @ParameterizedTest
    @EnumSource(names = {"NIST_P256", "SM2_P256", "NIST_P384"})
    void twoPhaseEcdhGivesTheSamePoints(EccCurve curve) throws Exception {
        String template = eccTemplate("00020472", NULL, curve);
        ReferenceTpm.Loaded loaded = tpm.createPrimary(OWNER, template, "");
        EccPoint staticA = eccKey(template, curve).publicPoint();
        EccPrivateKey staticB = EccPrivateKey.generate(curve, random);
        EccPrivateKey ephemeralB = EccPrivateKey.generate(curve, random);
        ByteBuffer ephemeral = tpm.command(0x18e, "", 0, "%04x".formatted(curve.id()));
        ephemeral.getShort();
        EccPoint ephemeralA = point(ephemeral, curve);
        String counter = "%04x".formatted(ephemeral.getShort());
        String parameters = sized(staticB.publicPoint()) + sized(ephemeralB.publicPoint()) + "0019" + counter;
        ByteBuffer response = tpm.command(0x18d, handle(loaded), 1, parameters);
        response.position(response.position() + 4 + 2);
        EccPoint first = point(response, curve);
        assertArrayEquals(first.x(), staticA.times(staticB).orElseThrow().x());
        response.getShort();
        EccPoint second = point(response, curve);
        assertArrayEquals(second.x(), ephemeralA.times(ephemeralB).orElseThrow().x());
        tpm.flush(loaded);
    }

    private void assertCommits(EccPoint e, EccPrivateKey key, byte[] nonce, byte[] s) {
        BigInteger order = e.curve().order();
        BigInteger t = new BigInteger(1, Hasher.digest(Digest.SHA256, nonce, digest)).mod(order);
        EccPoint point = EccPoint.sum(e.curve().generator(), new BigInteger(1, s), key.publicPoint(), order.subtract(t))
                .orElseThrow();
        assertArrayEquals(e.x(), point.x());
        assertArrayEquals(e.y(), point.y());
    }

    private EccSignature sign(EccScheme scheme, EccPrivateKey key) {
        return switch (scheme) {
            case ECDSA -> Ecdsa.sign(key, digest, random);
            case SM2 -> Sm2.sign(key, digest, random).orElseThrow();
            case ECSCHNORR -> EcSchnorr.sign(key, Digest.SHA256, digest, random);
        };
    }

    private boolean verify(EccScheme scheme, EccPoint point, EccSignature signature) {
        return switch (scheme) {
            case ECDSA -> Ecdsa.verify(point, digest, signature);
            case SM2 -> Sm2.verify(point, digest, signature);
            case ECSCHNORR -> EcSchnorr.verify(point, Digest.SHA256, digest, signature);
        };
    }

    private static String eccTemplate(String attributes, String scheme, EccCurve curve) {
        return "0023 000b" + attributes + "0000" + NULL + scheme + "%04x".formatted(curve.id()) + NULL + "0000 0000";
    }

    private static EccPrivateKey eccKey(String template, EccCurve curve) {
        return EccPrivateKey.generate(curve, drbg(template));
    }

    private static Drbg drbg(String template) {
        return ReferenceState.drbg(state.ownerSeed, template, "", state.seedCompatLevel());
    }

    private static EccPoint point(ByteBuffer response, EccCurve curve) throws IOException {
        return EccPoint.of(curve, ReferenceTpm.sized(response), ReferenceTpm.sized(response))
                .orElseThrow(() -> new IOException("a point off its curve"));
    }

    private static String handle(ReferenceTpm.Loaded object) {
        return "%08x".formatted(object.handle());
    }

    private static String sized(byte[] octets) {
        return "%04x".formatted(octets.length) + HEX.formatHex(octets);
    }

    private static String sized(EccPoint point) {
        return "%04x".formatted(4 + 2 * point.x().length) + sized(point.x()) + sized(point.y());
    }
}
