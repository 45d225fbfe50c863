package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.STATE_RESET_DATA;

import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * STATE_RESET_DATA: what Shutdown(STATE) saved and only a TPM Reset makes anew.
 *
 * @param nullSeed the null hierarchy
 * @param clearCount for the contexts of stClear objects
 * @param objectContextId counts contexts of objects
 * @param contextArray which sessions there are
 * @param slotMask how much of contextCounter an element of it holds
 * @param contextCounter counts contexts of sessions
 * @param auditDigest the command audit digest, or empty
 * @param restartCount TPM Restarts and Resumes
 * @param pcrCounter the PCR update counter
 * @param commit the account of TPM2_Commit
 */
record StateResetData(
        Seed nullSeed,
        int clearCount,
        long objectContextId,
        int[] contextArray,
        int slotMask,
        long contextCounter,
        Bytes auditDigest,
        int restartCount,
        int pcrCounter,
        Commit commit) {

    private static final int MAX_ACTIVE_SESSIONS = 64;
    private static final int WIDE_MASK = 0xFFFF;
    private static final int NARROW_MASK = 0x00FF;

    /**
     * @param counter how many ephemeral keys were made
     * @param nonce what they come from; lent
     * @param array which of them are in use
     */
    record Commit(long counter, Secret nonce, Bytes array) {
        static final int ARRAY_SIZE = 16;
    }

    static StateResetData read(StateReader in) {
        int version = in.header(STATE_RESET_DATA);
        Secret proof = in.at("STATE_RESET_DATA.nullProof").secret();
        Secret seed = in.at("STATE_RESET_DATA.nullSeed").secret();
        int clearCount = in.at("STATE_RESET_DATA.clearCount").uint32();
        long objectContextId = in.at("STATE_RESET_DATA.objectContextID").uint64();
        in.at("STATE_RESET_DATA.contextArray, its size").count(MAX_ACTIVE_SESSIONS);
        int[] contextArray = readContextArray(in, version);
        int slotMask = readSlotMask(in, version);
        long contextCounter = in.at("STATE_RESET_DATA.contextCounter").uint64();
        Bytes auditDigest = in.at("STATE_RESET_DATA.commandAuditDigest").digest();
        int restartCount = in.at("STATE_RESET_DATA.restartCount").uint32();
        int pcrCounter = in.at("STATE_RESET_DATA.pcrCounter").uint32();
        Commit commit = readCommit(in.at("STATE_RESET_DATA.commitCounter").neededBlock());
        SeedCompatLevel level = SeedCompatLevel.ORIGINAL;
        if (version >= 3) {
            StateReader version3 = in.at("STATE_RESET_DATA, part of version 3").neededBlock();
            level = version3.at("STATE_RESET_DATA.nullSeedCompatLevel").compatLevel();
        } else {
            in.at("STATE_RESET_DATA").end(version);
        }
        return new StateResetData(
                new Seed(seed, proof, level),
                clearCount,
                objectContextId,
                contextArray,
                slotMask,
                contextCounter,
                auditDigest,
                restartCount,
                pcrCounter,
                commit);
    }

    private static int[] readContextArray(StateReader in, int version) {
        int[] array = new int[MAX_ACTIVE_SESSIONS];
        in.at("STATE_RESET_DATA.contextArray");
        for (int i = 0; i < array.length; i++) {
            array[i] = version <= 3 ? in.uint8() : in.uint16();
        }
        return array;
    }

    private static int readSlotMask(StateReader in, int version) {
        int mask = version <= 3
                ? NARROW_MASK
                : in.at("STATE_RESET_DATA.contextSlotMask").uint16();
        if (mask != WIDE_MASK && mask != NARROW_MASK) {
            throw in.fault("is 0x" + Integer.toHexString(mask));
        }
        return mask;
    }

    private static Commit readCommit(StateReader in) {
        long counter = in.at("STATE_RESET_DATA.commitCounter").uint64();
        Secret nonce = in.at("STATE_RESET_DATA.commitNonce").secret();
        in.at("STATE_RESET_DATA.commitArray, its size").count(Commit.ARRAY_SIZE);
        return new Commit(
                counter, nonce, Bytes.wrap(in.at("STATE_RESET_DATA.commitArray").octets(Commit.ARRAY_SIZE)));
    }

    /**
     * Checks what a TPM goes on from; one that was not started yet has zeros. The array cannot tell a count from the number of a
     * slot if it is as small, nor hold one beyond the mask.
     */
    void checkContexts() {
        if ((contextCounter & slotMask) <= SessionSlots.MAX_LOADED) {
            throw new StateFault("STATE_RESET_DATA.contextCounter is 0x" + Long.toHexString(contextCounter)
                    + ", which would be taken for the number of a slot");
        }
        for (int element : contextArray) {
            if (element > slotMask) {
                throw new StateFault("STATE_RESET_DATA.contextArray holds 0x" + Integer.toHexString(element)
                        + ", which is beyond the mask");
            }
        }
    }

    void write(WireWriter out) {
        StateWriter.header(out, STATE_RESET_DATA);
        out.secret2(nullSeed.proof()).secret2(nullSeed.seed());
        out.uint32(clearCount).uint64(objectContextId);
        out.uint16(MAX_ACTIVE_SESSIONS);
        for (int element : contextArray) {
            out.uint16(element);
        }
        out.uint16(slotMask).uint64(contextCounter).sized2(auditDigest);
        out.uint32(restartCount).uint32(pcrCounter);
        int commitBlock = StateWriter.beginBlock(out);
        out.uint64(commit.counter)
                .secret2(commit.nonce)
                .uint16(Commit.ARRAY_SIZE)
                .bytes(commit.array);
        out.endSized2(commitBlock);
        int version3 = StateWriter.beginBlock(out);
        out.uint8(nullSeed.level().ordinal());
        StateWriter.end(out);
        out.endSized2(version3);
    }
}
