package org.jswtpm.store;

/**
 * What a store encrypts with: swtpm's {@code --key} and {@code --migration-key}.
 *
 * @param state for what is in the store; null for plain files
 * @param migration for what leaves it by {@link StateStore#exportBlob}; null for none
 * @param random for initial vectors; null if there are no keys
 */
public record StateKeys(StateKey state, StateKey migration, RandomSource random) {
    /** No encryption. */
    public static final StateKeys NONE = new StateKeys(null, null, null);

    /** Refuses keys without a random source. */
    public StateKeys {
        if (random == null && (state != null || migration != null)) {
            throw new IllegalArgumentException("keys need a random source");
        }
    }

    void wipe() {
        if (state != null) {
            state.close();
        }
        if (migration != null) {
            migration.close();
        }
    }
}
