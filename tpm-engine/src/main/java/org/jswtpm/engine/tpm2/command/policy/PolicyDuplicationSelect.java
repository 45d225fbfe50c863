package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.COMMAND_CODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.CPHASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Restriction;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmiYesNo;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_PolicyDuplicationSelect: the policy authorizes TPM2_Duplicate to one new parent, and of one object if it is said to.
 *
 * <p>Part 3, 23.15. Answers CPHASH if the session is restricted already, and COMMAND_CODE if it is for another command.
 */
public final class PolicyDuplicationSelect implements Command<PolicyDuplicationSelect.In, Void> {
    private static final int POLICY_SESSION = 1;
    private static final int OBJECT_NAME = 1;
    private static final int NEW_PARENT_NAME = 2;
    private static final int INCLUDE_OBJECT = 3;

    record In(Handle policySession, Bytes objectName, Bytes newParentName, boolean includeObject) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(POLICY_SESSION),
                in.at(OBJECT_NAME).sized2(TpmLimits.MAX_NAME_SIZE),
                in.at(NEW_PARENT_NAME).sized2(TpmLimits.MAX_NAME_SIZE),
                TpmiYesNo.unmarshal(in.at(INCLUDE_OBJECT)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Session session = tpm.sessions().get(in.policySession);
        check(session.restriction() == Restriction.NONE, CPHASH);
        check(session.commandCode() == 0, COMMAND_CODE);
        byte[] objectName = in.objectName.toArray();
        byte[] newParentName = in.newParentName.toArray();
        Hasher next = session.beginPolicyDigest(CommandCode.POLICY_DUPLICATION_SELECT.code());
        if (in.includeObject) {
            next.update(objectName);
        }
        session.endPolicyDigest(next.update(newParentName).updateByte(in.includeObject ? 1 : 0));
        byte[] nameHash = Hasher.digest(session.authHash().digest(), objectName, newParentName);
        session.restrict(Restriction.NAME_HASH, nameHash);
        session.setCommandCode(CommandCode.DUPLICATE.code());
        return null;
    }
}
