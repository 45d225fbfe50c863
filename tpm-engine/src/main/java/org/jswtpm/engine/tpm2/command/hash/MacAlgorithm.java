package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.FAILURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Cmac;
import org.jswtpm.engine.crypto.HmacSequence;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;

/**
 * A key and the MAC that is made with it: an HMAC with a keyed hash object, CMAC with a symmetric key.
 *
 * @param key the key
 * @param algorithm a hash algorithm, or TPM_ALG_CMAC
 */
record MacAlgorithm(TpmObject key, AlgId algorithm) {
    private static final int HANDLE = 1;

    /**
     * The MAC that a command asks for, in the order of libtpms (CryptSelectMac).
     *
     * @param handle the command's first handle
     * @param scheme TPM_ALG_NULL for that of the key
     * @param parameter the number of the command's parameter {@code scheme}
     * @throws org.jswtpm.engine.wire.TpmException TYPE at the handle; VALUE, SCHEME at the parameter; ATTRIBUTES, KEY at
     *     the handle
     */
    static MacAlgorithm select(Handle handle, AlgId scheme, int parameter, TpmState tpm) {
        TpmObject key = tpm.objects().object(handle, TYPE.handle(HANDLE));
        AlgId ofKey = schemeOf(key);
        check(scheme.isNull() ? !ofKey.isNull() : ofKey.isNull() || scheme == ofKey, VALUE.parameter(parameter));
        AlgId algorithm = scheme.isNull() ? ofKey : scheme;
        boolean fits = key.type() == PublicType.SYM_CIPHER ? algorithm == AlgId.CMAC : isHash(algorithm);
        check(fits, SCHEME.parameter(parameter));
        boolean allowed = ofKey != AlgId.SHA1 || !tpm.profile().demands(ProfileAttribute.NO_SHA1_HMAC_CREATION);
        check(allowed, HASH);
        ObjectAttributes attributes = key.publicAttributes();
        check(!attributes.restricted(), ATTRIBUTES.handle(HANDLE));
        check(attributes.sign(), KEY.handle(HANDLE));
        return new MacAlgorithm(key, algorithm);
    }

    private static AlgId schemeOf(TpmObject key) {
        return switch (key.type()) {
            case KEYED_HASH ->
                key.publicArea().keyedHash().parms().scheme().hash().algId();
            case SYM_CIPHER -> key.publicArea().symCipher().parms().sym().mode();
            case RSA, ECC -> throw TYPE.handle(HANDLE).exception();
        };
    }

    private static boolean isHash(AlgId algorithm) {
        HashAlg hash = HashAlg.of(algorithm);
        return hash != null && !hash.isNull();
    }

    /** A MAC that begins. */
    SequenceState begin() {
        if (algorithm == AlgId.CMAC) {
            TpmtSymDefObject cipher = key.publicArea().symCipher().parms().sym();
            check(key.sensitive().sensitive().size() * Byte.SIZE == cipher.keyBits(), FAILURE);
            SymmetricAlgorithm block = SymmetricAlgorithm.of(cipher.algorithm().value());
            return new SequenceState.BlockMac(key.sensitive().sensitive().use(secret -> new Cmac(block, secret)));
        }
        HashAlg hash = HashAlg.of(algorithm);
        return new SequenceState.Hmac(
                key.sensitive().sensitive().use(secret -> HmacSequence.of(hash.digest(), secret)));
    }
}
