package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_WRONG_W;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * The stages that TPM_DAA_Join and TPM_DAA_Sign have in common (Part 3, 26): the proof that the TPM knows its f, and that its
 * pseudonym is made of it. Each stage of Join is named with that of Sign behind it.
 */
public final class DaaProof {
    /** DAA_power0: where f is cut. */
    static final int POWER0 = 104;

    private static final int W_SIZE = 256;
    private static final int NT_SIZE = 20;
    private static final int BLINDING_SIZE = 8;

    private DaaProof() {}

    /** Stages 9 and 2: begins the commitment to random numbers. */
    public static void commitR0(DaaSession session, DaaInput in, RandomSource random) {
        PublicBase r0 = PublicBase.of(in, session.issuer().digestR0(), session);
        session.context().generateSeed(random);
        r0.begin(session.context().random(DaaRandom.R0), session);
    }

    /** Stages 10 and 3. */
    public static void commitR1(DaaSession session, DaaInput in) {
        PublicBase.of(in, session.issuer().digestR1(), session)
                .multiply(session.context().random(DaaRandom.R1), session);
    }

    /** Stages 11 and 4. */
    public static void commitS0(DaaSession session, DaaInput in) {
        PublicBase.of(in, session.issuer().digestS0(), session)
                .multiply(session.context().random(DaaRandom.R2), session);
    }

    /** Stages 13 and 6: takes the base of the pseudonym, whose order has to be q: else TPM_DAA_WRONG_W. */
    public static void takeW(DaaSession session, DaaInput in) {
        DaaNumber gamma = in.public0(session.issuer().digestGamma());
        DaaNumber w = DaaNumber.of(in.data1(W_SIZE));
        check(w.power(session.issuer().q(), gamma).isOne(), DAA_WRONG_W);
        session.context().setScratch(w);
    }

    /**
     * Stages 14 and 7: gives the pseudonym.
     *
     * <p>The exponent is f and a random multiple of the order of w, so that the time it takes says nothing of f, which is the same
     * in every session: BigInteger does not compute in constant time.
     */
    public static Bytes pseudonym(DaaSession session, DaaInput in, RandomSource random) {
        DaaNumber gamma = in.public0(session.issuer().digestGamma());
        DaaNumber blinding = DaaNumber.of(random.generate(BLINDING_SIZE));
        DaaNumber exponent = session.f().plus(session.issuer().q().times(blinding));
        return Bytes.wrap(session.context().scratch().power(exponent, gamma).octets());
    }

    /** Stages 15 and 8: commits to the pseudonym. */
    public static Bytes commitPseudonym(DaaSession session, DaaInput in) {
        DaaNumber gamma = in.public0(session.issuer().digestGamma());
        DaaContext context = session.context();
        DaaNumber r = context.random(DaaRandom.R0)
                .plus(context.random(DaaRandom.R1).shifted(POWER0))
                .remainder(session.issuer().q());
        DaaNumber commitment = context.scratch().power(r, gamma);
        context.setScratchNull(true);
        return Bytes.wrap(commitment.octets());
    }

    /** Stages 16 and 9: takes the digest of the host's, and gives the random number that makes the challenge of it. */
    public static Bytes challenge(DaaSession session, DaaInput in, RandomSource random) {
        Bytes hostDigest = in.data0(TpmLimits.DIGEST_SIZE);
        byte[] nt = random.generate(NT_SIZE);
        session.context().setDigest(Bytes.wrap(Hasher.digest(Digest.SHA1, hostDigest.toArray(), nt)));
        return Bytes.wrap(nt);
    }

    /** Stages 17 and 11: answers the challenge for the lower part of f. */
    public static Bytes respondF0(DaaSession session) {
        DaaNumber f0 = session.f().low(POWER0);
        return Bytes.wrap(respond(session, DaaRandom.R0, f0).octets());
    }

    /** Stages 18 and 12: answers the challenge for the higher part of f. */
    public static Bytes respondF1(DaaSession session) {
        DaaNumber f1 = session.f().high(POWER0);
        return Bytes.wrap(respond(session, DaaRandom.R1, f1).octets());
    }

    /** The answer to the challenge for a secret. */
    static DaaNumber respond(DaaSession session, DaaRandom random, DaaNumber secret) {
        return session.context().random(random).plus(session.challenge().times(secret));
    }
}
