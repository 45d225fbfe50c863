package org.jswtpm.engine.tpm12.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADCONTEXT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOCONTEXTSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.TOOMANYCONTEXTS;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Which session contexts exist outside of the TPM, and the nonces that make contexts of this boot (Part 2, 7.5 and 7.6). */
public final class ContextList {
    private static final Bytes ZEROS = Bytes.zeros(TpmLimits.NONCE_SIZE);
    private static final int LAST_COUNT = 0xFFFF_FFFF;

    private Bytes contextNonceKey = ZEROS;
    private Bytes contextNonceSession = ZEROS;
    private int contextCount;
    private final int[] list = new int[TpmLimits.SESSION_LIST];

    /** The nonce in the contexts of keys; zeros until one is saved. */
    public Bytes contextNonceKey() {
        return contextNonceKey;
    }

    public void setContextNonceKey(Bytes nonce) {
        contextNonceKey = nonce;
    }

    /** The nonce for a context of a key that is saved now: made by the first one. */
    public Bytes nonceForKey(RandomSource random) {
        if (contextNonceKey.equals(ZEROS)) {
            contextNonceKey = Bytes.wrap(random.generate(TpmLimits.NONCE_SIZE));
        }
        return contextNonceKey;
    }

    /** The nonce for a context of a session that is saved now: made by the first one. */
    public Bytes nonceForSession(RandomSource random) {
        if (contextNonceSession.equals(ZEROS)) {
            contextNonceSession = Bytes.wrap(random.generate(TpmLimits.NONCE_SIZE));
        }
        return contextNonceSession;
    }

    /** The nonce in the contexts of sessions; zeros until one is saved. */
    public Bytes contextNonceSession() {
        return contextNonceSession;
    }

    public void setContextNonceSession(Bytes nonce) {
        contextNonceSession = nonce;
    }

    /** The number of the context that was saved last, unsigned. */
    public int contextCount() {
        return contextCount;
    }

    public void setContextCount(int count) {
        contextCount = count;
    }

    /** How many places there are. */
    public int size() {
        return list.length;
    }

    /** The number of the context at {@code index}; 0 for none. */
    public int at(int index) {
        return list[index];
    }

    public void set(int index, int count) {
        list[index] = count;
    }

    /**
     * Numbers a context of a session that is saved.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_TOOMANYCONTEXTS, TPM_NOCONTEXTSPACE
     */
    public int add() {
        check(contextCount != LAST_COUNT, TOOMANYCONTEXTS);
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                list[i] = ++contextCount;
                return contextCount;
            }
        }
        throw NOCONTEXTSPACE.exception();
    }

    /** Forgets a context that is loaded again; TPM_BADCONTEXT if there is none with this number. */
    public void remove(int count) {
        int index = indexOf(count);
        check(index >= 0, BADCONTEXT);
        list[index] = 0;
    }

    /** The place of a context, or -1 if there is none with this number. */
    public int indexOf(int count) {
        for (int i = 0; i < list.length; i++) {
            if (count != 0 && list[i] == count) {
                return i;
            }
        }
        return -1;
    }

    /** How many places are free. */
    public int freeCount() {
        int free = 0;
        for (int entry : list) {
            if (entry == 0) {
                free++;
            }
        }
        return free;
    }

    /** Forgets all contexts of sessions, as TPM_Reset does. */
    public void clearSessions() {
        contextNonceSession = ZEROS;
        contextCount = 0;
        Arrays.fill(list, 0);
    }

    /** What belongs to sessions, as the state has it. */
    public void marshalSessions(WireWriter out) {
        out.bytes(contextNonceSession).uint32(contextCount);
        for (int entry : list) {
            out.uint32(entry);
        }
    }

    /** Reads what {@link #marshalSessions} writes. */
    public void unmarshalSessions(WireReader in) {
        contextNonceSession = in.bytes(TpmLimits.NONCE_SIZE);
        contextCount = in.uint32();
        for (int i = 0; i < list.length; i++) {
            list[i] = in.uint32();
        }
    }
}
