package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_SYMCIPHER_PARMS (Part 2, 11.1.9).
 *
 * @param sym the block cipher; never TPM_ALG_NULL when it came from outside
 */
public record SymCipherParms(TpmtSymDefObject sym) implements PublicParms {
    static SymCipherParms unmarshal(WireReader in, AlgorithmSet algorithms) {
        return new SymCipherParms(TpmtSymDefObject.unmarshal(in, algorithms));
    }

    @Override
    public PublicType type() {
        return PublicType.SYM_CIPHER;
    }

    @Override
    public void marshal(WireWriter out) {
        sym.marshal(out);
    }
}
