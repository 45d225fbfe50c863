package org.jswtpm.engine.tpm12.command.testing;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;

import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_SelfTestFull, TPM_ContinueSelfTest and TPM_GetTestResult. */
class SelfTestTest {
    private static final Request FULL = Request.of(Ordinal.SELF_TEST_FULL);
    private static final Request CONTINUE = Request.of(Ordinal.CONTINUE_SELF_TEST);
    private static final Request RESULT = Request.of(Ordinal.GET_TEST_RESULT);

    @Test
    void testsAnEndorsementKeyThatWorks() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(FULL).isSuccess();
        tpm.send(CONTINUE).isSuccess();
    }

    @Test
    void tellsOfAFailure() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.tpm().enterFailureMode();
        tpm.send(FULL).hasCode(FAILEDSELFTEST);
        tpm.send(CONTINUE).hasCode(FAILEDSELFTEST);
        tpm.send(RESULT).isSuccess();
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            for (Request request : new Request[] {RESULT, CONTINUE, RESULT, FULL, RESULT}) {
                tpm.note(request);
            }
            tpm.note(Request.of(Ordinal.SELF_TEST_FULL).u8(0));
            tpm.note(Request.of(Ordinal.CONTINUE_SELF_TEST).bytes(Bytes.zeros(4)));
            tpm.note(Request.of(Ordinal.GET_TEST_RESULT).auth(tpm.oiap(KeptState.OWNER)));
        });
    }
}
