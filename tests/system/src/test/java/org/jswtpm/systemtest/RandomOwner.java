package org.jswtpm.systemtest;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jswtpm.systemtest.tpm.Tpm2Command;

/** An owner who keeps changing what the TPM keeps: each step is one command and the state it leads to. */
final class RandomOwner {
    /** The NV indices that the owner uses are this one and the next three. */
    static final int FIRST_NV_INDEX = 0x01800000;
    /** The persistent handles that the owner uses are this one and the next three. */
    static final int FIRST_KEY = 0x81000000;
    /** The size of each NV index. */
    static final int NV_SIZE = 40;

    private static final int SLOTS = 4;
    private static final int STEPS_PER_CLEAR = 40; // one step in so many is a TPM2_Clear

    private final Random random;
    private final int defaultMaxTries;

    RandomOwner(Random random, int defaultMaxTries) {
        this.random = random;
        this.defaultMaxTries = defaultMaxTries;
    }

    /**
     * A command and its effect.
     *
     * @param name what it does
     * @param command the octets
     * @param after the state if it succeeds
     */
    record Step(String name, byte[] command, OwnedState after) {}

    /** One of the steps that are possible in a state, with {@code storageKey} the handle of the loaded storage key. */
    Step next(OwnedState state, int storageKey) {
        if (random.nextInt(STEPS_PER_CLEAR) == 0) {
            return new Step("Clear", Tpm2Command.clear(), state.cleared(defaultMaxTries));
        }
        List<Step> possible = new ArrayList<>(List.of(changeAuth(state), changeMaxTries(state)));
        for (int slot = 0; slot < SLOTS; slot++) {
            possible.add(nvStep(state, FIRST_NV_INDEX + slot));
            possible.add(keyStep(state, FIRST_KEY + slot, storageKey));
        }
        return possible.get(random.nextInt(possible.size()));
    }

    private Step nvStep(OwnedState state, int index) {
        byte[] ownerAuth = HexFormat.of().parseHex(state.ownerAuth());
        if (!state.nv().containsKey(index)) {
            byte[] define = Tpm2Command.nvDefineSpace(ownerAuth, index, NV_SIZE);
            return new Step("NV_DefineSpace", define, state.withNv(index, ""));
        }
        if (random.nextInt(SLOTS) == 0) {
            return new Step("NV_UndefineSpace", Tpm2Command.nvUndefineSpace(ownerAuth, index), state.withoutNv(index));
        }
        byte[] data = octets(NV_SIZE);
        String written = HexFormat.of().formatHex(data);
        return new Step("NV_Write", Tpm2Command.nvWrite(index, data), state.withNv(index, written));
    }

    private static Step keyStep(OwnedState state, int handle, int storageKey) {
        byte[] ownerAuth = HexFormat.of().parseHex(state.ownerAuth());
        return state.keys().containsKey(handle)
                ? new Step(
                        "EvictControl", Tpm2Command.evictControl(ownerAuth, handle, handle), state.withoutKey(handle))
                : new Step(
                        "EvictControl", Tpm2Command.evictControl(ownerAuth, storageKey, handle), state.withKey(handle));
    }

    private Step changeAuth(OwnedState state) {
        byte[] newAuth = octets(1 + random.nextInt(16));
        newAuth[newAuth.length - 1] |= 1; // a TPM drops trailing zeros
        byte[] command = Tpm2Command.ownerChangeAuth(HexFormat.of().parseHex(state.ownerAuth()), newAuth);
        return new Step(
                "HierarchyChangeAuth",
                command,
                state.withOwnerAuth(HexFormat.of().formatHex(newAuth)));
    }

    private Step changeMaxTries(OwnedState state) {
        int maxTries = 1 + random.nextInt(1000);
        byte[] command = Tpm2Command.dictionaryAttackParameters(maxTries, 1000, 1000);
        return new Step("DictionaryAttackParameters", command, state.withMaxTries(maxTries));
    }

    private byte[] octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }
}
