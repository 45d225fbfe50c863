package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.BINDING;
import static org.jswtpm.engine.tpm2.structure.TpmRc.ECC_POINT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY_SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;

import java.math.BigInteger;
import java.util.Optional;
import org.jswtpm.engine.crypto.EccCurve;
import org.jswtpm.engine.crypto.EccPoint;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmsEccPoint;
import org.jswtpm.engine.tpm2.structure.TpmtKeyedHashScheme;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * Whether the keys of an object that was not made here are keys, and belong together (CryptValidateKeys of libtpms, in
 * its order).
 */
final class KeyChecks {
    private static final int SIGN_BIT = 0x80;

    private final TpmtPublic area;
    private final Optional<TpmtSensitive> sensitive;
    private final int publicParameter;
    private final int sensitiveParameter;
    private final int digestSize;

    KeyChecks(TpmtPublic area, Optional<TpmtSensitive> sensitive, int publicParameter, int sensitiveParameter) {
        this.area = area;
        this.sensitive = sensitive;
        this.publicParameter = publicParameter;
        this.sensitiveParameter = sensitiveParameter;
        this.digestSize = area.nameAlg().digestSize();
    }

    void check() {
        if (sensitive.isPresent()) {
            TpmtSensitive secret = sensitive.get();
            checkSensitive(area.type() == secret.type(), TYPE);
            checkSensitive(digestSize == 0 || secret.authValue().size() <= digestSize, SIZE);
        }
        switch (area.type()) {
            case RSA -> checkRsa();
            case ECC -> checkEcc();
            case SYM_CIPHER, KEYED_HASH -> checkSymmetric();
        }
        boolean isParent = area.attributes().has(ObjectAttributes.RESTRICTED | ObjectAttributes.DECRYPT);
        if (isParent && sensitive.isPresent() && !area.nameAlg().isNull()) {
            int seedSize = sensitive.get().seedValue().size();
            checkSensitive(seedSize >= digestSize / 2 && seedSize <= digestSize, SIZE);
        }
    }

    private void checkRsa() {
        PublicKeyArea.Rsa rsa = area.rsa();
        int keyBytes = rsa.parms().keyBytes();
        checkPublic(rsa.unique().size() == keyBytes && rsa.unique().get(0) >= SIGN_BIT, KEY);
        int exponent = rsa.parms().exponent();
        checkPublic(exponent == 0 || Integer.compareUnsigned(exponent, 7) >= 0, VALUE);
        if (sensitive.isPresent()) {
            Secret prime = sensitive.get().sensitive();
            checkSensitive(prime.size() * 2 == keyBytes && prime.use(octets -> octets[0] < 0), KEY_SIZE);
        }
    }

    private void checkEcc() {
        TpmsEccPoint unique = area.ecc().unique();
        EccCurve curve = Ecc.curve(area.ecc().parms().curve());
        if (sensitive.isEmpty()) {
            checkPublic(unique.x().size() == curve.size() && unique.y().size() == curve.size(), KEY);
            if (!area.nameAlg().isNull()) {
                checkPublic(Ecc.point(curve, unique).isPresent(), ECC_POINT);
            }
            return;
        }
        Optional<EccPrivateKey> key = sensitive.get().sensitive().use(scalar -> EccPrivateKey.load(curve, scalar));
        TpmRc.check(key.isPresent(), KEY_SIZE);
        if (!area.nameAlg().isNull()) {
            EccPoint point = key.get().publicPoint();
            TpmRc.check(
                    isSameNumber(unique.x().toArray(), point.x())
                            && isSameNumber(unique.y().toArray(), point.y()),
                    BINDING);
        }
    }

    /** Zeros before a number do not matter. */
    private static boolean isSameNumber(byte[] one, byte[] other) {
        return new BigInteger(1, one).equals(new BigInteger(1, other));
    }

    private void checkSymmetric() {
        int uniqueSize = unique().size();
        if (sensitive.isEmpty()) {
            checkPublic(uniqueSize == digestSize, KEY);
            return;
        }
        TpmtSensitive secret = sensitive.get();
        if (area.type() == PublicType.SYM_CIPHER) {
            checkSymmetricKey(area.symCipher().parms().sym(), secret.sensitive(), sensitiveParameter);
        } else {
            TpmtKeyedHashScheme scheme = area.keyedHash().parms().scheme();
            int maxSize = scheme.isNull()
                    ? TpmLimits.MAX_SYM_DATA
                    : scheme.hash().digest().blockSize();
            checkSensitive(secret.sensitive().size() <= maxSize, KEY_SIZE);
        }
        if (!area.nameAlg().isNull()) {
            checkSensitive(secret.seedValue().size() == digestSize, KEY_SIZE);
            TpmRc.check(unique().equals(SymmetricUnique.of(area, secret)), BINDING);
        }
    }

    private Bytes unique() {
        return area.type() == PublicType.SYM_CIPHER
                ? area.symCipher().unique()
                : area.keyedHash().unique();
    }

    /**
     * Whether {@code key} is one of {@code symDef} (CryptSymKeyValidate); TPM_RC_KEY_SIZE, or TPM_RC_KEY for a weak one.
     *
     * @param parameter the number of the parameter that the answers blame; 0 for none
     */
    static void checkSymmetricKey(TpmtSymDefObject symDef, Secret key, int parameter) {
        TpmRc.check(key.size() == symDef.keyBytes(), placed(KEY_SIZE, parameter));
        TpmRc.check(symDef.algorithm() != AlgId.TDES || key.use(TdesKey::isValid), placed(KEY, parameter));
    }

    private static TpmRc placed(TpmRc answer, int parameter) {
        return parameter == 0 ? answer : answer.parameter(parameter);
    }

    private void checkPublic(boolean condition, TpmRc answer) {
        TpmRc.check(condition, answer.parameter(publicParameter));
    }

    private void checkSensitive(boolean condition, TpmRc answer) {
        TpmRc.check(condition, answer.parameter(sensitiveParameter));
    }
}
