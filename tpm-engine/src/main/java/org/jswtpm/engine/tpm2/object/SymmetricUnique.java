package org.jswtpm.engine.tpm2.object;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;

/** The unique field of a symmetric object, which binds the public to the sensitive area (Part 1, 27.6.2). */
final class SymmetricUnique {
    private SymmetricUnique() {}

    /** An HMAC with the seed as key for a parent, else a digest of seed and sensitive data. */
    static Bytes of(TpmtPublic area, TpmtSensitive sensitive) {
        Digest digest = area.nameAlg().digest();
        boolean isParent = area.attributes().has(ObjectAttributes.RESTRICTED | ObjectAttributes.DECRYPT);
        byte[] unique = sensitive
                .seedValue()
                .use(seed -> sensitive
                        .sensitive()
                        .use(data -> isParent ? Hmac.mac(digest, seed, data) : Hasher.digest(digest, seed, data)));
        return Bytes.wrap(unique);
    }
}
