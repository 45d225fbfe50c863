package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Entropy;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One saved state from which many TPMs go on, as a snapshot that is restored again and again. */
class ClonesTest {
    private static final int CLONES = 5;
    private static final int MANY = 100;
    private static final String PROFILE = "{\"Name\":\"default-v1\"}";
    private static final String ECDSA = "0018 000b";
    private static final Entropy FROZEN = target -> Arrays.fill(target, (byte) 0x5a);
    private static final Entropy NONE = target -> {
        throw new IllegalStateException("the test wants a host without entropy");
    };

    /** What the hosts of all clones share, so that each gets other entropy. */
    private final Entropy entropy = new Random(4)::nextBytes;

    /** The ways on which a TPM comes from a saved state; those of a restart lose what was loaded. */
    private enum Way {
        RESUME_FROM_THE_HOST,
        RESUME_FROM_GIVEN_STATES,
        RESUME_BESIDE_THE_PERMANENT_STATE_OF_THE_HOST,
        RESTART,
        RESTART_AFTER_AN_ORDERLY_SHUTDOWN,
        RESTART_FROM_A_GIVEN_STATE;

        boolean isRestart() {
            return ordinal() >= RESTART.ordinal();
        }

        TpmClient go(SavedTpm saved, TestHost host) throws StateException {
            boolean isGiven = this == RESUME_FROM_GIVEN_STATES || this == RESTART_FROM_A_GIVEN_STATE;
            if (!isGiven) {
                host.put(StateKind.PERMANENT, saved.permanentState());
            }
            if (this == RESUME_FROM_THE_HOST) {
                host.put(StateKind.VOLATILE, saved.volatileState());
            }
            Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host);
            if (isGiven) {
                tpm.setState(StateKind.PERMANENT, saved.permanentState());
            }
            if (this == RESUME_FROM_GIVEN_STATES || this == RESUME_BESIDE_THE_PERMANENT_STATE_OF_THE_HOST) {
                tpm.setState(StateKind.VOLATILE, saved.volatileState());
            }
            tpm.powerOn();
            TpmClient client = client(tpm);
            if (isRestart()) {
                String type = this == RESTART_AFTER_AN_ORDERLY_SHUTDOWN ? "0001" : "0000";
                client.send(TestCommand.of(CommandCode.STARTUP).parameters(type))
                        .isSuccess();
            }
            return client;
        }
    }

    private static TpmClient client(Tpm tpm) {
        return new TpmClient() {
            @Override
            public byte[] exchange(byte[] command) {
                return tpm.execute(command, 0);
            }
        };
    }

    private static Bytes digest(int number) {
        return Bytes.wrap(Hasher.digest(Digest.SHA256, new byte[] {(byte) number}));
    }

    private static Bytes random(TpmClient tpm) {
        return tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0020"))
                .parameters();
    }

    private static Handle signingKey(TpmClient tpm) {
        return tpm.send(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_SIGN))
                .handle();
    }

    /** r of an ECDSA signature. */
    private static Bytes signed(TpmClient tpm, Handle key, int digest) {
        WireReader in = tpm.send(sign(key, digest(digest), ECDSA)).read();
        in.skip(4);
        return in.sized2(32);
    }

    private static SavedTpm saved(Draw draw) {
        Tpm2Fixture source = Tpm2Fixture.startedWith(PROFILE);
        draw.prepare(source);
        return SavedTpm.of(source);
    }

    @ParameterizedTest
    @EnumSource(names = "KEPT_.*", mode = EnumSource.Mode.MATCH_NONE)
    void drawOtherOctetsEach(Draw draw) {
        SavedTpm saved = saved(draw);
        Set<Bytes> drawn = new HashSet<>();
        for (int clone = 0; clone < CLONES; clone++) {
            drawn.add(draw.in(saved.resumeOn(new TestHost(entropy))));
        }
        assertEquals(CLONES, drawn.size());
    }

    @ParameterizedTest
    @EnumSource(names = "KEPT_.*", mode = EnumSource.Mode.MATCH_ANY)
    void keepWhatFollowsFromTheState(Draw draw) {
        SavedTpm saved = saved(draw);
        Set<Bytes> drawn = new HashSet<>();
        for (int clone = 0; clone < CLONES; clone++) {
            drawn.add(draw.in(saved.resumeOn(new TestHost(entropy))));
        }
        assertEquals(1, drawn.size());
    }

    @ParameterizedTest
    @EnumSource
    void areUnlikeOnEveryWay(Way way) throws StateException {
        Tpm2Fixture source = Tpm2Fixture.started();
        Handle loaded = signingKey(source);
        if (way == Way.RESTART_AFTER_AN_ORDERLY_SHUTDOWN) {
            source.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0001")).isSuccess();
        }
        SavedTpm saved = SavedTpm.of(source);
        Set<Bytes> drawn = new HashSet<>();
        for (int clone = 0; clone < CLONES; clone++) {
            TpmClient tpm = way.go(saved, new TestHost(entropy));
            drawn.add(signed(tpm, way.isRestart() ? signingKey(tpm) : loaded, clone));
            drawn.add(random(tpm));
        }
        assertEquals(2 * CLONES, drawn.size());
    }

    @Test
    void neverSignTwiceWithOneNonce() {
        Tpm2Fixture source = Tpm2Fixture.started();
        Handle key = signingKey(source);
        SavedTpm saved = SavedTpm.of(source);
        Set<Bytes> nonces = new HashSet<>();
        nonces.add(signed(source, key, 0));
        for (int clone = 0; clone < MANY; clone++) {
            nonces.add(signed(saved.resumeOn(new TestHost(entropy)), key, clone / 2));
        }
        assertEquals(MANY + 1, nonces.size());
    }

    /** A state that was fetched before anything was drawn from it is that of before. */
    @Test
    void ofClonesAreUnlikeToo() {
        SavedTpm saved = SavedTpm.of(Tpm2Fixture.started());
        Set<Bytes> drawn = new HashSet<>();
        for (int clone = 0; clone < CLONES; clone++) {
            saved = SavedTpm.of(saved.resumeOn(new TestHost(entropy)));
            drawn.add(random(saved.resumeOn(new TestHost(entropy))));
        }
        assertEquals(CLONES, drawn.size());
    }

    /** Primes that were found ahead stay with the TPM that found them. */
    @Test
    void makeRsaKeysThatShareNoPrime() {
        Tpm2Fixture source = Tpm2Fixture.started();
        Handle parent = source.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        List<BigInteger> moduli = new ArrayList<>();
        moduli.add(newModulus(source, parent));
        boolean more = true;
        while (more) {
            more = source.tpm().findPrime();
        }
        SavedTpm saved = SavedTpm.of(source);
        for (int clone = 0; clone < CLONES; clone++) {
            Tpm2Fixture tpm = saved.resumeOn(new TestHost(entropy));
            assertFalse(tpm.tpm().findPrime());
            moduli.add(newModulus(tpm, parent));
        }
        moduli.add(newModulus(source, parent));
        for (BigInteger modulus : moduli) {
            assertEquals(
                    1,
                    moduli.stream()
                            .filter(other -> !other.gcd(modulus).equals(BigInteger.ONE))
                            .count());
        }
    }

    private static BigInteger newModulus(TpmClient tpm, Handle parent) {
        String template = "0001 000b 00020472 0000 0010 0010 0400 00000000 0000";
        Bytes area = ObjectRequests.Created.of(tpm.send(ObjectRequests.create(parent, template, "", "")))
                .publicArea();
        return new BigInteger(1, area.slice(area.size() - 128, 128).toArray());
    }

    @Test
    void onHostsWithoutAnyEntropyStillSignDifferentDigestsWithDifferentNonces() {
        Tpm2Fixture source = Tpm2Fixture.started();
        Handle key = signingKey(source);
        SavedTpm saved = SavedTpm.of(source);
        Set<Bytes> generators = new HashSet<>();
        Set<Bytes> nonces = new HashSet<>();
        for (int clone = 0; clone < MANY; clone++) {
            Tpm2Fixture tpm = saved.resumeOn(new TestHost(FROZEN));
            nonces.add(signed(tpm, key, clone));
            generators.add(random(tpm));
        }
        assertEquals(1, generators.size(), "the generator is frozen");
        assertEquals(MANY, nonces.size());
    }

    @Test
    void onHostsWithoutAnyEntropyStillSignWithDifferentNoncesForDifferentKeys() {
        Tpm2Fixture source = Tpm2Fixture.started();
        Handle[] keys = {
            signingKey(source),
            source.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN)).handle(),
            source.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN)).handle()
        };
        SavedTpm saved = SavedTpm.of(source);
        Set<Bytes> nonces = new HashSet<>();
        for (Handle key : keys) {
            nonces.add(signed(saved.resumeOn(new TestHost(FROZEN)), key, 1));
        }
        assertEquals(keys.length, nonces.size());
    }

    @Test
    void doNotStartWithoutEntropy() throws StateException {
        SavedTpm saved = SavedTpm.of(Tpm2Fixture.started());
        TestHost host = new TestHost(NONE);
        host.put(StateKind.PERMANENT, saved.permanentState());
        Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host);
        assertThrows(IllegalStateException.class, tpm::powerOn);
        assertFalse(tpm.isOn());
        host.put(StateKind.VOLATILE, saved.volatileState());
        assertThrows(IllegalStateException.class, tpm::powerOn);
        assertFalse(tpm.isOn());
        assertThrows(IllegalStateException.class, () -> tpm.setState(StateKind.PERMANENT, saved.permanentState()));
        assertEquals(0, host.commits());
    }
}
