package org.jswtpm.store.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's own AES and HMAC. */
class AuthenticatedCbcTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void sealsAsTheJdkDoes(int keyLength) throws Exception {
        byte[] key = counting(keyLength, 100);
        byte[] iv = counting(keyLength, 7);
        for (int length = 0; length <= 3 * keyLength; length++) {
            byte[] plain = counting(length, 1);
            AuthenticatedCbc.Sealed sealed = AuthenticatedCbc.seal(key, plain, iv);
            assertArrayEquals(aesCbc(key, iv, padded(plain, keyLength)), sealed.encrypted());
            assertArrayEquals(hmac(key, sealed.encrypted(), iv), sealed.hmac());
            assertArrayEquals(plain, AuthenticatedCbc.open(key, sealed.encrypted(), sealed.hmac(), iv));
        }
    }

    /** swtpm gives a 128-bit key a vector of 32 octets once it has used a 256-bit migration key. */
    @Test
    void authenticatesAllOfALongVector() throws Exception {
        byte[] key = counting(16, 100);
        byte[] iv = counting(32, 7);
        byte[] encrypted = aesCbc(key, iv, padded(counting(5, 1), 16));
        byte[] hmac = hmac(key, encrypted, iv);
        assertArrayEquals(counting(5, 1), AuthenticatedCbc.open(key, encrypted, hmac, iv));
        iv[31]++;
        assertError(StoreError.DECRYPT_ERROR, key, encrypted, hmac, iv);
    }

    @Test
    void readsFilesWithoutVector() throws Exception {
        byte[] key = counting(16, 100);
        byte[] encrypted = aesCbc(key, new byte[16], padded(counting(5, 1), 16));
        byte[] hmac = hmac(key, encrypted, new byte[0]);
        assertArrayEquals(counting(5, 1), AuthenticatedCbc.open(key, encrypted, hmac, new byte[0]));
    }

    @Test
    void refusesOtherLengths() throws Exception {
        byte[] key = counting(32, 100);
        byte[] iv = new byte[32];
        byte[] encrypted = new byte[32];
        byte[] hmac = hmac(key, encrypted, iv);
        assertError(StoreError.FAIL, key, encrypted, Arrays.copyOf(hmac, 31), iv);
        assertError(StoreError.FAIL, key, encrypted, Arrays.copyOf(hmac, 33), iv);
        assertError(StoreError.FAIL, key, encrypted, hmac, new byte[15]);
        assertError(StoreError.FAIL, key, encrypted, hmac, new byte[65]);
        for (int length : new int[] {0, 16, 31, 33, 47}) {
            byte[] cut = new byte[length];
            assertError(StoreError.DECRYPT_ERROR, key, cut, hmac(key, cut, iv), iv);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33, 255, 2, 32})
    void refusesWrongPadding(int last) throws Exception {
        byte[] key = counting(32, 100);
        byte[] iv = new byte[32];
        byte[] plain = new byte[64];
        plain[63] = (byte) last;
        byte[] encrypted = aesCbc(key, iv, plain);
        assertError(StoreError.DECRYPT_ERROR, key, encrypted, hmac(key, encrypted, iv), iv);
    }

    @Test
    void readsVersionOne() throws Exception {
        byte[] key = counting(16, 100);
        byte[] blob = counting(50, 1);
        byte[] hashed = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(blob), 32 + blob.length);
        System.arraycopy(blob, 0, hashed, 32, blob.length);
        byte[] encrypted = aesCbc(key, new byte[16], padded(hashed, 16));
        assertArrayEquals(blob, AuthenticatedCbc.openVersion1(key, encrypted));

        hashed[40]++;
        byte[] damaged = aesCbc(key, new byte[16], padded(hashed, 16));
        StoreException refusal = assertThrows(StoreException.class, () -> AuthenticatedCbc.openVersion1(key, damaged));
        assertEquals(StoreError.FAIL, refusal.error());
        byte[] tooShort = aesCbc(key, new byte[16], padded(new byte[31], 16));
        assertThrows(StoreException.class, () -> AuthenticatedCbc.openVersion1(key, tooShort));
    }

    private static void assertError(StoreError error, byte[] key, byte[] encrypted, byte[] hmac, byte[] iv) {
        StoreException refusal =
                assertThrows(StoreException.class, () -> AuthenticatedCbc.open(key, encrypted, hmac, iv));
        assertEquals(error, refusal.error());
    }

    private static byte[] counting(int length, int first) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (first + i);
        }
        return octets;
    }

    private static byte[] padded(byte[] plain, int multiple) {
        int padding = multiple - plain.length % multiple;
        byte[] padded = Arrays.copyOf(plain, plain.length + padding);
        Arrays.fill(padded, plain.length, padded.length, (byte) padding);
        return padded;
    }

    private static byte[] aesCbc(byte[] key, byte[] iv, byte[] padded) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv, 0, 16));
        return cipher.doFinal(padded);
    }

    private static byte[] hmac(byte[] key, byte[] encrypted, byte[] iv) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(encrypted);
        return mac.doFinal(iv);
    }
}
