package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected octets of KDFa and KDFe come from the KBKDF and SSKDF of OpenSSL 3.0 ("openssl kdf"). */
class KdfTest {
    private static final byte[] KEY = hex("00112233445566778899aabbccddeeff");
    private static final byte[] U = hex("a0a1a2");
    private static final byte[] V = hex("b0b1b2");

    @Test
    void kdfaDerivesMoreThanOneBlock() {
        assertArrayEquals(
                hex("4e9cb41f43a3398d679f644577bc2a75828c47ff3b41e5fe0a313857ffa7691cadad4151b9c879f4"),
                Kdf.kdfa(Digest.SHA256, KEY, "CFB", U, V, 320));
    }

    @Test
    void kdfaDerivesPartOfABlock() {
        assertArrayEquals(
                hex("6101c4e4fb458bf7bf21e605f5f2dba05c28a0c1f13093472a3b47e457f90a531d52daddfc90dcd8ca8941fe363629fc"
                        + "005f8b5bf75cd7aa4f89b8afdc89452506e3"),
                Kdf.kdfa(Digest.SHA1, KEY, "CFB", U, V, 528));
    }

    @Test
    void kdfaAddsOneZeroToALabelWithoutOne() {
        byte[] expected = Kdf.kdfa(Digest.SHA256, KEY, "CFB", U, V, 128);
        assertArrayEquals(expected, Kdf.kdfa(Digest.SHA256, KEY, hex("434642"), U, V, 128));
        assertArrayEquals(expected, Kdf.kdfa(Digest.SHA256, KEY, hex("43464200"), U, V, 128));
    }

    @Test
    void kdfaRefusesMoreThanTheReferenceCanCount() {
        assertThrows(IllegalArgumentException.class, () -> Kdf.kdfa(Digest.SHA256, KEY, "CFB", U, V, 0x7fff * 8 + 1));
    }

    @Test
    void kdfeHashesTheZeroOfTheLabel() {
        assertArrayEquals(
                hex("2d57a8b5d025c2018b6b353ed33db9fdb87d84a8270ce2d996096f0b05cc62296e3aa23b89900037"),
                Kdf.kdfe(Digest.SHA256, KEY, "SECRET", U, V, 320));
    }

    @Test
    void kdfeClearsSurplusBits() {
        assertEquals(1, Kdf.kdfe(Digest.SHA256, KEY, "SECRET", U, V, 313)[0] & 0xff);
    }

    /** The example of the article "Mask generation function" of Wikipedia, made with Python's hashlib. */
    @Test
    void mgf1CountsFromZero() {
        assertArrayEquals(hex("1ac907"), Kdf.mgf1(Digest.SHA1, "foo".getBytes(), 3));
        assertArrayEquals(
                hex("bc0c655e016bc2931d85a2e675181adcef7f581f76df2739da74faac41627be2f7f415c89e983fd0ce80ced9878641cb"
                        + "4876"),
                Kdf.mgf1(Digest.SHA1, "bar".getBytes(), 50));
    }

    @Test
    void kdf2CountsFromOne() {
        byte[] mgf1 = Kdf.mgf1(Digest.SHA256, KEY, 96);
        assertArrayEquals(Arrays.copyOfRange(mgf1, 32, 96), Kdf.kdf2(Digest.SHA256, KEY, 64));
    }

    @Test
    void xorObfuscationUsesTheSizeOfTheDataAsLength() {
        byte[] data = new byte[40];
        Kdf.xorObfuscate(Digest.SHA256, KEY, U, V, data);
        assertArrayEquals(Kdf.kdfa(Digest.SHA256, KEY, "XOR", U, V, 320), data);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
