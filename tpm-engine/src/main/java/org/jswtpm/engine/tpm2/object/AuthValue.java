package org.jswtpm.engine.tpm2.object;

import java.util.Arrays;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmsSensitiveCreate;
import org.jswtpm.engine.wire.Secret;

/** The auth value of an object, which is kept with the size of a digest of the Name algorithm. */
public final class AuthValue {
    private AuthValue() {}

    /**
     * {@code auth} with zeros at its end added or removed (AdjustAuthSize).
     *
     * @param tooLong what the command answers if it is longer than a digest
     * @return a new secret
     */
    public static Secret adjusted(Secret auth, HashAlg nameAlg, TpmRc tooLong) {
        int size = nameAlg.isNull() ? TpmLimits.MAX_DIGEST_SIZE : nameAlg.digestSize();
        try (Secret trimmed = auth.withoutTrailingZeros()) {
            TpmRc.check(trimmed.size() <= size, tooLong);
            return padded(trimmed, size);
        }
    }

    /** What a caller brings to a new object, with the auth value {@link #adjusted(Secret, HashAlg, TpmRc) adjusted}. */
    public static TpmsSensitiveCreate adjusted(TpmsSensitiveCreate given, HashAlg nameAlg, TpmRc tooLong) {
        return new TpmsSensitiveCreate(
                adjusted(given.userAuth(), nameAlg, tooLong), given.data().copy());
    }

    /** {@code secret} with zeros added up to {@code size} octets; a new secret. */
    static Secret padded(Secret secret, int size) {
        return secret.use(octets -> Secret.take(Arrays.copyOf(octets, Math.max(size, octets.length))));
    }
}
