package org.jswtpm.engine.tpm2.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.junit.jupiter.api.Test;

/**
 * A state whose persistent keys are none: points off their curve, scalars that are out of range, primes that are none. Such a state
 * is accepted, unless a size is wrong, and each command that uses the key answers a response code.
 */
class DamagedKeysTest {
    private static final int OWNER = 0x4000_0001;
    private static final int NULL = 0x4000_0007;
    private static final int KEY = 0x8100_0001;

    private static final String ECC_SCHEME_FREE = "0023 000b 00060472 0000 0010 0010 0003 0010 0000 0000";
    private static final String ECC_STORAGE = "0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000";
    private static final String ECC_COMMITTING = "0023 000b 00040472 0000 0010 001a 000b 0000 0003 0010 0000 0000";
    private static final String RSA_SCHEME_FREE = "0001 000b 00060472 0000 0010 0010 0400 00000000 0000";
    private static final String RSA_STORAGE = "0001 000b 00030472 0000 0006 0080 0043 0010 0400 00000000 0000";

    private static final int ECC_SIZE = 32;
    private static final int PRIME_SIZE = 64;
    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger MAX = BigInteger.TWO.pow(8 * ECC_SIZE).subtract(BigInteger.ONE);

    private static final String DIGEST = "0020" + "5a".repeat(32);
    private static final String HASH_TICKET = "8024 40000007 0000";

    /** A state with one persistent key, and where its parts are. */
    private record Subject(byte[] state, byte[] publicArea) {
        static Subject of(String template) {
            Tpm2Fixture tpm = Tpm2Fixture.started();
            String area = template.replace(" ", "");
            byte[] created = tpm.exchange(Call.authorized(
                    0x131, 1, "0004 0000 0000 %04x".formatted(area.length() / 2) + area + "0000 00000000", OWNER));
            assertEquals(0, ByteBuffer.wrap(created).getInt(6), template);
            tpm.exchange(Call.authorized(0x120, 1, "%08x".formatted(KEY), OWNER, 0x8000_0000));
            byte[] read = tpm.exchange(Call.plain(0x173, "", KEY));
            assertEquals(0, ByteBuffer.wrap(read).getInt(6), "persistent");
            byte[] publicArea =
                    Arrays.copyOfRange(read, 12, 12 + ByteBuffer.wrap(read).getShort(10));
            return new Subject(tpm.host().load(StateKind.PERMANENT).orElseThrow(), publicArea);
        }

        /** Behind the public area. */
        int sensitive() {
            String all = HexFormat.of().formatHex(state);
            int found = all.indexOf(HexFormat.of().formatHex(publicArea));
            assertTrue(found >= 0 && found % 2 == 0, "the public area");
            return found / 2 + publicArea.length;
        }

        /** The prime or the scalar: behind type, auth value and seed. */
        int secret() {
            ByteBuffer in = ByteBuffer.wrap(state);
            int at = sensitive() + 2;
            at += 2 + in.getShort(at);
            at += 2 + in.getShort(at);
            return at + 2;
        }

        BigInteger number(int at, int size) {
            return new BigInteger(1, Arrays.copyOfRange(state, at, at + size));
        }

        byte[] with(int at, int size, BigInteger value) {
            byte[] octets = value.toByteArray();
            byte[] changed = state.clone();
            Arrays.fill(changed, at, at + size, (byte) 0);
            int count = Math.min(octets.length, size);
            System.arraycopy(octets, octets.length - count, changed, at + size - count, count);
            return changed;
        }
    }

    /** Commands with schemes that {@link ObjectCalls} leaves out. */
    private static List<byte[]> more() {
        List<byte[]> calls = new ArrayList<>();
        for (String scheme : new String[] {"0016 000b", "001c 000b", "001b 0012", "001a 000b 0001", "001a 000b 0000"}) {
            calls.add(Call.authorized(0x15D, 1, DIGEST + scheme + HASH_TICKET, KEY));
        }
        for (String scheme : new String[] {"0010", "0015", "0017 000b", "0017 0004"}) {
            calls.add(Call.plain(0x174, "0003 616263" + scheme + "0000", KEY));
            calls.add(Call.authorized(0x159, 1, "0080" + "05".repeat(128) + scheme + "0000", KEY));
        }
        calls.add(Call.plain(0x177, DIGEST + "0014 000b 0080" + "05".repeat(128), KEY));
        calls.add(Call.plain(0x177, DIGEST + "0016 000b 0080" + "05".repeat(128), KEY));
        calls.add(Call.plain(0x177, DIGEST + "001c 000b" + DIGEST + DIGEST, KEY));
        String tpm2bPoint = "0044 0020 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "0020 4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
        calls.add(Call.authorized(0x18B, 1, tpm2bPoint + "0000 0000", KEY));
        calls.add(Call.authorized(0x18D, 1, tpm2bPoint + tpm2bPoint + "0019 0001", KEY));
        calls.add(Call.authorized(0x152, 1, "0000", NULL, KEY));
        String hmacKey = "0008 000b 00040460 0000 0005 000b 0000";
        calls.add(Call.authorized(0x191, 1, "0004 0000 0000 0010" + hmacKey, KEY));
        calls.add(Call.authorized(
                0x191, 1, "0004 0000 0000 0018 0023 000b 00040460 0000 0010 0018 000b 0003 0010 0000 0000", KEY));
        calls.add(Call.authorized(0x197, 2, "0000 0010 0000", KEY, KEY));
        calls.add(Call.authorized(0x14D, 2, "0000 0010", 0x4000_000B, KEY, 0x0200_0000));
        return calls;
    }

