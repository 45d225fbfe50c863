package org.jswtpm.engine.tpm2.object;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Names and Qualified Names of objects (Part 1, 16 and 26.5). */
public final class ObjectName {
    private ObjectName() {}

    /** The Name: nameAlg and the digest of the public area; empty without a nameAlg. */
    public static Bytes of(TpmtPublic area) {
        return area.nameAlg().isNull() ? Bytes.EMPTY : name(area.nameAlg(), area.toBytes());
    }

    /**
     * The Qualified Name: nameAlg and a digest that spans all ancestors.
     *
     * @param parentQualifiedName that of the parent; the handle of a hierarchy for a primary object
     */
    public static Bytes qualified(Bytes parentQualifiedName, HashAlg nameAlg, Bytes name) {
        return name(nameAlg, parentQualifiedName.then(name));
    }

    private static Bytes name(HashAlg nameAlg, Bytes hashed) {
        byte[] digest = Hasher.digest(nameAlg.digest(), hashed.toArray());
        return new WireWriter().uint16(nameAlg.value()).octets(digest).toBytes();
    }
}
