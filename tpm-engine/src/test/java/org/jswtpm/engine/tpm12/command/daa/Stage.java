package org.jswtpm.engine.tpm12.command.daa;

import java.math.BigInteger;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;

/**
 * A stage of TPM_DAA_Join or TPM_DAA_Sign as a host sends it. What the host sends does not depend on the answers, but for the
 * handle.
 */
public record Stage(Ordinal ordinal, int number, Bytes data0, Bytes data1) {
    static final Bytes NE = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    static final Bytes HOST_DIGEST = Bytes.hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3");
    static final Bytes MESSAGE = Bytes.hex("e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3");
    static final int CREDENTIAL = 5;

    /** The request, which the owner authorizes. */
    public Request request(Tpm12Client tpm, int handle) {
        return unauthorized(handle).auth(tpm.oiap(KeptState.OWNER).ending());
    }

    Request unauthorized(int handle) {
        return Request.of(ordinal).handle(handle).u8(number).sized(data0).sized(data1);
    }

    Stage with(Bytes newData0, Bytes newData1) {
        return new Stage(ordinal, number, newData0, newData1);
    }

    private static Bytes u32(int value) {
        return Bytes.hex(String.format("%08x", value));
    }

    /** All of TPM_DAA_Join, at an issuer with two keys. */
    public static List<Stage> join(Issuer issuer, Pubkey endorsementKey) {
        Bytes firstKey = Bytes.wrap(issuer.firstKey.modulus());
        Bytes secondKey = Bytes.wrap(issuer.secondKey.modulus());
        Bytes digestN0 = digest(firstKey);
        Bytes n = Issuer.octets(issuer.n);
        Bytes gamma = Issuer.octets(issuer.gamma);
        Bytes v0 = Issuer.octets(issuer.v.mod(BigInteger.ONE.shiftLeft(Issuer.POWER1)), 128);
        Bytes v1 = Issuer.octets(issuer.v.shiftRight(Issuer.POWER1), 192);
        return List.of(
                join(0, u32(2), Bytes.EMPTY),
                join(1, firstKey, Bytes.EMPTY),
                join(1, secondKey, Issuer.sign(issuer.firstKey, secondKey)),
                join(2, issuer.settings(), Issuer.sign(issuer.secondKey, digestN0.then(issuer.settings()))),
                join(3, u32(CREDENTIAL), Bytes.EMPTY),
                join(4, Issuer.octets(issuer.r0), n),
                join(5, Issuer.octets(issuer.r1), n),
                join(6, Issuer.octets(issuer.s0), n),
                join(7, Issuer.octets(issuer.s1), n),
                join(8, OwnedTpm.encrypt(endorsementKey, NE.toArray()), Bytes.EMPTY),
                join(9, Issuer.octets(issuer.r0), n),
                join(10, Issuer.octets(issuer.r1), n),
                join(11, Issuer.octets(issuer.s0), n),
                join(12, Issuer.octets(issuer.s1), n),
                join(13, gamma, Issuer.octets(issuer.w("issuer"), 256)),
                join(14, gamma, Bytes.EMPTY),
                join(15, gamma, Bytes.EMPTY),
                join(16, HOST_DIGEST, Bytes.EMPTY),
                join(17, Bytes.EMPTY, Bytes.EMPTY),
                join(18, Bytes.EMPTY, Bytes.EMPTY),
                join(19, Bytes.EMPTY, Bytes.EMPTY),
                join(20, Bytes.EMPTY, Bytes.EMPTY),
                join(21, Bytes.EMPTY, Bytes.EMPTY),
                join(22, v0, Bytes.EMPTY),
                join(23, v1, Bytes.EMPTY),
                join(24, Bytes.EMPTY, Bytes.EMPTY));
    }

    /**
     * All of TPM_DAA_Sign.
     *
     * @param blobs what the last three stages of Join have given
     * @param selector in stage 10
     * @param signed in stage 10
     */
    public static List<Stage> sign(Issuer issuer, List<Bytes> blobs, int selector, Bytes signed) {
        Bytes n = Issuer.octets(issuer.n);
        Bytes gamma = Issuer.octets(issuer.gamma);
        return List.of(
                sign(0, issuer.settings(), Bytes.EMPTY),
                sign(1, blobs.get(2), Bytes.EMPTY),
                sign(2, Issuer.octets(issuer.r0), n),
                sign(3, Issuer.octets(issuer.r1), n),
                sign(4, Issuer.octets(issuer.s0), n),
                sign(5, Issuer.octets(issuer.s1), n),
                sign(6, gamma, Issuer.octets(issuer.w("verifier"), 256)),
                sign(7, gamma, Bytes.EMPTY),
                sign(8, gamma, Bytes.EMPTY),
                sign(9, HOST_DIGEST, Bytes.EMPTY),
                sign(10, Bytes.wrap(new byte[] {(byte) selector}), signed),
                sign(11, Bytes.EMPTY, Bytes.EMPTY),
                sign(12, Bytes.EMPTY, Bytes.EMPTY),
                sign(13, blobs.get(0), Bytes.EMPTY),
                sign(14, blobs.get(0), Bytes.EMPTY),
                sign(15, blobs.get(1), Bytes.EMPTY));
    }

    private static Stage join(int number, Bytes data0, Bytes data1) {
        return new Stage(Ordinal.DAA_JOIN, number, data0, data1);
    }

    private static Stage sign(int number, Bytes data0, Bytes data1) {
        return new Stage(Ordinal.DAA_SIGN, number, data0, data1);
    }

    private static Bytes digest(Bytes octets) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, octets.toArray()));
    }
}
