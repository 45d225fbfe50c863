package org.jswtpm.engine.tpm2;

import static org.jswtpm.engine.tpm2.structure.TpmRc.CANCELED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.junit.jupiter.api.Test;

/** Cancels commands that run. */
class CancelTest {
    /** Exempt from the dictionary attack logic, whose first use of an object is a commit of its own. */
    private static final TestCommand ECC_PARENT = TestCommand.of(CommandCode.CREATE_PRIMARY)
            .handle(Handle.OWNER)
            .password("")
            .parameters("0004 0000 0000"
                    + "001a 0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000"
                    + "0000 00000000");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** A decryption key of 3072 bits, whose primes are not found before the first request to cancel is seen. */
    private static TestCommand createRsa(Handle parent) {
        return TestCommand.of(CommandCode.CREATE)
                .handle(parent)
                .password("")
                .parameters("0004 0000 0000"
                        + "0016 0001 000b 00020072 0000 0010 0010 0c00 00000000 0000"
                        + "0000 00000000");
    }

    @Test
    void aKeyGenerationEndsAndLeavesNoTrace() {
        Handle parent = tpm.send(ECC_PARENT).isSuccess().handle();
        int commits = tpm.host().commits();
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> tpm.send(createRsa(parent)));
        while (!answer.isDone()) {
            tpm.tpm().cancel();
            Thread.onSpinWait();
        }
        answer.join().hasCode(CANCELED);
        assertEquals(commits, tpm.host().commits());
    }

    @Test
    void aRequestWithoutACommandCancelsNothing() {
        tpm.tpm().cancel();
        tpm.send(ECC_PARENT).isSuccess();
    }
}
