package org.jswtpm.engine.tpm2.command.context;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class FlushContextTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    @Test
    void freesTheSlotForTheNextObject() {
        Handle first =
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN)).handle();
        Handle second =
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN)).handle();
        tpm.send(flush(first)).hasParameters("");
        tpm.send(readPublic(first)).hasCode(TpmRc.REFERENCE_H0);
        tpm.send(readPublic(second)).isSuccess();
        tpm.send(flush(first)).hasCode(TpmRc.HANDLE.parameter(1));
        assertEquals(
                first,
                tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN)).handle());
    }

    @Test
    void answersValueForWhatCannotBeFlushed() {
        for (int handle : new int[] {0x8000_0003, 0x8100_0001, 0x4000_0001, 0x0200_0040, 0x0300_0040, 0x0100_0000, 0}) {
            tpm.send(flush(new Handle(handle))).hasCode(TpmRc.VALUE.parameter(1));
        }
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (int handle :
                new int[] {0x8000_0000, 0x8000_0003, 0x8100_0001, 0x4000_0007, 0x0200_0000, 0x0300_003f, 0x0200_0040}) {
            both.send(flush(new Handle(handle))).isIdentical();
        }
        both.send(flush(new Handle(0)).password("")).isIdentical();
    }
}
