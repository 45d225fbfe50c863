package org.jswtpm.engine.tpm12.counter;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_COUNTER_VALUE (Part 2, 10.15) and what libtpms keeps with it. */
public final class MonotonicCounter {
    /** Octets of a label. */
    public static final int LABEL_SIZE = 4;

    private Bytes label = Bytes.zeros(LABEL_SIZE);
    private int count;
    private Secret authData = Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]);
    private boolean valid;

    /** The caller's name for it. */
    public Bytes label() {
        return label;
    }

    /** The count, unsigned. */
    public int count() {
        return count;
    }

    /** What authorizes its use; lent. */
    public Secret authData() {
        return authData;
    }

    /** Whether the counter exists. */
    public boolean isValid() {
        return valid;
    }

    /** Brings it into being. */
    public void create(Bytes newLabel, int firstCount, Secret auth) {
        label = newLabel;
        count = firstCount;
        authData.close();
        authData = auth;
        valid = true;
    }

    /** Counts on. */
    public void increment() {
        count++;
    }

    /** Ends it; its count stays, since later counters go on from the largest. */
    public void release() {
        authData.close();
        authData = Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]);
        valid = false;
    }

    /**
     * The digest by which a session knows the counter; libtpms hashes its number as it lies in the memory of a little-endian
     * machine.
     */
    public Bytes entityDigest(int countId) {
        return Bytes.wrap(authData.use(auth -> Hasher.of(Digest.SHA1)
                .updateUint32(Integer.reverseBytes(countId))
                .update(label.toArray())
                .update(auth)
                .digest()));
    }

    /** TPM_COUNTER_VALUE, as it is on the wire. */
    public void marshal(WireWriter out) {
        StructureTag.COUNTER_VALUE.marshal(out);
        out.bytes(label).uint32(count);
    }

    /** As the state has it. */
    public void marshalState(WireWriter out) {
        marshal(out);
        out.secret(authData);
        TpmBool.marshal(valid, out);
    }

    /** Reads what {@link #marshalState} writes. */
    public void unmarshalState(WireReader in) {
        StructureTag.COUNTER_VALUE.unmarshal(in);
        label = in.bytes(LABEL_SIZE);
        count = in.uint32();
        authData.close();
        authData = in.secret(TpmLimits.AUTHDATA_SIZE);
        valid = TpmBool.unmarshal(in);
    }
}
