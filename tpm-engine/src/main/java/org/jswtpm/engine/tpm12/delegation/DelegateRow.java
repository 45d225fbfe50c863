package org.jswtpm.engine.tpm12.delegation;

import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DELEGATE_TABLE_ROW (Part 2, 20.6).
 *
 * @param publicPart what is delegated
 * @param authValue what authorizes the delegate
 * @param isValid whether there is a delegation in this row
 */
public record DelegateRow(DelegatePublic publicPart, Secret authValue, boolean isValid) {
    /** A row without a delegation. */
    public static DelegateRow none() {
        return new DelegateRow(DelegatePublic.NONE, Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]), false);
    }

    /** This row in another generation of its family, with an auth value of its own. */
    public DelegateRow withVerificationCount(int count) {
        return new DelegateRow(publicPart.withVerificationCount(count), authValue.copy(), isValid);
    }

    public static DelegateRow unmarshal(WireReader in) {
        StructureTag.DELEGATE_TABLE_ROW.unmarshal(in);
        return new DelegateRow(DelegatePublic.unmarshal(in), in.secret(TpmLimits.AUTHDATA_SIZE), TpmBool.unmarshal(in));
    }

    public void marshal(WireWriter out) {
        StructureTag.DELEGATE_TABLE_ROW.marshal(out);
        publicPart.marshal(out);
        out.secret(authValue);
        TpmBool.marshal(isValid, out);
    }
}
