package org.jswtpm.engine.tpm2.signing;

import java.util.Optional;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtKeyedHashScheme;

/** The rules by which a signing command finds the scheme to sign with (Part 2, 11.2.1.5; Part 3, 18.1 and 20.2). */
public final class SignScheme {
    private SignScheme() {}

    /** Whether {@code key} is one that signs (IsSigningObject). */
    public static boolean isSigner(TpmObject key) {
        return key.publicAttributes().sign() && key.type() != PublicType.SYM_CIPHER;
    }

    /**
     * The scheme of the key and the one that the caller asks for must agree, and one of them must be given. ECDAA has to be asked
     * for, since only the caller knows the commitment that the signature ends.
     *
     * @return empty if there is none that suits the key (TPM_RC_SCHEME)
     */
    public static Optional<TpmtAsymScheme> select(TpmObject key, TpmtAsymScheme asked) {
        TpmtAsymScheme ofKey = schemeOf(key);
        TpmtAsymScheme chosen = asked;
        if (asked.isNull()) {
            if (ofKey.scheme() == AlgId.ECDAA) {
                return Optional.empty();
            }
            chosen = ofKey;
        } else if (!ofKey.isNull() && (ofKey.scheme() != asked.scheme() || ofKey.hash() != asked.hash())) {
            return Optional.empty();
        }
        return suits(key.type(), chosen.scheme()) ? Optional.of(chosen) : Optional.empty();
    }

    private static TpmtAsymScheme schemeOf(TpmObject key) {
        return switch (key.type()) {
            case RSA, ECC -> key.publicArea().asymScheme();
            case KEYED_HASH -> {
                TpmtKeyedHashScheme scheme =
                        key.publicArea().keyedHash().parms().scheme();
                yield TpmtAsymScheme.of(scheme.scheme(), scheme.hash());
            }
            case SYM_CIPHER -> TpmtAsymScheme.NULL;
        };
    }

    /** Whether {@code scheme} makes signatures with keys of {@code type}. */
    private static boolean suits(PublicType type, AlgId scheme) {
        return switch (type) {
            case RSA -> scheme == AlgId.RSASSA || scheme == AlgId.RSAPSS;
            case ECC ->
                scheme == AlgId.ECDSA || scheme == AlgId.ECDAA || scheme == AlgId.ECSCHNORR || scheme == AlgId.SM2;
            case KEYED_HASH -> scheme == AlgId.HMAC;
            case SYM_CIPHER -> false;
        };
    }
}
