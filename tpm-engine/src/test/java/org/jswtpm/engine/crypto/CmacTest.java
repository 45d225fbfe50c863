package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 4493, 4: AES-128-CMAC. */
class CmacTest {
    private static final byte[] KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final byte[] MESSAGE = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    @Test
    void givesTheExamplesOfItsRfc() {
        assertMac("bb1d6929e95937287fa37d129b756746", 0);
        assertMac("070a16b46b4d4144f79bdd9dd04a287c", 16);
        assertMac("dfa66747de9ae63030ca32611497c827", 40);
        assertMac("51f0bebf7e3b9d92fc49741779363cfe", 64);
    }

    @Test
    void takesItsDataInPieces() {
        Cmac cmac = new Cmac(SymmetricAlgorithm.AES, KEY);
        for (byte octet : MESSAGE) {
            cmac.update(new byte[] {octet});
        }
        assertArrayEquals(hex("51f0bebf7e3b9d92fc49741779363cfe"), cmac.mac());
    }

    private static void assertMac(String expected, int size) {
        assertArrayEquals(hex(expected), Cmac.mac(SymmetricAlgorithm.AES, KEY, Arrays.copyOf(MESSAGE, size)));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
