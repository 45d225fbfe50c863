package org.jswtpm.server.platform;

import org.jswtpm.server.log.Log;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StateStore;
import org.jswtpm.store.StoreException;

/** A TPM that a start makes where there is none. That it has no keys of an older one must not come as a surprise. */
public final class NewTpm {
    private final String place;
    private final String reason;

    NewTpm(StateStore store, String reason) {
        place = store.place(StateName.PERMALL);
        this.reason = reason;
    }

    /** What a start would make, by what is to be seen at the place of the permanent state; null if there is a TPM. */
    public static NewTpm expected(StateStore store) throws StoreException {
        return store.size(StateName.PERMALL).isPresent() ? null : new NewTpm(store, store.absence(StateName.PERMALL));
    }

    /** Says that it was made, and why. */
    public void report(Log log) {
        log.say("A new TPM was made: " + place + ": " + reason + ".");
    }
}
