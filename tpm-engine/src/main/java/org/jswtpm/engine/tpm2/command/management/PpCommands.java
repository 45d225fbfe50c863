package org.jswtpm.engine.tpm2.command.management;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.CommandCodeList;

/**
 * TPM2_PP_Commands: which commands need physical presence with platform authorization.
 *
 * <p>Part 3, 26.2. Codes of other commands are ignored, and this one always needs it.
 */
public final class PpCommands implements Command<PpCommands.In, Void> {
    private static final int SET_LIST = 1;
    private static final int CLEAR_LIST = 2;

    record In(CommandCodeList setList, CommandCodeList clearList) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(CommandCodeList.unmarshal(in.at(SET_LIST)), CommandCodeList.unmarshal(in.at(CLEAR_LIST)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        setRequired(in.setList, true, tpm);
        setRequired(in.clearList, false, tpm);
        tpm.nvChanged();
        return null;
    }

    private static void setRequired(CommandCodeList list, boolean required, TpmState tpm) {
        for (int i = 0; i < list.size(); i++) {
            CommandCode code = CommandCode.of(list.get(i));
            if (code != null && code.canRequirePhysicalPresence() && code != CommandCode.PP_COMMANDS) {
                tpm.presence().setRequired(code.code(), required);
            }
        }
    }
}
