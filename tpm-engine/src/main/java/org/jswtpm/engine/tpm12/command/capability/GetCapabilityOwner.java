package org.jswtpm.engine.tpm12.command.capability;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.TpmVersionInfo;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetCapabilityOwner: the version and all flags, for the owner.
 *
 * <p>Part 3, 7.3. TPM_AUTHFAIL.
 */
public final class GetCapabilityOwner implements Command<Void, GetCapabilityOwner.Out> {
    record Out(int nonVolatileFlags, int volatileFlags) {}

    @Override
    public Out execute(Void in, TpmState tpm, Authorizations auth) {
        auth.first().byOwner();
        return new Out(tpm.permanentFlags().bits(), tpm.stclearFlags().bits());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        TpmVersionInfo.marshalVersion(response);
        response.uint32(out.nonVolatileFlags).uint32(out.volatileFlags);
    }
}
