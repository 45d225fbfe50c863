package org.jswtpm.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateKeyTest {
    private static final String HEX_128 = "00112233445566778899aAbBcCdDeEfF";

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", " anything", "\u000b"})
    void hexKeyEndsAtWhiteSpaceOrTheEnd(String rest) throws StoreException {
        assertArrayEquals(HexFormat.of().parseHex(HEX_128), hex(HEX_128 + rest, KeyLength.BITS_128));
        assertArrayEquals(HexFormat.of().parseHex(HEX_128), hex("0x" + HEX_128 + rest, KeyLength.BITS_128));
        String hex256 = HEX_128 + HEX_128;
        assertArrayEquals(HexFormat.of().parseHex(hex256), hex("0x" + hex256 + rest, KeyLength.BITS_256));
    }

    @Test
    void hexKeyOfAnotherLengthIsRefused() {
        assertHexError(StoreError.BAD_KEY_PROPERTY, "", KeyLength.BITS_128);
        assertHexError(StoreError.BAD_KEY_PROPERTY, "0x", KeyLength.BITS_128);
        assertHexError(StoreError.BAD_KEY_PROPERTY, " " + HEX_128, KeyLength.BITS_128);
        assertHexError(StoreError.BAD_KEY_PROPERTY, HEX_128 + "0", KeyLength.BITS_128);
        assertHexError(StoreError.BAD_KEY_PROPERTY, HEX_128.substring(1), KeyLength.BITS_128);
        assertHexError(StoreError.BAD_KEY_PROPERTY, HEX_128 + HEX_128, KeyLength.BITS_128);
        assertHexError(StoreError.BAD_KEY_PROPERTY, HEX_128, KeyLength.BITS_256);
        assertHexError(StoreError.BAD_KEY_PROPERTY, HEX_128 + HEX_128 + HEX_128, KeyLength.BITS_256);
    }

    @Test
    void otherThanHexDigitsAreRefused() {
        assertHexError(StoreError.FAIL, HEX_128.replace('2', 'g'), KeyLength.BITS_128);
        assertHexError(StoreError.FAIL, "0X" + HEX_128, KeyLength.BITS_128);
        assertHexError(StoreError.FAIL, HEX_128.replace('2', '\0'), KeyLength.BITS_128);
        assertHexError(StoreError.FAIL, HEX_128.replace('2', '\u00b2'), KeyLength.BITS_128);
    }

    @Test
    void binaryKeyIsTakenAsItIs() throws StoreException {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) '\n');
        assertArrayEquals(key, StateKey.fromBinary(key, KeyLength.BITS_256).octets());
        byte[] half = Arrays.copyOf(key, 16);
        assertArrayEquals(half, StateKey.fromBinary(half, KeyLength.BITS_128).octets());
        assertArrayEquals(half, StateKey.fromBinary(half, KeyLength.BITS_256).octets());
        for (int length : new int[] {0, 15, 17, 32, 33}) {
            byte[] other = new byte[length];
            assertThrows(StoreException.class, () -> StateKey.fromBinary(other, KeyLength.BITS_128));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mypassword", "mypassword\n", "x"})
    void passphraseKeysAreThoseOfTheJdk(String passphrase) throws Exception {
        byte[] octets = passphrase.getBytes(StandardCharsets.UTF_8);
        byte[] pbkdf2 = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(passphrase.toCharArray(), "swtpm".getBytes(), 1000, 256))
                .getEncoded();
        byte[] sha512 = MessageDigest.getInstance("SHA-512").digest(octets);
        for (KeyLength length : KeyLength.values()) {
            assertArrayEquals(
                    Arrays.copyOf(pbkdf2, length.octets()),
                    StateKey.fromPassphrase(octets, PassphraseKdf.PBKDF2, length)
                            .octets());
            assertArrayEquals(
                    Arrays.copyOf(sha512, length.octets()),
                    StateKey.fromPassphrase(octets, PassphraseKdf.SHA512, length)
                            .octets());
        }
    }

    @Test
    void takesAnEmptyPassphrase() {
        StateKey key = StateKey.fromPassphrase(new byte[0], PassphraseKdf.PBKDF2, KeyLength.BITS_128);
        assertEquals(16, key.octets().length);
    }

    @Test
    void printsNoSecret() throws StoreException {
        StateKey key = StateKey.fromBinary(new byte[16], KeyLength.BITS_128);
        assertEquals("StateKey of 128 bits", key.toString());
        assertEquals(
                "StateKeys[state=StateKey of 128 bits",
                new StateKeys(key, null, octets -> {}).toString().split(",")[0]);
    }

    @Test
    void wipedKeyEncryptsNothing() throws StoreException {
        byte[] mine = HexFormat.of().parseHex(HEX_128);
        StateKey key = StateKey.fromBinary(mine, KeyLength.BITS_128);
        byte[] octets = key.octets();
        key.close();
        assertArrayEquals(new byte[16], octets);
        assertArrayEquals(HexFormat.of().parseHex(HEX_128), mine);
        assertThrows(IllegalStateException.class, key::octets);
    }

    private static byte[] hex(String file, KeyLength length) throws StoreException {
        return StateKey.fromHex(file.getBytes(StandardCharsets.ISO_8859_1), length)
                .octets();
    }

    private static void assertHexError(StoreError error, String file, KeyLength length) {
        StoreException refusal = assertThrows(StoreException.class, () -> hex(file, length));
        assertEquals(error, refusal.error(), file);
    }
}
