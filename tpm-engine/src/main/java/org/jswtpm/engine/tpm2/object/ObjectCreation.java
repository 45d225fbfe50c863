package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.CANCELED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaKeyGenerator;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicKeyArea;
import org.jswtpm.engine.tpm2.structure.RsaParms;
import org.jswtpm.engine.tpm2.structure.TpmsSensitiveCreate;
import org.jswtpm.engine.tpm2.structure.TpmtKeyedHashScheme;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * Makes an object from its template (Part 1, 27.6; CryptCreateObject of libtpms).
 *
 * <p>What is drawn from the source, and in which order, decides which primary key follows from a seed: first the key,
 * then the seed value.
 */
public final class ObjectCreation {
    private final TpmtPublic template;
    private final TpmsSensitiveCreate given;
    private final KeyGeneration generation;

    private PublicKeyArea key;
    private Secret sensitive;
    private Optional<RsaPrivateKey> rsaKey = Optional.empty();

    /**
     * @param template a public area that has passed the checks of a new object
     * @param given the auth value, adjusted to the Name algorithm, and data; lent
     * @param generation how a key is generated
     */
    public ObjectCreation(TpmtPublic template, TpmsSensitiveCreate given, KeyGeneration generation) {
        this.template = template;
        this.given = given;
        this.generation = generation;
    }

    /**
     * An ordinary or derived object.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_RANGE for an RSA exponent, _KEY_SIZE or _KEY for a symmetric
     *     key, _SIZE for an HMAC key, _CANCELED
     */
    public ObjectParts create(RandomSource random) {
        createKey(random);
        return complete(random);
    }

    /**
     * A primary object.
     *
     * @param random made from the primary seed
     * @param proofs mixed in before the seed value is drawn; for the endorsement hierarchy, so that who knows its seed
     *     does not know what the keys protect
     * @throws org.jswtpm.engine.wire.TpmException as {@link #create}
     */
    public ObjectParts createPrimary(Drbg random, Secret... proofs) {
        createKey(random);
        for (Secret proof : proofs) {
            proof.lend(random::mix);
        }
        return complete(random);
    }

    private void createKey(RandomSource random) {
        switch (template.type()) {
            case RSA -> createRsa(random);
            case ECC -> createEcc(random);
            case SYM_CIPHER -> createSymCipher(random);
            case KEYED_HASH -> createKeyedHash(random);
        }
    }

    private void createRsa(RandomSource random) {
        RsaParms parms = template.rsa().parms();
        check(RsaKeyGenerator.isUsable(parms.exponent()), RANGE);
        rsaKey = RsaKeyGenerator.generate(
                parms.keyBits(),
                parms.exponent(),
                random,
                generation.primes(),
                generation.helpers(),
                generation.cancellation());
        check(rsaKey.isPresent(), CANCELED);
        generation.test(rsaKey.get());
        key = new PublicKeyArea.Rsa(parms, Bytes.wrap(rsaKey.get().modulus()));
        sensitive = Secret.take(rsaKey.get().prime());
    }

    private void createEcc(RandomSource random) {
        EccPrivateKey pair =
                EccPrivateKey.generate(Ecc.curve(template.ecc().parms().curve()), random);
        if (template.attributes().sign()) {
            generation.test(pair);
        }
        key = new PublicKeyArea.Ecc(template.ecc().parms(), Ecc.structure(pair.publicPoint()));
        sensitive = Secret.take(pair.octets());
    }

    private void createSymCipher(RandomSource random) {
        TpmtSymDefObject symDef = template.symCipher().parms().sym();
        key = template.key();
        if (isDataGiven()) {
            KeyChecks.checkSymmetricKey(symDef, given.data(), 0);
            sensitive = given.data().copy();
        } else if (symDef.algorithm() == AlgId.TDES) {
            sensitive = Secret.take(TdesKey.generate(symDef.keyBytes(), random));
        } else {
            sensitive = Secret.take(random.generate(symDef.keyBytes()));
        }
    }

    private void createKeyedHash(RandomSource random) {
        TpmtKeyedHashScheme scheme = template.keyedHash().parms().scheme();
        HashAlg hash = scheme.isNull() ? template.nameAlg() : scheme.hash();
        Digest digest = hash.digest();
        key = template.key();
        if (isDataGiven()) {
            boolean isKey =
                    template.attributes().decrypt() || template.attributes().sign();
            check(!isKey || given.data().size() <= digest.blockSize(), SIZE);
            sensitive = given.data().copy();
        } else {
            sensitive = Secret.take(random.generate(digest.size()));
        }
    }

    /** Data that comes with sensitiveDataOrigin, as TPM2_CreatePrimary allows, is no key: it goes into the seed only. */
    private boolean isDataGiven() {
        return !template.attributes().sensitiveDataOrigin() && !given.data().isEmpty();
    }

    private ObjectParts complete(RandomSource random) {
        Secret seed = Secret.take(random.generate(template.nameAlg().digestSize()));
        boolean isAsymmetric = template.type().isAsymmetric();
        if (isAsymmetric
                && (template.attributes().sign() || !template.attributes().restricted())) {
            seed.close();
            seed = Secret.empty();
        }
        TpmtSensitive area = new TpmtSensitive(template.type(), given.userAuth().copy(), seed, sensitive);
        if (!isAsymmetric) {
            Bytes unique = SymmetricUnique.of(template, area);
            key = PublicKeyArea.symmetric(key.parms(), unique);
        }
        TpmtPublic publicArea = template.withKey(key);
        return new ObjectParts(publicArea, Optional.of(area), rsaKey, ObjectName.of(publicArea));
    }
}
