package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The authorizations of a command: none, one or two, as its tag says. */
public final class Authorizations {
    private final Authorization[] all;
    private boolean keepsSessions;

    private Authorizations(Authorization[] all) {
        this.all = all;
    }

    /** Reads as many authorizations as the tag says. */
    public static Authorizations unmarshal(
            TpmState tpm, Ordinal ordinal, CommandTag tag, byte[] inputDigest, WireReader in) {
        Authorization[] all = new Authorization[tag.authCount()];
        for (int i = 0; i < all.length; i++) {
            all[i] = Authorization.unmarshal(tpm, ordinal, i == 1, inputDigest, in);
        }
        boolean isTransport = ordinal == Ordinal.EXECUTE_TRANSPORT || ordinal == Ordinal.RELEASE_TRANSPORT_SIGNED;
        if (isTransport && all.length > 0) {
            all[all.length - 1].markTransport();
        }
        return new Authorizations(all);
    }

    /** How many there are, 0 to 2. */
    public int count() {
        return all.length;
    }

    /** Whether there is any. */
    public boolean isAny() {
        return all.length > 0;
    }

    /** The first one; there is one. */
    public Authorization first() {
        return all[0];
    }

    /** The second one; there are two. */
    public Authorization second() {
        return all[1];
    }

    /**
     * The last one, of a command that always has it and can have another before it: a wrong HMAC is TPM_AUTH2FAIL even if there
     * is no other.
     */
    public Authorization last() {
        Authorization last = all[all.length - 1];
        last.countAsSecond(true);
        return last;
    }

    /**
     * The last one, of a command where libtpms counts it as the first: a wrong HMAC is TPM_AUTHFAIL there, and TPM_AUTH2FAIL in
     * the one that stands before it.
     */
    public Authorization lastAsFirst() {
        all[0].countAsSecond(true);
        Authorization last = all[all.length - 1];
        last.countAsSecond(false);
        return last;
    }

    /** Who may use the key authorizes; without authorization the key has to do without: else TPM_AUTHFAIL. */
    public void byKeyIfNeeded(LoadedKey key) {
        if (isAny()) {
            first().byKey(key);
        } else {
            check(key.needsNoAuthorization(), AUTHFAIL);
        }
    }

    /** If the command fails now, its sessions go on; libtpms does so at two places. */
    public void keepSessions() {
        keepsSessions = true;
    }

    /** Writes what stands below the double line of the response. */
    public void marshalResponse(byte[] outputDigest, WireWriter out) {
        for (Authorization authorization : all) {
            authorization.marshalResponse(outputDigest, out);
        }
    }

    /** Ends the sessions of a command that failed. */
    public void terminate() {
        if (!keepsSessions) {
            for (Authorization authorization : all) {
                authorization.terminate();
            }
        }
    }

    /** Wipes the keys. */
    public void wipe() {
        for (Authorization authorization : all) {
            authorization.wipe();
        }
    }
}
