package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Symmetric keys give the same octets, and the same vectors for the next call, as in swtpm. */
class SymmetricReferenceTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String KEY = "0123456789abcdef23456789abcdef01";
    private static final String IV = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

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
    void encryptsLikeSwtpm(SymmetricAlgorithm algorithm) throws Exception {
        ReferenceTpm.Loaded key = load(algorithm);
        for (SymmetricMode mode : SymmetricMode.values()) {
            int block = algorithm.blockSize();
            int[] sizes = mode.needsWholeBlocks() ? new int[] {block, 4 * block} : new int[] {1, 15, 16, 61};
            for (int size : sizes) {
                assertSame(key, algorithm, mode, size, false);
                assertSame(key, algorithm, mode, size, true);
            }
        }
        tpm.flush(key);
    }

    @ParameterizedTest
    @EnumSource
    void cmacIsThatOfSwtpm(SymmetricAlgorithm algorithm) throws Exception {
        ReferenceTpm.Loaded key = load(algorithm);
        for (int size : new int[] {0, 8, 16, 21}) {
            byte[] data = new byte[size];
            String parameters = sized(data) + "003f";
            ByteBuffer response = tpm.command(0x155, "%08x".formatted(key.handle()), 1, parameters);
            response.getInt();
            assertEquals(
                    HEX.formatHex(ReferenceTpm.sized(response)),
                    HEX.formatHex(Cmac.mac(algorithm, HEX.parseHex(KEY), data)));
        }
        tpm.flush(key);
    }

    /** A primary object of type TPM_ALG_SYMCIPHER whose key the caller provides. */
    private static ReferenceTpm.Loaded load(SymmetricAlgorithm algorithm) throws Exception {
        return tpm.createPrimary(
                "40000001", "0025 000b 00060452 0000 %04x 0080 0010 0000".formatted(algorithm.algId()), KEY);
    }

    private static void assertSame(
            ReferenceTpm.Loaded key, SymmetricAlgorithm algorithm, SymmetricMode mode, int size, boolean decrypt)
            throws Exception {
        byte[] data = new byte[size];
        byte[] iv = HEX.parseHex(IV.substring(0, 2 * algorithm.blockSize()));
        String vector = mode == SymmetricMode.ECB ? "0000" : sized(iv);
        String parameters = sized(data) + (decrypt ? "01" : "00") + "%04x".formatted(mode.algId()) + vector;
        ByteBuffer response = tpm.command(0x193, "%08x".formatted(key.handle()), 1, parameters);
        response.getInt();
        byte[] expected = ReferenceTpm.sized(response);
        byte[] expectedVector = ReferenceTpm.sized(response);

        if (decrypt) {
            SymmetricCipher.decrypt(algorithm, mode, HEX.parseHex(KEY), iv, data);
        } else {
            SymmetricCipher.encrypt(algorithm, mode, HEX.parseHex(KEY), iv, data);
        }
        String what = mode + " of " + size + " octets";
        assertEquals(HEX.formatHex(expected), HEX.formatHex(data), what);
        if (mode != SymmetricMode.ECB) {
            assertEquals(HEX.formatHex(expectedVector), HEX.formatHex(iv), what + ": vector");
        }
    }

    private static String sized(byte[] octets) {
        return "%04x".formatted(octets.length) + HEX.formatHex(octets);
    }
}