    /** @return whether the state is accepted */
    private static boolean examine(byte[] state, String what) {
        TestHost host = new TestHost();
        host.put(StateKind.PERMANENT, state);
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.powerOn();
            goOn(tpm);
            return true;
        } catch (StateException e) {
            assertEquals(0, host.commits(), what);
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    private static void goOn(Tpm tpm) {
        try {
            Tpm2Oracle.startUp(tpm);
            for (byte[] command : more()) {
                Tpm2Oracle.exchange(tpm, command, 0);
            }
            Tpm2Oracle.examine(tpm);
        } catch (StateException e) {
            throw new IllegalStateException("a state of its own", e);
        }
    }

    private static void accepts(byte[] state, String what) {
        assertTrue(examine(state, what), what);
    }

    private static void pointsOf(String template) {
        Subject subject = Subject.of(template);
        int y = subject.sensitive() - ECC_SIZE;
        int x = y - 2 - ECC_SIZE;
        BigInteger goodX = subject.number(x, ECC_SIZE);
        BigInteger goodY = subject.number(y, ECC_SIZE);
        BigInteger[] values = {
            BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), P, P.add(BigInteger.ONE), MAX
        };
        for (BigInteger value : values) {
            accepts(subject.with(x, ECC_SIZE, value), template + ": x " + value.toString(16));
            accepts(subject.with(y, ECC_SIZE, value), template + ": y " + value.toString(16));
        }
        accepts(subject.with(y, ECC_SIZE, goodY.xor(BigInteger.ONE)), template + ": beside the curve");
        accepts(subject.with(y, ECC_SIZE, P.subtract(goodY)), template + ": the opposite point");
        accepts(subject.with(x, ECC_SIZE, goodX.xor(BigInteger.ONE)), template + ": beside the curve");
        byte[] infinity = subject.with(x, ECC_SIZE, BigInteger.ZERO);
        Arrays.fill(infinity, y, y + ECC_SIZE, (byte) 0);
        accepts(infinity, template + ": (0, 0)");
    }

    private static void scalarsOf(String template) {
        Subject subject = Subject.of(template);
        int at = subject.secret();
        assertEquals(ECC_SIZE, ByteBuffer.wrap(subject.state()).getShort(at - 2), "the scalar");
        BigInteger[] values = {
            BigInteger.ZERO, BigInteger.ONE, N.subtract(BigInteger.ONE), N, N.add(BigInteger.ONE), MAX
        };
        for (BigInteger value : values) {
            accepts(subject.with(at, ECC_SIZE, value), template + ": scalar " + value.toString(16));
        }
    }

    private static void primesOf(String template) {
        Subject subject = Subject.of(template);
        int at = subject.secret();
        assertEquals(PRIME_SIZE, ByteBuffer.wrap(subject.state()).getShort(at - 2), "the prime");
        int modulus = subject.sensitive() - 2 * PRIME_SIZE;
        BigInteger n = subject.number(modulus, 2 * PRIME_SIZE);
        BigInteger p = subject.number(at, PRIME_SIZE);
        assertEquals(BigInteger.ZERO, n.mod(p), "a divisor");
        BigInteger top = BigInteger.TWO.pow(8 * PRIME_SIZE);
        BigInteger[] primes = {
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            BigInteger.valueOf(3),
            p,
            p.subtract(BigInteger.ONE),
            p.add(BigInteger.TWO),
            n.divide(p),
            top.shiftRight(1),
            top.subtract(BigInteger.ONE),
        };
        for (BigInteger prime : primes) {
            BigInteger[] moduli = {
                n, BigInteger.ZERO, prime, prime.multiply(prime), prime.multiply(p), prime.shiftLeft(8 * PRIME_SIZE - 1)
            };
            for (BigInteger product : moduli) {
                byte[] halfway = subject.with(modulus, 2 * PRIME_SIZE, product);
                byte[] state = new Subject(halfway, subject.publicArea()).with(at, PRIME_SIZE, prime);
                String what = template + ": prime " + prime.toString(16) + " of " + product.toString(16);
                boolean isDivisor = prime.signum() != 0 && product.mod(prime).signum() == 0;
                assertEquals(isDivisor, examine(state, what), what);
            }
        }
    }

    @Test
    void pointsThatAreOnNoCurve() {
        for (String template : new String[] {ECC_SCHEME_FREE, ECC_STORAGE, ECC_COMMITTING}) {
            pointsOf(template);
        }
    }

    @Test
    void scalarsThatAreOutOfRange() {
        for (String template : new String[] {ECC_SCHEME_FREE, ECC_STORAGE, ECC_COMMITTING}) {
            scalarsOf(template);
        }
    }

    @Test
    void primesThatAreNone() {
        for (String template : new String[] {RSA_SCHEME_FREE, RSA_STORAGE}) {
            primesOf(template);
        }
    }
}
