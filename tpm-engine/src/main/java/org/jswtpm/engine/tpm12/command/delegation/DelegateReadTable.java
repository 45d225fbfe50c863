package org.jswtpm.engine.tpm12.command.delegation;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.delegation.DelegateRow;
import org.jswtpm.engine.tpm12.delegation.DelegationTables;
import org.jswtpm.engine.tpm12.delegation.FamilyRow;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Delegate_ReadTable: what is public of the families and of the delegations in the TPM.
 *
 * <p>Part 3, 19.5.
 */
public final class DelegateReadTable implements Command<Void, DelegationTables> {
    @Override
    public DelegationTables execute(Void in, TpmState tpm, Authorizations auth) {
        return tpm.delegations();
    }

    @Override
    public void marshal(DelegationTables out, WireWriter response) {
        int mark = response.beginSized4();
        for (int i = 0; i < out.familyCount(); i++) {
            FamilyRow family = out.family(i);
            if (family.isValid()) {
                StructureTag.FAMILY_TABLE_ENTRY.marshal(response);
                family.marshalPublic(response);
            }
        }
        response.endSized4(mark);
        mark = response.beginSized4();
        for (int i = 0; i < out.rowCount(); i++) {
            DelegateRow row = out.row(i);
            if (row.isValid()) {
                response.uint32(i);
                row.publicPart().marshal(response);
            }
        }
        response.endSized4(mark);
    }
}
