package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_KEYEDHASH_PARMS (Part 2, 12.2.3.3).
 *
 * @param scheme TPMT_KEYEDHASH_SCHEME+
 */
public record KeyedHashParms(TpmtKeyedHashScheme scheme) implements PublicParms {
    static KeyedHashParms unmarshal(WireReader in, AlgorithmSet algorithms) {
        return new KeyedHashParms(TpmtKeyedHashScheme.unmarshal(in, algorithms));
    }

    @Override
    public PublicType type() {
        return PublicType.KEYED_HASH;
    }

    @Override
    public void marshal(WireWriter out) {
        scheme.marshal(out);
    }
}
