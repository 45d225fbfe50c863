package org.jswtpm.store;

import java.util.Arrays;
import org.jswtpm.store.encryption.PassphraseKey;

/**
 * A key for state files or migration blobs, made from the contents of swtpm's key and passphrase files
 * ({@code docs/state/swtpm-files.md}, section 2.5). It prints its length only. Closing it wipes it.
 *
 * <p>What the methods are given stays the caller's, to be wiped by the caller.
 */
public final class StateKey implements AutoCloseable {
    /** How many octets of a file with a hexadecimal key swtpm looks at. */
    private static final int HEX_FILE_LIMIT = 67;

    private final byte[] octets;
    private boolean wiped;

    private StateKey(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A key from {@code format=hex}: digits, after an optional {@code 0x}, up to the end or white space.
     *
     * @throws StoreException with {@link StoreError#BAD_KEY_PROPERTY} if there are fewer or more digits than the length
     *     asks for, {@link StoreError#FAIL} if there is something else
     */
    public static StateKey fromHex(byte[] file, KeyLength length) throws StoreException {
        int limit = Math.min(file.length, HEX_FILE_LIMIT);
        int start = limit >= 2 && file[0] == '0' && file[1] == 'x' ? 2 : 0;
        int end = start;
        while (end < limit && !isSpace(file[end])) {
            if (Character.digit(file[end], 16) < 0) {
                throw new StoreException(StoreError.FAIL, "the key has a character that is no hexadecimal digit");
            }
            end++;
        }
        if (end - start != 2 * length.octets()) {
            throw new StoreException(
                    StoreError.BAD_KEY_PROPERTY,
                    "the key has " + (end - start) + " hexadecimal digits in place of " + 2 * length.octets());
        }
        byte[] key = new byte[length.octets()];
        for (int i = 0; i < key.length; i++) {
            int at = start + 2 * i;
            key[i] = (byte) (Character.digit(file[at], 16) << 4 | Character.digit(file[at + 1], 16));
        }
        return new StateKey(key);
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet >= '\t' && octet <= '\r';
    }

    /**
     * A key from {@code format=binary}.
     *
     * @throws StoreException with {@link StoreError#BAD_KEY_PROPERTY} if it has another length; a 128-bit key is
     *     taken as such also where a longer one is asked for, as swtpm does
     */
    public static StateKey fromBinary(byte[] file, KeyLength length) throws StoreException {
        if (file.length != length.octets() && file.length != KeyLength.BITS_128.octets()) {
            throw new StoreException(
                    StoreError.BAD_KEY_PROPERTY,
                    "the key has " + file.length + " octets in place of " + length.octets());
        }
        return new StateKey(file.clone());
    }

    /** A key from a passphrase, each of whose octets counts, also a newline at its end. */
    public static StateKey fromPassphrase(byte[] passphrase, PassphraseKdf kdf, KeyLength length) {
        return new StateKey(
                switch (kdf) {
                    case PBKDF2 -> PassphraseKey.pbkdf2(passphrase, length.octets());
                    case SHA512 -> PassphraseKey.sha512(passphrase, length.octets());
                });
    }

    /** The key itself, not a copy. */
    byte[] octets() {
        if (wiped) {
            throw new IllegalStateException("the key was wiped");
        }
        return octets;
    }

    boolean is256Bits() {
        return octets.length == KeyLength.BITS_256.octets();
    }

    /** Wipes the key. It must not be used any more. */
    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
        wiped = true;
    }

    @Override
    public String toString() {
        return "StateKey of " + octets.length * 8 + " bits";
    }
}
