package org.jswtpm.engine.tpm2;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.create;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createAndLoad;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Primes that are found ahead of RSA keys. */
class FindPrimeTest {
    private static final int CAPACITY = 4;
    private static final String RSA_1024 = "0001 000b 00020472 0000 0010 0010 0400 00000000 0000";
    private static final String EXPONENT_OF_ITS_OWN = RSA_1024.replace("00000000 0000", "00010003 0000");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();
    private Handle parent;

    @BeforeEach
    void createParent() {
        parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
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

    @Test
    void noneIsWantedBeforeAKeyWasMade() {
        tpm.send(createPrimary(Handle.OWNER, RSA_1024)).isSuccess();
        tpm.send(create(parent, EXPONENT_OF_ITS_OWN, "", "")).isSuccess();
        assertFalse(tpm.tpm().findPrime());
    }

    @Test
    void asManyAreWantedAsThePoolHolds() {
        tpm.send(create(parent, RSA_1024, "", "")).isSuccess();
        assertEquals(CAPACITY - 1, findAll(), "the last one says that no more are wanted");
        assertFalse(tpm.tpm().findPrime());
        tpm.send(create(parent, RSA_1024, "", "")).isSuccess();
        assertEquals(1, findAll(), "a key has taken two");
        tpm.send(create(parent, ObjectRequests.RSA_DECRYPT, "", "")).isSuccess();
        assertEquals(CAPACITY - 1, findAll(), "those of another size are forgotten");
    }

    @Test
    void aKeyOfFoundPrimesIsAKey() {
        tpm.send(create(parent, RSA_1024, "", "")).isSuccess();
        findAll();
        Bytes first = useNewKey();
        Bytes second = useNewKey();
        assertNotEquals(first, second);
    }

    /** Encrypts and decrypts; gives the ciphertext of a message without padding. */
    private Bytes useNewKey() {
        Handle key = createAndLoad(tpm, parent, RSA_1024, "", "");
        Bytes text = tpm.send(
                        TestCommand.of(CommandCode.RSA_ENCRYPT).handle(key).parameters("0004 c0ffee00 0010 0000"))
                .read()
                .sized2(128);
        tpm.send(TestCommand.of(CommandCode.RSA_DECRYPT)
                        .handle(key)
                        .password("")
                        .sized(text)
                        .parameters("0010 0000"))
                .hasParameters("0080" + "00".repeat(124) + "c0ffee00");
        tpm.send(flush(key)).isSuccess();
        return text;
    }

    @Test
    void aPrimaryKeyFollowsFromItsSeedAlone() {
        Answer before = tpm.send(createPrimary(Handle.OWNER, RSA_1024));
        tpm.send(flush(before.handle())).isSuccess();
        tpm.send(create(parent, RSA_1024, "", "")).isSuccess();
        findAll();
        Answer after = tpm.send(createPrimary(Handle.OWNER, RSA_1024));
        assertEquals(before.octets(), after.octets());
    }

    @Test
    void lentThreadsChangeNoPrimaryKey() {
        Answer before = tpm.send(createPrimary(Handle.OWNER, RSA_1024));
        tpm.send(flush(before.handle())).isSuccess();
        tpm.host().setLending(true);
        Answer after = tpm.send(createPrimary(Handle.OWNER, RSA_1024));
        assertTrue(tpm.host().lent() > 0);
        assertEquals(before.octets(), after.octets());
    }

    @Test
    void primesAreFoundWithLentThreads() {
        tpm.send(create(parent, RSA_1024, "", "")).isSuccess();
        tpm.host().setLending(true);
        assertEquals(CAPACITY - 1, findAll());
        useNewKey();
    }

    @Test
    void primesAreGoneWithThePower() {
        tpm.send(create(parent, RSA_1024, "", "")).isSuccess();
        assertTrue(tpm.tpm().findPrime());
        tpm.powerOn();
        assertFalse(tpm.tpm().findPrime());
        tpm.tpm().powerOff();
        assertFalse(tpm.tpm().findPrime());
    }
}
