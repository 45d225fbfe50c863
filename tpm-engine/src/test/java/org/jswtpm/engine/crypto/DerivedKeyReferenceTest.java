package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derived objects (TPM2_CreateLoaded with a derivation parent) are those of swtpm. */
class DerivedKeyReferenceTest {
    private static final String SECRET = "000102030405060708090a0b0c0d0e0f10111213";
    private static final byte[] LABEL = {'l', 'a'};
    private static final byte[] CONTEXT = {'c'};

    @TempDir
    private static Path directory;

    private static ReferenceTpm tpm;

    @BeforeAll
    static void start() throws Exception {
        ReferenceTpm.assumeInstalled();
        tpm = ReferenceTpm.start(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void drawsAKeyAndItsSeedFromTheParent(Digest algorithm) throws Exception {
        String hash = "%04x".formatted(algorithm.algId());
        ReferenceTpm.Loaded parent =
                tpm.createPrimary("40000001", "0008 000b 00030440 0000 000a" + hash + "0022 0000", SECRET);

        ByteBuffer ecc = derive(parent, "0023 000b 00040450 0000 0010 0010 0005 0010");
        ecc.position(2 + 2 + 4 + 2 + 2 + 2 + 2 + 2);
        EccPoint point =
                EccPrivateKey.generate(EccCurve.NIST_P521, random(algorithm)).publicPoint();
        assertArrayEquals(ReferenceTpm.sized(ecc), point.x());
        assertArrayEquals(ReferenceTpm.sized(ecc), point.y());

        ByteBuffer keyedHash = derive(parent, "0008 000b 00040450 0000 0005 000b");
        keyedHash.position(2 + 2 + 4 + 2 + 2 + 2);
        KdfRandom random = random(algorithm);
        byte[] key = random.generate(32);
        byte[] seed = random.generate(32);
        assertArrayEquals(ReferenceTpm.sized(keyedHash), Hasher.digest(Digest.SHA256, seed, key));
        tpm.flush(parent);
    }

    private static KdfRandom random(Digest algorithm) {
        return new KdfRandom(algorithm, HexFormat.of().parseHex(SECRET), LABEL, CONTEXT);
    }

    /** TPM2_CreateLoaded with label and context in the template; the public area of the result. */
    private static ByteBuffer derive(ReferenceTpm.Loaded parent, String template) throws Exception {
        String area = (template + "0002 6c61 0001 63").replace(" ", "");
        ByteBuffer response = tpm.command(
                0x191,
                "%08x".formatted(parent.handle()),
                1,
                "0004 0000 0000" + "%04x".formatted(area.length() / 2) + area);
        int handle = response.getInt();
        response.getInt(); // size of the parameters
        ReferenceTpm.sized(response); // outPrivate
        ByteBuffer publicArea = ByteBuffer.wrap(ReferenceTpm.sized(response));
        tpm.flush(new ReferenceTpm.Loaded(handle, publicArea));
        return publicArea;
    }
}
