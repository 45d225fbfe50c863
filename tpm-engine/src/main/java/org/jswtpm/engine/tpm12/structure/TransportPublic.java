package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_TRANSPORT_PUBLIC (Part 2, 13.1).
 *
 * @param attributes {@link #ENCRYPT}, {@link #LOG}, {@link #EXCLUSIVE}
 * @param algorithmId what encrypts
 * @param encScheme how
 */
public record TransportPublic(int attributes, int algorithmId, int encScheme) {
    public static final int ENCRYPT = 1;
    public static final int LOG = 2;
    public static final int EXCLUSIVE = 4;

    public static TransportPublic unmarshal(WireReader in) {
        StructureTag.TRANSPORT_PUBLIC.unmarshal(in);
        return new TransportPublic(in.uint32(), in.uint32(), in.uint16());
    }

    public void marshal(WireWriter out) {
        StructureTag.TRANSPORT_PUBLIC.marshal(out);
        out.uint32(attributes).uint32(algorithmId).uint16(encScheme);
    }

    /** Whether one of the attributes in {@code mask} is set. */
    public boolean has(int mask) {
        return (attributes & mask) != 0;
    }
}
