package org.jswtpm.systemtest;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What an owner keeps in a TPM, as a model that TPM commands change and as it is read back.
 *
 * @param ownerAuth the owner's auth value in hexadecimal
 * @param nv the data of each NV index in hexadecimal, {@code ""} before the first write
 * @param keys the public area of each persistent key
 * @param maxTries TPM_PT_MAX_AUTH_FAIL
 * @param storageKey the public area that the owner's seed gives, {@link #ANY_NEW} after a TPM2_Clear
 */
record OwnedState(
        String ownerAuth,
        NavigableMap<Integer, String> nv,
        NavigableMap<Integer, String> keys,
        int maxTries,
        String storageKey) {
    /** A storage key that nobody has seen before. */
    static final String ANY_NEW = "any new";

    OwnedState withOwnerAuth(String newAuth) {
        return new OwnedState(newAuth, nv, keys, maxTries, storageKey);
    }

    OwnedState withMaxTries(int newMaxTries) {
        return new OwnedState(ownerAuth, nv, keys, newMaxTries, storageKey);
    }

    OwnedState withNv(int index, String data) {
        return new OwnedState(ownerAuth, with(nv, index, data), keys, maxTries, storageKey);
    }

    OwnedState withoutNv(int index) {
        return new OwnedState(ownerAuth, without(nv, index), keys, maxTries, storageKey);
    }

    OwnedState withKey(int handle) {
        return new OwnedState(ownerAuth, nv, with(keys, handle, storageKey), maxTries, storageKey);
    }

    OwnedState withoutKey(int handle) {
        return new OwnedState(ownerAuth, nv, without(keys, handle), maxTries, storageKey);
    }

    /** After TPM2_Clear: nothing is left, and the owner's seed is another. */
    OwnedState cleared(int defaultMaxTries) {
        return new OwnedState("", new TreeMap<>(), new TreeMap<>(), defaultMaxTries, ANY_NEW);
    }

    /** Whether a TPM in which {@code observed} was read can be in this state, coming from {@code before}. */
    boolean allows(OwnedState observed, OwnedState before) {
        if (!storageKey.equals(ANY_NEW)) {
            return equals(observed);
        }
        boolean isNew = !observed.storageKey.equals(before.storageKey);
        return isNew && new OwnedState(ownerAuth, nv, keys, maxTries, observed.storageKey).equals(observed);
    }

    private static NavigableMap<Integer, String> with(NavigableMap<Integer, String> map, int key, String value) {
        NavigableMap<Integer, String> copy = new TreeMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static NavigableMap<Integer, String> without(NavigableMap<Integer, String> map, int key) {
        NavigableMap<Integer, String> copy = new TreeMap<>(map);
        copy.remove(key);
        return copy;
    }
}
