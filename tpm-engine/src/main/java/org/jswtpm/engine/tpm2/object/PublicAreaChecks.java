package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KDF;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SYMMETRIC;

import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtKeyedHashScheme;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;

/**
 * What a public area must fulfil so that an object with it can be created or loaded (Part 1, 27.2 and 27.6; Part 2, 8.3).
 * The checks run in the order of libtpms' Object_spt.c.
 */
public final class PublicAreaChecks {
    private final TpmtPublic area;
    private final ObjectAttributes attributes;
    private final TpmObject parent;
    private final int parameter;

    /**
     * @param area the public area
     * @param parent the parent; null for a primary or external object
     * @param parameter the number of the parameter that the answers blame
     */
    public PublicAreaChecks(TpmtPublic area, TpmObject parent, int parameter) {
        this.area = area;
        this.attributes = area.attributes();
        this.parent = parent;
        this.parameter = parameter;
    }

    /** The checks of a new object (CreateChecks), of whose sensitive data the caller brings {@code dataSize} octets. */
    public void checkNew(int dataSize) {
        check(attributes.sensitiveDataOrigin() || dataSize != 0, ATTRIBUTES);
        check(parent == null || !attributes.sensitiveDataOrigin() || dataSize == 0, ATTRIBUTES);
        if (area.type().isAsymmetric()) {
            check(attributes.sensitiveDataOrigin(), ATTRIBUTES);
        } else {
            boolean isData = area.type() == PublicType.KEYED_HASH && !attributes.sign() && !attributes.decrypt();
            check(!isData || !attributes.sensitiveDataOrigin(), ATTRIBUTES);
            // A restricted symmetric key that others may know must not look as if the TPM had made it.
            boolean isKnown = attributes.restricted() && !attributes.sensitiveDataOrigin();
            check(!isKnown || !attributes.fixedParent() && !attributes.fixedTpm(), ATTRIBUTES);
        }
        checkAttributes();
    }

    /** PublicAttributesValidation. */
    public void checkAttributes() {
        check(!area.nameAlg().isNull(), HASH);
        int policySize = area.authPolicy().size();
        check(policySize == 0 || policySize == area.nameAlg().digestSize(), SIZE);
        if (parent == null || parentAttributes().fixedTpm()) {
            check(attributes.fixedParent() == attributes.fixedTpm(), ATTRIBUTES);
        } else {
            check(!attributes.fixedTpm(), ATTRIBUTES);
        }
        if (attributes.sign() == attributes.decrypt()) {
            check(!attributes.restricted(), ATTRIBUTES);
            check(area.type() == PublicType.KEYED_HASH || attributes.sign(), ATTRIBUTES);
        }
        check(!attributes.fixedTpm() || !attributes.encryptedDuplication(), ATTRIBUTES);
        if (parent != null && !parentAttributes().fixedTpm()) {
            check(attributes.encryptedDuplication() == parentAttributes().encryptedDuplication(), ATTRIBUTES);
        }
        // libtpms has no objects that are bound to a firmware or its security version.
        check(!attributes.firmwareLimited() && !attributes.svnLimited(), ATTRIBUTES);
        if (parent != null && parent.isDerivationParent()) {
            check(attributes.fixedTpm() == parentAttributes().fixedTpm(), ATTRIBUTES);
            check(attributes.fixedParent(), ATTRIBUTES);
        }
        checkSchemes();
    }

    /** SchemeChecks. */
    public void checkSchemes() {
        switch (area.type()) {
            case SYM_CIPHER -> checkSymmetricMode();
            case KEYED_HASH -> checkKeyedHashScheme();
            case RSA, ECC -> checkAsymmetricScheme();
        }
        if (area.type() != PublicType.KEYED_HASH && isStorageKey()) {
            checkStorageKey();
        }
    }

    private void checkSymmetricMode() {
        AlgId mode = area.symCipher().parms().sym().mode();
        check(!attributes.decrypt() || mode != AlgId.CMAC, SCHEME);
    }

    private void checkKeyedHashScheme() {
        TpmtKeyedHashScheme scheme = area.keyedHash().parms().scheme();
        if (attributes.sign() == attributes.decrypt()) {
            check(scheme.isNull(), SCHEME);
        } else if (attributes.sign()) {
            check(scheme.scheme() == AlgId.HMAC, SCHEME);
        } else {
            check(scheme.scheme() == AlgId.XOR, SCHEME);
            check(!attributes.restricted() || scheme.kdf() == AlgId.KDF1_SP800_108, SCHEME);
        }
    }

    private void checkAsymmetricScheme() {
        AlgId scheme = area.asymScheme().scheme();
        if (attributes.sign() == attributes.decrypt()) {
            check(scheme.isNull(), SCHEME);
        } else if (attributes.sign()) {
            if (!isSignScheme(area.type(), scheme)) {
                check(!attributes.restricted() && scheme.isNull(), SCHEME);
            }
        } else if (attributes.restricted()) {
            check(scheme.isNull(), SCHEME);
        } else {
            check(scheme.isNull() || isDecryptScheme(area.type(), scheme), SCHEME);
        }
        if (!isStorageKey()) {
            check(area.asymSymmetric().isNull(), SYMMETRIC);
        }
        if (area.type() == PublicType.ECC) {
            check(area.ecc().parms().kdf().isNull(), KDF);
        }
    }

    /** The symmetric algorithm by which an ordinary parent protects its children. */
    private void checkStorageKey() {
        TpmtSymDefObject symmetric = area.storageSymmetric();
        check(!symmetric.isNull(), SYMMETRIC);
        if (attributes.fixedParent() && parent != null) {
            check(area.nameAlg() == parent.nameAlg(), HASH);
            check(symmetric.equals(parent.publicArea().storageSymmetric()), SYMMETRIC);
        }
    }

    /** Whether a key of {@code type} can sign with {@code scheme} (CryptIsAsymSignScheme). */
    public static boolean isSignScheme(PublicType type, AlgId scheme) {
        return switch (scheme) {
            case RSASSA, RSAPSS -> type == PublicType.RSA;
            case ECDSA, ECDAA, ECSCHNORR, SM2 -> type == PublicType.ECC;
            default -> false;
        };
    }

    /** Whether a key of {@code type} can decrypt with {@code scheme} (CryptIsAsymDecryptScheme). */
    public static boolean isDecryptScheme(PublicType type, AlgId scheme) {
        return switch (scheme) {
            case RSAES, OAEP -> type == PublicType.RSA;
            case ECDH, SM2, ECMQV -> type == PublicType.ECC;
            default -> false;
        };
    }

    private boolean isStorageKey() {
        return attributes.has(ObjectAttributes.RESTRICTED | ObjectAttributes.DECRYPT);
    }

    private ObjectAttributes parentAttributes() {
        return parent.publicAttributes();
    }

    private void check(boolean condition, TpmRc answer) {
        TpmRc.check(condition, answer.parameter(parameter));
    }
}
