package org.jswtpm.engine.tpm12.command.management;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DEFEND_LOCK_RUNNING;

import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TPM_ResetLockValue during a dictionary attack; the other answers are in the tests of the owner's commands. */
class ResetLockValueTest {
    private final Tpm12Fixture tpm = KeptState.started();

    private Request byOwner(Ordinal ordinal, byte[] auth) {
        return Request.of(ordinal).auth(tpm.oiap(auth).ending());
    }

    @BeforeEach
    void attack() {
        for (int i = 0; i < 6; i++) {
            tpm.send(byOwner(Ordinal.OWNER_READ_PUBEK, KeptState.SRK)).hasCode(AUTHFAIL);
        }
        tpm.send(byOwner(Ordinal.OWNER_READ_PUBEK, KeptState.OWNER)).hasCode(DEFEND_LOCK_RUNNING);
    }

    @Test
    void theOwnerEndsTheDefence() {
        tpm.send(byOwner(Ordinal.RESET_LOCK_VALUE, KeptState.OWNER)).isSuccess();
        tpm.send(byOwner(Ordinal.OWNER_READ_PUBEK, KeptState.OWNER)).isSuccess();
    }

    @Test
    void whoIsNotTheOwnerHasOneTry() {
        tpm.send(byOwner(Ordinal.RESET_LOCK_VALUE, KeptState.SRK)).hasCode(AUTHFAIL);
        tpm.send(byOwner(Ordinal.RESET_LOCK_VALUE, KeptState.OWNER)).hasCode(AUTHFAIL);
    }
}
