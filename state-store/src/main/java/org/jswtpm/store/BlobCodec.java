package org.jswtpm.store;

import java.util.Arrays;
import org.jswtpm.store.encryption.AuthenticatedCbc;
import org.jswtpm.store.format.BlobHeader;
import org.jswtpm.store.format.Items;
import org.jswtpm.store.format.Tag;

/**
 * Turns blobs into state files and migration blobs, and back: {@code docs/state/swtpm-files.md}, sections 2 and 3.
 * Holds the keys, and wipes each array with plain octets that it made and does not return.
 */
final class BlobCodec {
    private final StateKeys keys;

    BlobCodec(StateKeys keys) {
        this.keys = keys;
    }

    /** The state file for a blob. */
    byte[] file(byte[] blob) {
        boolean encrypted = keys.state() != null;
        byte[] file = wrap(blob, encrypted ? keys.state() : null, BlobHeader.SIZE, Tag.DATA, Tag.ENCRYPTED_DATA);
        BlobHeader.write(file, encrypted ? stateKeyFlags() : 0);
        return file;
    }

    /** The blob of a state file. */
    byte[] blob(byte[] file) throws StoreException {
        BlobHeader header = BlobHeader.read(file);
        if ((header.flags() & ~(BlobHeader.ENCRYPTED | BlobHeader.KEY_256)) != 0) {
            throw new StoreException(StoreError.FAIL, "it is a migration blob, not a state file");
        }
        boolean encrypted = header.has(BlobHeader.ENCRYPTED);
        if (encrypted && keys.state() == null) {
            throw new StoreException(StoreError.FAIL, "it is encrypted, and no key was given");
        }
        if (!encrypted && keys.state() != null) {
            throw new StoreException(StoreError.FAIL, "it is not encrypted, but a key was given");
        }
        return stateItems(header, file, BlobHeader.SIZE, encrypted);
    }

    /** The migration blob for a blob. */
    ExportedBlob export(byte[] blob, boolean decrypted) {
        boolean encrypted = keys.state() != null && !decrypted;
        byte[] inner = wrap(blob, encrypted ? keys.state() : null, 0, Tag.DATA, Tag.ENCRYPTED_DATA);
        try {
            byte[] octets =
                    wrap(inner, keys.migration(), BlobHeader.SIZE, Tag.MIGRATION_DATA, Tag.ENCRYPTED_MIGRATION_DATA);
            BlobHeader.write(
                    octets, BlobHeader.MIGRATION_DATA | (encrypted ? stateKeyFlags() : 0) | migrationKeyFlags());
            return new ExportedBlob(octets, encrypted);
        } finally {
            Arrays.fill(inner, (byte) 0);
        }
    }

    /** The blob of a migration blob; empty for an empty one. {@code encrypted} is what the client says of its inside. */
    byte[] imported(byte[] octets, boolean encrypted) throws StoreException {
        if (octets.length == 0) {
            return new byte[0];
        }
        BlobHeader header = BlobHeader.read(octets);
        if (octets.length == BlobHeader.SIZE) {
            return new byte[0];
        }
        byte[] inner = migrationItems(header, octets);
        try {
            return stateItems(header, inner, 0, encrypted || header.has(BlobHeader.ENCRYPTED));
        } finally {
            Arrays.fill(inner, (byte) 0);
        }
    }

    boolean hasStateKey() {
        return keys.state() != null;
    }

    boolean hasMigrationKey() {
        return keys.migration() != null;
    }

    void wipeKeys() {
        keys.wipe();
    }

    private int stateKeyFlags() {
        return keys.state().is256Bits() ? BlobHeader.ENCRYPTED | BlobHeader.KEY_256 : BlobHeader.ENCRYPTED;
    }

    private int migrationKeyFlags() {
        if (keys.migration() == null) {
            return 0;
        }
        return keys.migration().is256Bits()
                ? BlobHeader.MIGRATION_ENCRYPTED | BlobHeader.MIGRATION_KEY_256
                : BlobHeader.MIGRATION_ENCRYPTED;
    }

    /** Items behind {@code offset} free octets: the plain one, or with a key the encrypted one, its HMAC and vector. */
    private byte[] wrap(byte[] octets, StateKey key, int offset, int plainTag, int encryptedTag) {
        if (key == null) {
            byte[] target = new byte[offset + Items.ITEM_HEADER + octets.length];
            Items.put(target, offset, plainTag, octets);
            return target;
        }
        byte[] iv = new byte[key.octets().length];
        keys.random().fill(iv);
        AuthenticatedCbc.Sealed sealed = AuthenticatedCbc.seal(key.octets(), octets, iv);
        int length = sealed.encrypted().length + sealed.hmac().length + sealed.iv().length;
        byte[] target = new byte[offset + 3 * Items.ITEM_HEADER + length];
        int at = Items.put(target, offset, encryptedTag, sealed.encrypted());
        at = Items.put(target, at, Tag.HMAC, sealed.hmac());
        Items.put(target, at, ivTag(encryptedTag), sealed.iv());
        return target;
    }

    private static int ivTag(int encryptedTag) {
        return encryptedTag == Tag.ENCRYPTED_DATA ? Tag.DATA_IV : Tag.MIGRATION_DATA_IV;
    }

    private byte[] stateItems(BlobHeader header, byte[] octets, int from, boolean encrypted) throws StoreException {
        if (!encrypted) {
            return plain(header, octets, from, Tag.DATA);
        }
        return decrypt(header, octets, from, keys.state(), Tag.ENCRYPTED_DATA);
    }

    private byte[] migrationItems(BlobHeader header, byte[] octets) throws StoreException {
        if (!header.has(BlobHeader.MIGRATION_ENCRYPTED)) {
            return plain(header, octets, BlobHeader.SIZE, Tag.MIGRATION_DATA);
        }
        return decrypt(header, octets, BlobHeader.SIZE, keys.migration(), Tag.ENCRYPTED_MIGRATION_DATA);
    }

    private static byte[] plain(BlobHeader header, byte[] octets, int from, int tag) throws StoreException {
        if (header.version() == 1) {
            return Arrays.copyOfRange(octets, from, octets.length);
        }
        return Items.read(octets, from, 1 << tag).get(tag);
    }

    private static byte[] decrypt(BlobHeader header, byte[] octets, int from, StateKey key, int tag)
            throws StoreException {
        boolean isState = tag == Tag.ENCRYPTED_DATA;
        String keyName = isState ? "state key" : "migration key";
        if (key == null) {
            throw new StoreException(StoreError.KEYNOTFOUND, "it is encrypted, and there is no " + keyName);
        }
        if (header.version() == 1) {
            return AuthenticatedCbc.openVersion1(key.octets(), Arrays.copyOfRange(octets, from, octets.length));
        }
        boolean needs256 = header.has(isState ? BlobHeader.KEY_256 : BlobHeader.MIGRATION_KEY_256);
        if (needs256 != key.is256Bits()) {
            throw new StoreException(
                    StoreError.BAD_KEY_PROPERTY, "it needs a " + keyName + " of " + (needs256 ? 256 : 128) + " bits");
        }
        int ivTag = ivTag(tag);
        Items items = Items.read(octets, from, 1 << tag | 1 << Tag.HMAC | 1 << ivTag);
        byte[] iv = items.has(ivTag) ? items.get(ivTag) : new byte[0];
        return AuthenticatedCbc.open(key.octets(), items.get(tag), items.get(Tag.HMAC), iv);
    }
}
