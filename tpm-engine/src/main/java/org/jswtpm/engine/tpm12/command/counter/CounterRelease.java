package org.jswtpm.engine.tpm12.command.counter;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.counter.Counters;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.tpm12.structure.EntityType;

/** What the two ways to release a counter have in common (Part 3, 25.4 and 25.5). */
final class CounterRelease {
    private CounterRelease() {}

    /** Ends a counter and the sessions that are bound to it. If this boot has used it, this boot can use no other one. */
    static void release(int countId, TpmState tpm) {
        MonotonicCounter counter = tpm.counters().get(countId);
        tpm.authSessions().terminateEntity(EntityType.COUNTER, counter.entityDigest(countId));
        counter.release();
        if (tpm.counters().activeId() == countId) {
            tpm.counters().setActiveId(Counters.ILLEGAL);
        }
        tpm.nvChanged();
    }
}
