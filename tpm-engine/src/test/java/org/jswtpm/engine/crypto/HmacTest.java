package org.jswtpm.engine.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Test cases 1 and 6 of RFC 4231, and 1 of RFC 2202. */
class HmacTest {
    private static final byte[] LONG_KEY = filled(131, 0xaa);
    private static final byte[] LONG_KEY_DATA = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes();

    @Test
    void padsAShortKey() {
        byte[] key = filled(20, 0x0b);
        byte[] data = "Hi There".getBytes();
        assertArrayEquals(hex("b617318655057264e28bc0b6fb378c8ef146be00"), Hmac.mac(Digest.SHA1, key, data));
        assertArrayEquals(
                hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
                Hmac.mac(Digest.SHA256, key, data));
        assertArrayEquals(
                hex("afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"),
                Hmac.mac(Digest.SHA384, key, data));
        assertArrayEquals(
                hex("87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                        + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
                Hmac.mac(Digest.SHA512, key, data));
    }

    @Test
    void hashesALongKey() {
        assertArrayEquals(
                hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
                Hmac.mac(Digest.SHA256, LONG_KEY, LONG_KEY_DATA));
    }

    @Test
    void sequenceGoesOnFromASavedState() {
        for (Digest algorithm : Digest.values()) {
            for (int split = 0; split <= LONG_KEY_DATA.length; split++) {
                HmacSequence first = HmacSequence.of(algorithm, LONG_KEY);
                first.update(Arrays.copyOf(LONG_KEY_DATA, split));
                HmacSequence second = HmacSequence.restore(first.innerState(), first.outerKey());
                second.update(Arrays.copyOfRange(LONG_KEY_DATA, split, LONG_KEY_DATA.length));
                assertArrayEquals(Hmac.mac(algorithm, LONG_KEY, LONG_KEY_DATA), second.mac());
            }
        }
    }

    private static byte[] filled(int size, int value) {
        byte[] octets = new byte[size];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
