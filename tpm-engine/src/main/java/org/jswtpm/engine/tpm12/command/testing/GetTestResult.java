package org.jswtpm.engine.tpm12.command.testing;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetTestResult: how the tests went, in the words of libtpms.
 *
 * <p>Part 3, 4.3. The one command, beside a little of TPM_GetCapability, that a TPM in failure mode still answers.
 */
public final class GetTestResult implements Command<Void, Bytes> {
    @Override
    public Bytes execute(Void in, TpmState tpm, Authorizations auth) {
        String text = "Shutdown 0000000" + tpm.selfTest().state().value() + "\n";
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
