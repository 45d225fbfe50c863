package org.jswtpm.engine.tpm2.state;

import java.util.List;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/**
 * Reads the fields of a state. Each is announced with {@link #at}, so that a fault can be told with the field's name and
 * place.
 */
final class StateReader {
    /** A state was written with every algorithm there is; what the profile forbids, it forbids to commands. */
    static final AlgorithmSet ALGORITHMS = AlgorithmSet.allOf(Integer.MAX_VALUE);

    private final WireReader in;
    private final int origin;
    private final Place place;

    /** The field that is being read, known to the readers of all parts of one blob. */
    private static final class Place {
        private String field = "";
        private int offset;
    }

    private StateReader(WireReader in, int origin, Place place) {
        this.in = in;
        this.origin = origin;
        this.place = place;
    }

    static StateReader over(byte[] blob) {
        return new StateReader(WireReader.over(blob, TpmRc.WIRE_FAULTS), 0, new Place());
    }

    /** Announces the field that is read next. */
    StateReader at(String field) {
        place.field = field;
        place.offset = origin + in.position();
        return this;
    }

    /** A fault at the field that was announced last. */
    StateFault fault(String what) {
        return new StateFault(place.field + " (at offset " + place.offset + ") " + what);
    }

    /** The fault for what the wire reader or a structure found wrong with the field that was announced last. */
    StateFault fault(TpmException found) {
        int code = found.responseCode();
        if (code == TpmRc.INSUFFICIENT.value()) {
            return fault("is cut off: the state ends there");
        }
        return fault(
                code == TpmRc.SIZE.value() ? "has an impossible size" : "is not valid (" + found.getMessage() + ")");
    }

    /** Reads the header of {@code block}; gives its version. */
    int header(StateBlock block) {
        at(block.name());
        int version = in.uint16();
        int magic = in.uint32();
        if (magic != block.magic()) {
            throw fault("has the magic 0x" + Integer.toHexString(magic) + " instead of 0x"
                    + Integer.toHexString(block.magic()));
        }
        if (version >= 2) {
            int minVersion = in.uint16();
            if (minVersion > block.newest()) {
                throw fault("needs a reader of version " + minVersion + "; this one knows versions up to "
                        + block.newest());
            }
        }
        return version;
    }

    /** Reads a skip block that has to be there; gives a reader of its content. */
    StateReader neededBlock() {
        StateReader content = block();
        if (content == null) {
            throw fault("is missing");
        }
        return content;
    }

    /** Reads a skip block, and all that is in it, for nothing. */
    void skipBlock() {
        block();
    }

    /** Reads the skip block at the end of a structure of {@code version}, and all that a newer writer put into it. */
    void end(int version) {
        if (version >= 2) {
            block();
        }
    }

    /** A reader of the content of a skip block; null if it says that it is not there. */
    private StateReader block() {
        boolean present = bool();
        int size = in.uint16();
        int start = origin + in.position();
        return present ? new StateReader(in.slice(size), start, place) : null;
    }

    WireReader wire() {
        return in;
    }

    boolean bool() {
        return in.uint8() != 0;
    }

    int uint8() {
        return in.uint8();
    }

    int uint16() {
        return in.uint16();
    }

    int uint32() {
        return in.uint32();
    }

    long uint64() {
        return in.uint64();
    }

    byte[] octets(int size) {
        return in.octets(size);
    }

    Bytes digest() {
        return in.sized2(TpmLimits.MAX_DIGEST_SIZE);
    }

    Secret secret() {
        return in.secret2(TpmLimits.MAX_DIGEST_SIZE);
    }

    Bytes name() {
        return in.sized2(TpmLimits.MAX_NAME_SIZE);
    }

    HashAlg hash() {
        return hash(in.uint16());
    }

    /** The hash algorithm of digests, which cannot be none. */
    HashAlg neededHash() {
        HashAlg hash = hash();
        if (hash.isNull()) {
            throw fault("is none, but digests are made with it");
        }
        return hash;
    }

    /** {@link #hash}, where 0 (TPM_ALG_ERROR) means none: so libtpms writes it before a TPM was started up. */
    HashAlg hashOrError() {
        int value = in.uint16();
        return value == 0 ? HashAlg.NULL : hash(value);
    }

    private HashAlg hash(int value) {
        HashAlg hash = HashAlg.of(value);
        if (hash == null) {
            throw fault("is 0x" + Integer.toHexString(value) + ", which is no hash algorithm");
        }
        return hash;
    }

    SeedCompatLevel compatLevel() {
        int level = in.uint8();
        if (level > SeedCompatLevel.LATEST.ordinal()) {
            throw fault("is " + level + "; this TPM knows levels up to " + SeedCompatLevel.LATEST.ordinal());
        }
        return level == 0 ? SeedCompatLevel.ORIGINAL : SeedCompatLevel.RSA_PRIME_ADJUST_FIX;
    }

    List<PcrSelection> selections() {
        List<PcrSelection> list = PcrSelection.unmarshalList(in, ALGORITHMS);
        int seen = 0;
        for (int i = 0; i < list.size(); i++) {
            int bit = 1 << list.get(i).hash().ordinal();
            if ((seen & bit) != 0) {
                throw fault("has two entries for one bank");
            }
            seen |= bit;
        }
        return list;
    }

    /** Checks that {@code digest} is one of {@code hash}: of no octets if that is none. */
    Bytes checkDigest(HashAlg hash, Bytes digest) {
        if (digest.size() != hash.digestSize()) {
            throw fault("has " + digest.size() + " octets, a digest of " + hash + " has " + hash.digestSize());
        }
        return digest;
    }

    /** As {@link #checkDigest}, where there need not be a digest. */
    Bytes checkOptionalDigest(HashAlg hash, Bytes digest) {
        return digest.isEmpty() ? digest : checkDigest(hash, digest);
    }

    /** Checks a count that can only have one value. */
    void count(int expected) {
        int count = in.uint16();
        if (count != expected) {
            throw fault("is " + count + " instead of " + expected);
        }
    }
}
