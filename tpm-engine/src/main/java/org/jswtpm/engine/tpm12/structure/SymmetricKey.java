package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SYMMETRIC_KEY (Part 2, 10.7).
 *
 * @param algId the algorithm; any
 * @param encScheme the mode; any
 * @param data the key
 */
public record SymmetricKey(int algId, int encScheme, Secret data) implements AutoCloseable {
    public static SymmetricKey unmarshal(WireReader in) {
        return new SymmetricKey(in.uint32(), in.uint16(), in.secret2(TpmLimits.ALLOC_MAX));
    }

    public void marshal(WireWriter out) {
        out.uint32(algId).uint16(encScheme).secret2(data);
    }

    /** Wipes the key. */
    @Override
    public void close() {
        data.close();
    }
}
