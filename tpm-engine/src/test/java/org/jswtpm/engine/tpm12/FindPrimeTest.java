package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SIGNING_PARMS;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Primes that are found ahead of keys, and threads that are lent for signing. */
class FindPrimeTest {
    private static final Bytes DIGEST = Bytes.wrap(Hasher.digest(Digest.SHA1, new byte[] {1, 2, 3}));
    /** RSA-1024, PKCS1 signatures of SHA-1. */
    private static final String SMALL = SIGNING_PARMS.replace("00000800", "00000400");

    private final TestHost host = new TestHost();
    private final Tpm12Fixture tpm = Tpm12Fixture.poweredOn(host);

    @BeforeEach
    void own() {
        tpm.startup(1);
        tpm.setPresence();
        OwnedTpm.own(tpm);
    }

    private Bytes createKey() {
        return OwnedTpm.createKey(tpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SMALL));
    }

    private int findAll() {
        int found = 0;
        boolean more = tpm.tpm().findPrime();
        while (more) {
            found++;
            more = tpm.tpm().findPrime();
        }
        return found;
    }

    /** Also checks that the key signs. */
    private Bytes modulus(Bytes key) {
        TpmKey publicPart = TpmKey.unmarshal(WireReader.over(key, TpmResult.WIRE_FAULTS));
        int handle = OwnedTpm.loadKey(tpm, key);
        Bytes signature = tpm.send(Request.of(Ordinal.SIGN)
                        .handle(handle)
                        .sized(DIGEST)
                        .auth(tpm.oiap(KEY_AUTH).ending()))
                .isSuccess()
                .parameters()
                .slice(4, 128);
        assertTrue(
                RsaSignature.verifyPkcs1(OwnedTpm.rsa(publicPart), Digest.SHA1, DIGEST.toArray(), signature.toArray()));
        return publicPart.pubKey();
    }

    @Test
    void keysTakeThePrimesThatWereFound() {
        Bytes first = modulus(createKey());
        assertEquals(3, findAll(), "the last one says that no more are wanted");
        assertFalse(tpm.tpm().findPrime());
        Bytes second = modulus(createKey());
        assertEquals(1, findAll(), "a key has taken two");
        assertNotEquals(first, second);
    }

    @Test
    void primesAreGoneWithThePower() {
        createKey();
        assertTrue(tpm.tpm().findPrime());
        tpm.powerOn();
        assertFalse(tpm.tpm().findPrime());
        tpm.tpm().powerOff();
        assertFalse(tpm.tpm().findPrime());
    }

    @Test
    void aThreadIsLentForSigning() {
        Bytes key = createKey();
        host.setLending(true);
        int before = host.lent();
        modulus(key);
        assertTrue(host.lent() > before);
    }
}
