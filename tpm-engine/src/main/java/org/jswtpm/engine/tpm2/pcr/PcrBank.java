package org.jswtpm.engine.tpm2.pcr;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Bytes;

/** The memory of one bank: a value for each PCR, allocated or not, and what Shutdown(STATE) saved of the static ones. */
final class PcrBank {
    private final HashAlg hash;
    private final Digest digest;
    private final int size;
    private final byte[] values;
    private final byte[] saved;
    private int allocated;

    PcrBank(HashAlg hash) {
        this.hash = hash;
        this.digest = Digest.of(hash.value());
        this.size = hash.digestSize();
        this.values = new byte[PcrBanks.COUNT * size];
        this.saved = new byte[PcrBanks.STATIC_COUNT * size];
    }

    HashAlg hash() {
        return hash;
    }

    Digest digest() {
        return digest;
    }

    /** Bit n: PCR n is allocated. */
    int allocated() {
        return allocated;
    }

    void setAllocated(int pcrs) {
        allocated = pcrs;
    }

    boolean isAllocated(int pcr) {
        return (allocated >>> pcr & 1) != 0;
    }

    Bytes value(int pcr) {
        return Bytes.copyOf(values, pcr * size, size);
    }

    void addTo(Hasher hasher, int pcr) {
        hasher.update(values, pcr * size, size);
    }

    void extend(int pcr, byte[] data) {
        byte[] extended =
                Hasher.of(digest).update(values, pcr * size, size).update(data).digest();
        System.arraycopy(extended, 0, values, pcr * size, size);
    }

    /** Sets all octets to {@code fill} but the last, which becomes {@code last}. */
    void set(int pcr, int fill, int last) {
        Arrays.fill(values, pcr * size, (pcr + 1) * size, (byte) fill);
        values[(pcr + 1) * size - 1] = (byte) last;
    }

    /** Copies PCR {@code pcr} to place {@code index} of the saved ones. */
    void save(int pcr, int index) {
        System.arraycopy(values, pcr * size, saved, index * size, size);
    }

    /** Copies place {@code index} of the saved ones to PCR {@code pcr}. */
    void resume(int pcr, int index) {
        System.arraycopy(saved, index * size, values, pcr * size, size);
    }

    /** All saved values, one after the other. */
    Bytes saved() {
        return Bytes.copyOf(saved);
    }

    void setSaved(Bytes octets) {
        octets.copyTo(saved, 0);
    }

    /** All values, one after the other, allocated or not. */
    Bytes values() {
        return Bytes.copyOf(values);
    }

    void setValues(Bytes octets) {
        octets.copyTo(values, 0);
    }
}
