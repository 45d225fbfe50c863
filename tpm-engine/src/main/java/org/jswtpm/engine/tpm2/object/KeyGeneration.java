package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.FAILURE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NO_RESULT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import java.util.Optional;
import org.jswtpm.engine.crypto.Cancellation;
import org.jswtpm.engine.crypto.EccPrivateKey;
import org.jswtpm.engine.crypto.Ecdsa;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.PrimePool;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaPrivateKey;

/**
 * How keys are generated.
 *
 * @param cancellation asked during the search for primes
 * @param pairwiseTest what a new key is tried out with, where the profile demands a pairwise consistency test
 * @param helpers who search for primes, too
 * @param primes that are taken first
 */
public record KeyGeneration(
        Cancellation cancellation, Optional<RandomSource> pairwiseTest, Helpers helpers, PrimePool primes) {
    private static final int DIGEST = 32;

    /** For keys whose primes are all searched for, as those that follow from a seed. */
    public KeyGeneration(Cancellation cancellation, Optional<RandomSource> pairwiseTest, Helpers helpers) {
        this(cancellation, pairwiseTest, helpers, new PrimePool());
    }

    /** The same for keys that no seed determines: their primes may have been found ahead. */
    public KeyGeneration with(PrimePool found) {
        return new KeyGeneration(cancellation, pairwiseTest, helpers, found);
    }

    /** Tries an RSA key: what is encrypted is decrypted again. Ends the command by FAILURE if it is not. */
    void test(RsaPrivateKey key) {
        if (pairwiseTest.isPresent()) {
            byte[] message = pairwiseTest.get().generate(key.publicKey().size());
            message[0] = 0;
            Optional<byte[]> decrypted = key.publicKey().apply(message).flatMap(key::apply);
            check(decrypted.isPresent() && Arrays.equals(decrypted.get(), message), FAILURE);
        }
    }

    /** Tries an ECC key that signs: its signature is genuine. Ends the command by NO_RESULT if it is not. */
    void test(EccPrivateKey key) {
        if (pairwiseTest.isPresent()) {
            RandomSource random = pairwiseTest.get();
            byte[] digest = random.generate(DIGEST);
            check(Ecdsa.verify(key.publicPoint(), digest, Ecdsa.sign(key, digest, random)), NO_RESULT);
        }
    }
}
