package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.wire.Bytes;

/** What TPM2_RSA_Encrypt and TPM2_RSA_Decrypt have in common: the choice of the scheme, and its label. */
final class RsaScheme {
    private RsaScheme() {}

    /**
     * The scheme of the key, or the one asked for if the key has none (CryptRsaSelectScheme).
     *
     * @param parameter the number of {@code asked}, which SCHEME blames if both differ; it blames none if the profile wants a scheme
     */
    static TpmtAsymScheme select(TpmObject key, TpmtAsymScheme asked, int parameter, TpmState tpm) {
        TpmtAsymScheme ofKey = key.publicArea().asymScheme();
        boolean same = ofKey.scheme() == asked.scheme() && ofKey.hash() == asked.hash();
        check(ofKey.isNull() || asked.isNull() || same, SCHEME.parameter(parameter));
        TpmtAsymScheme scheme = ofKey.isNull() ? asked : ofKey;
        boolean allowed = !scheme.isNull() || !tpm.profile().demands(ProfileAttribute.NO_UNPADDED_ENCRYPTION);
        check(allowed, SCHEME);
        return scheme;
    }

    /** Whether {@code label} is empty or ends with a zero octet. */
    static boolean isLabel(Bytes label) {
        return label.isEmpty() || label.get(label.size() - 1) == 0;
    }
}
