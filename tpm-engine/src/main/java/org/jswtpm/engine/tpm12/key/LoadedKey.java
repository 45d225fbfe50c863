package org.jswtpm.engine.tpm12.key;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;

import java.math.BigInteger;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.tpm12.structure.PcrInfoShort;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** A key whose private part the TPM holds in the clear. */
public final class LoadedKey {
    /** The place of a key that there is not. */
    public static final LoadedKey NONE = new LoadedKey(TpmKey.NONE, null);

    private final TpmKey publicPart;
    private final StoreAsymkey privatePart;
    private RsaPrivateKey rsa;

    /** @param privatePart taken over; null if there is none */
    public LoadedKey(TpmKey publicPart, StoreAsymkey privatePart) {
        this.publicPart = publicPart;
        this.privatePart = privatePart;
    }

    /** TPM_KEY or TPM_KEY12, without encData. */
    public TpmKey publicPart() {
        return publicPart;
    }

    /** Whether there is a key at all. */
    public boolean isPresent() {
        return publicPart.isPresent();
    }

    /** Whether there is a private part; what is no key has none. */
    public boolean hasPrivatePart() {
        return privatePart != null;
    }

    /** The private part; lent. TPM_FAIL if there is none. */
    public StoreAsymkey privatePart() {
        TpmResult.check(privatePart != null, FAIL);
        return privatePart;
    }

    /** What authorizes the use; lent. TPM_INVALID_KEYUSAGE if there is no key. */
    public Secret usageAuth() {
        TpmResult.check(isPresent(), INVALID_KEYUSAGE);
        return privatePart().usageAuth();
    }

    /** The digest by which a session knows the key. */
    public Bytes pubDataDigest() {
        return privatePart().pubDataDigest();
    }

    /** What PCRs and localities the use needs. */
    public PcrInfoShort pcrsAtRelease() {
        return publicPart.pcrInfo().atRelease();
    }

    /** Whether the key can be used without authorization (TPM_AUTH_NEVER). */
    public boolean needsNoAuthorization() {
        return publicPart.authDataUsage() == TpmKey.AUTH_NEVER;
    }

    /** The public key for computing. */
    public RsaPublicKey rsaPublicKey() {
        return RsaPublicKey.of(publicPart.pubKey().toArray(), exponent());
    }

    /** The private key for computing; TPM_BAD_KEY_PROPERTY if the parts do not fit together. */
    public RsaPrivateKey rsaPrivateKey() {
        if (rsa == null) {
            byte[] modulus = publicPart.pubKey().toArray();
            rsa = privatePart()
                    .prime()
                    .use(prime -> RsaPrivateKey.load(modulus, exponent(), prime))
                    .orElseThrow(BAD_KEY_PROPERTY::exception);
        }
        return rsa;
    }

    /** The public exponent, 0 for the usual one. libtpms takes up to eight octets; keys of more than four it never makes. */
    private int exponent() {
        Bytes octets = publicPart.algorithmParms().rsa().exponent();
        BigInteger exponent = new BigInteger(1, octets.toArray());
        TpmResult.check(exponent.bitLength() <= Integer.SIZE, BAD_KEY_PROPERTY);
        return exponent.intValue();
    }

    /** Whether the private part belongs to the public part. */
    public boolean isConsistent() {
        return privatePart != null && privatePart.pubDataDigest().equals(publicPart.pubDataDigest());
    }

    /** Wipes the private part. */
    public void wipe() {
        rsa = null;
        if (privatePart != null) {
            privatePart.wipe();
        }
    }
}
