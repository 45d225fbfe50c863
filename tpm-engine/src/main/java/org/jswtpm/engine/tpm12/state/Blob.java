package org.jswtpm.engine.tpm12.state;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;

import java.util.Arrays;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** What all blobs of a TPM 1.2 have in common: a SHA-1 of everything stands at the end. */
final class Blob {
    /** Reads the parts of a blob. */
    @FunctionalInterface
    interface Parts {
        void read(WireReader in, Place place);
    }

    /** Which part is being read, for what is said of a fault in it. */
    static final class Place {
        private String part = "its head";

        /** Announces the part that is read next. */
        void at(String name) {
            part = name;
        }
    }

    private Blob() {}

    /**
     * Reads a blob.
     *
     * @param name what the user calls it
     * @throws StateException with TPM_FAIL; some rooms may have been filled then
     */
    static void read(String name, byte[] blob, Parts parts) throws StateException {
        int size = blob.length - TpmLimits.DIGEST_SIZE;
        byte[] content = Arrays.copyOf(blob, Math.max(size, 0));
        try {
            checkDigest(name, blob, content);
            WireReader in = WireReader.over(content, TpmResult.WIRE_FAULTS);
            readParts(name, in, parts);
            if (in.remaining() != 0) {
                throw fault(name + " has " + in.remaining() + " octets too many");
            }
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void checkDigest(String name, byte[] blob, byte[] content) throws StateException {
        byte[] digest = Hasher.digest(Digest.SHA1, content);
        if (!Arrays.equals(digest, 0, digest.length, blob, content.length, blob.length)) {
            throw fault(name + " is damaged: its SHA-1 is wrong");
        }
    }

    private static void readParts(String name, WireReader in, Parts parts) throws StateException {
        Place place = new Place();
        try {
            parts.read(in, place);
        } catch (TpmException e) {
            throw fault(name + " cannot be used: " + place.part + " is wrong before offset " + in.position() + " ("
                    + e.getMessage() + ")");
        }
    }

    private static StateException fault(String message) {
        return new StateException(FAIL.value(), message);
    }

    /** Ends a blob; what was written is wiped. */
    static byte[] complete(WireWriter out) {
        byte[] content = out.toArray();
        out.octets(Hasher.digest(Digest.SHA1, content));
        Arrays.fill(content, (byte) 0);
        byte[] blob = out.toArray();
        out.wipe();
        return blob;
    }

    /** A version tag of libtpms' own, which has to be {@code expected}: else TPM_INVALID_STRUCTURE. */
    static void checkVersion(WireReader in, int expected) {
        TpmResult.check(in.uint16() == expected, TpmResult.INVALID_STRUCTURE);
    }
}
