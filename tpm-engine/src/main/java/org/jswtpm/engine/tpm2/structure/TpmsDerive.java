package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * TPMS_DERIVE, what an object is derived with beside its parent (Part 2, 11.1.12).
 *
 * @param label at most 32 octets
 * @param context at most 32 octets
 */
public record TpmsDerive(Bytes label, Bytes context) {
    /** Else TPM_RC_SIZE. */
    public static TpmsDerive unmarshal(WireReader in) {
        return new TpmsDerive(in.sized2(TpmLimits.MAX_LABEL_SIZE), in.sized2(TpmLimits.MAX_LABEL_SIZE));
    }

    /** These values, and in place of empty ones those of {@code other}. */
    public TpmsDerive orElse(TpmsDerive other) {
        return new TpmsDerive(label.isEmpty() ? other.label : label, context.isEmpty() ? other.context : context);
    }
}
