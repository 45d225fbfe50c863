package org.jswtpm.server.platform;

import org.jswtpm.server.log.Log;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** A TPM that is made where there is none. That it has no keys of an older one must not come as a surprise. */
public final class NewTpm {
    private NewTpm() {}

    /** What is to be seen at the place of the permanent state, so that a start would make a new TPM; null if there is one. */
    public static String reason(StateStore store) throws StoreException {
        return store.size(StateName.PERMALL).isPresent() ? null : store.absence(StateName.PERMALL);
    }

    /** Says that a TPM was made, and why; nothing for null. */
    public static void report(StateStore store, String reason, Log log) {
        if (reason != null) {
            log.say("A new TPM was made: " + store.place(StateName.PERMALL) + ": " + reason + ".");
        }
    }
}
