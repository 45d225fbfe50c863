package org.jswtpm.engine.tpm2.object;

import org.jswtpm.engine.crypto.Cmac;
import org.jswtpm.engine.crypto.HashSequence;
import org.jswtpm.engine.crypto.HmacSequence;

/** The running hash of a sequence object. */
public sealed interface SequenceState {
    /** One hash. */
    record Hash(HashSequence hash) implements SequenceState {
        @Override
        public int slotAttribute() {
            return SlotAttributes.HASH_SEQ;
        }

        @Override
        public void update(byte[] data) {
            hash.update(data);
        }

        @Override
        public byte[] complete() {
            return hash.digest();
        }

        @Override
        public void wipe() {
            hash.digest();
        }
    }

    /** An HMAC. */
    record Hmac(HmacSequence hmac) implements SequenceState {
        @Override
        public int slotAttribute() {
            return SlotAttributes.HMAC_SEQ;
        }

        @Override
        public void update(byte[] data) {
            hmac.update(data);
        }

        @Override
        public byte[] complete() {
            return hmac.mac();
        }

        @Override
        public void wipe() {
            hmac.close();
        }
    }

    /** A MAC with a block cipher. */
    record BlockMac(Cmac cmac) implements SequenceState {
        @Override
        public int slotAttribute() {
            return SlotAttributes.HMAC_SEQ;
        }

        @Override
        public void update(byte[] data) {
            cmac.update(data);
        }

        @Override
        public byte[] complete() {
            return cmac.mac();
        }

        @Override
        public void wipe() {
            cmac.mac();
        }
    }

    /** The hashes of all banks of PCRs, in the order of the banks. */
    final class Event implements SequenceState {
        private final HashSequence[] hashes;

        /** Takes {@code hashes}. */
        public Event(HashSequence... hashes) {
            this.hashes = hashes;
        }

        /** How many hashes run. */
        public int count() {
            return hashes.length;
        }

        /** The hash at {@code index}, from 0. */
        public HashSequence hash(int index) {
            return hashes[index];
        }

        @Override
        public int slotAttribute() {
            return SlotAttributes.EVENT_SEQ;
        }

        @Override
        public void update(byte[] data) {
            for (HashSequence hash : hashes) {
                hash.update(data);
            }
        }

        /** Not here: an event has many results, see {@link #hash}. */
        @Override
        public byte[] complete() {
            throw new IllegalStateException("an event sequence has no single result");
        }

        @Override
        public void wipe() {
            for (HashSequence hash : hashes) {
                hash.digest();
            }
        }
    }

    /** The bit of {@link SlotAttributes} that says which kind of sequence this is. */
    int slotAttribute();

    /** Adds data. */
    void update(byte[] data);

    /** The digest or MAC of all data. */
    byte[] complete();

    /** Forgets all data. */
    void wipe();
}
