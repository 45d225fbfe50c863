package org.jswtpm.engine.tpm2.command.capability;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.PublicParms;

/**
 * TPM2_TestParms: whether the TPM supports the parameters of a key; it does if they can be read.
 *
 * <p>Part 3, 30.3.
 */
public final class TestParms implements Command<PublicParms, Void> {
    private static final int PARAMETERS = 1;

    @Override
    public PublicParms unmarshal(Handles handles, ParameterReader in) {
        return PublicParms.unmarshalTyped(in.at(PARAMETERS), in.algorithms());
    }

    @Override
    public Void execute(PublicParms in, TpmState tpm) {
        return null;
    }
}
