package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA0;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_ISSUER_VALIDITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** The stages that only TPM_DAA_Join has (Part 3, 26.1): the issuer's keys, the TPM's secrets, and the credential. */
public final class DaaJoining {
    /** DAA_power1: where u and v are cut. */
    static final int POWER1 = 1024;
    /** Octets of v0, and of the issuer's part of it. */
    static final int V0_SIZE = POWER1 / Byte.SIZE;
    /** Octets of v1, and of the issuer's part of it. */
    static final int V1_SIZE = 192;

    private static final int ISSUER_MODULUS_SIZE = 256;
    private static final int NE_SIZE = 256;

    private DaaJoining() {}

    /** Stage 0: a session for an issuer with so many keys, at least one: else TPM_DAA_INPUT_DATA0. */
    public static DaaSession begin(DaaInput in) {
        int count = in.count();
        check(count != 0, DAA_INPUT_DATA0);
        DaaSession session = new DaaSession();
        session.tpmSpecific().setCount(count);
        session.sealJoin();
        session.nextStage();
        return session;
    }

    /**
     * Stage 1, as often as stage 0 has said: takes a key of the issuer, which the one before has signed. The first one determines
     * the secret f.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_DAA_INPUT_DATA0, TPM_DAA_INPUT_DATA1, TPM_DAA_ISSUER_VALIDITY
     */
    public static void takeIssuerKey(DaaSession session, DaaInput in, PermanentData permanent) {
        Bytes key = in.data0(ISSUER_MODULUS_SIZE);
        DaaContext context = session.context();
        byte[] digest = Hasher.digest(Digest.SHA1, key.toArray());
        if (context.isScratchNull()) {
            context.setScratchNull(false);
            session.joinData().setDigestN0(Bytes.wrap(digest));
            session.tpmSpecific()
                    .setRekey(
                            permanent.tpmDaaSeed().use(seed -> Secret.take(Hasher.digest(Digest.SHA1, seed, digest))));
        } else {
            checkSignature(session, Bytes.wrap(digest), in.data1(ISSUER_MODULUS_SIZE));
        }
        context.setScratch(DaaNumber.of(key));
        session.tpmSpecific().setCount(session.tpmSpecific().count() - 1);
        if (session.tpmSpecific().count() == 0) {
            session.nextStage();
        }
        session.sealJoin();
    }

    /**
     * Stage 2: takes the parameters of the issuer, signed with its last key.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_DAA_INPUT_DATA0, TPM_DAA_INPUT_DATA1, TPM_DAA_ISSUER_VALIDITY
     */
    public static void takeIssuer(DaaSession session, DaaInput in) {
        DaaIssuer issuer = in.issuer();
        Bytes signature = in.data1(ISSUER_MODULUS_SIZE);
        checkSignature(session, issuer.digestBehind(session.joinData().digestN0()), signature);
        session.setIssuer(issuer);
        session.tpmSpecific().setDigestIssuer(issuer.digest());
        session.sealJoin();
        session.context().setScratchNull(true);
    }

    private static void checkSignature(DaaSession session, Bytes digest, Bytes signature) {
        RsaPublicKey key = RsaPublicKey.of(session.context().scratchOctets().toArray(), RsaPublicKey.DEFAULT_EXPONENT);
        boolean isSigned = RsaSignature.verifyPkcs1(key, Digest.SHA1, digest.toArray(), signature.toArray());
        check(isSigned, DAA_ISSUER_VALIDITY);
    }

    /** Stage 3: takes the number of the credential, and makes the TPM's part of v. */
    public static void generate(DaaSession session, DaaInput in, RandomSource random) {
        session.tpmSpecific().setCount(in.count());
        session.joinData().generate(random);
        session.sealJoin();
    }

    /** Stage 4: begins the commitment to f and u. */
    public static void commitF0(DaaSession session, DaaInput in) {
        PublicBase r0 = PublicBase.of(in, session.issuer().digestR0(), session);
        r0.begin(session.f().low(DaaProof.POWER0), session);
    }

    /** Stage 5. */
    public static void commitF1(DaaSession session, DaaInput in) {
        PublicBase r1 = PublicBase.of(in, session.issuer().digestR1(), session);
        r1.multiply(session.f().high(DaaProof.POWER0), session);
    }

    /** Stage 6. */
    public static void commitU0(DaaSession session, DaaInput in) {
        PublicBase.of(in, session.issuer().digestS0(), session)
                .multiply(session.joinData().u0(), session);
    }

    /** Stage 7: gives the commitment to f and u, on which the issuer makes its credential. */
    public static Bytes commitU1(DaaSession session, DaaInput in) {
        Bytes commitment = PublicBase.of(in, session.issuer().digestS1(), session)
                .complete(session.joinData().u1(), session);
        WireWriter out = new WireWriter();
        out.bytes(commitment)
                .uint32(session.tpmSpecific().count())
                .bytes(session.joinData().digestN0());
        session.context().setDigest(digest(out.toArray()));
        return commitment;
    }

    /** Stage 8: proves, by what was encrypted for the endorsement key, that the commitment comes from this TPM. */
    public static Bytes proveEndorsement(DaaSession session, DaaInput in, PermanentData permanent) {
        byte[] ne = permanent.endorsementKey().decrypt(in.data0(NE_SIZE));
        try {
            byte[] digest = session.context().digest().toArray();
            session.context().setDigest(Bytes.zeros(digest.length));
            return Bytes.wrap(Hasher.digest(Digest.SHA1, digest, ne));
        } finally {
            Arrays.fill(ne, (byte) 0);
        }
    }

    /** Stage 12: gives the commitment to random numbers. */
    public static Bytes commitS1(DaaSession session, DaaInput in) {
        return PublicBase.of(in, session.issuer().digestS1(), session)
                .complete(session.context().random(DaaRandom.R3), session);
    }

    /** Stage 19: answers the challenge for u0, the lower part. */
    public static Bytes respondU0(DaaSession session) {
        return Bytes.wrap(response0(session).low(POWER1).octets(V0_SIZE));
    }

    /** Stage 20: keeps the higher part of that answer, and gives the challenge. */
    public static Bytes carryU0(DaaSession session) {
        session.context().setScratch(response0(session).high(POWER1));
        return session.context().digest();
    }

    private static DaaNumber response0(DaaSession session) {
        return DaaProof.respond(session, DaaRandom.R2, session.joinData().u0());
    }

    /** Stage 21: answers the challenge for u1. */
    public static Bytes respondU1(DaaSession session) {
        DaaNumber response = DaaProof.respond(
                        session, DaaRandom.R3, session.joinData().u1())
                .plus(session.context().scratch());
        session.context().setScratchNull(true);
        return Bytes.wrap(response.octets());
    }

    /** Stage 22: takes the issuer's part of the lower part of v, which it gives encrypted. */
    public static Bytes completeV0(DaaSession session, DaaInput in, PermanentData permanent) {
        DaaNumber v = DaaNumber.of(in.data0(V0_SIZE)).plus(session.joinData().u0());
        DaaNumber v0 = v.low(POWER1);
        session.tpmSpecific().setDigestV0(digest(v0.octets(V0_SIZE)));
        session.context().setScratch(v.high(POWER1));
        session.sealJoin();
        return seal(ResourceType.DAA_V0, v0.octets(), permanent);
    }

    /**
     * Stage 23: takes the issuer's part of the higher part of v, which it gives encrypted. A sum that is too long is
     * TPM_DAA_INPUT_DATA0; libtpms enters failure mode.
     */
    public static Bytes completeV1(DaaSession session, DaaInput in, PermanentData permanent) {
        DaaNumber v1 = DaaNumber.of(in.data0(V1_SIZE))
                .plus(session.joinData().u1())
                .plus(session.context().scratch());
        check(v1.fits(V1_SIZE), DAA_INPUT_DATA0);
        session.tpmSpecific().setDigestV1(digest(v1.octets(V1_SIZE)));
        session.context().setScratchNull(true);
        session.sealJoin();
        return seal(ResourceType.DAA_V1, v1.octets(), permanent);
    }

    /** Stage 24: gives what TPM_DAA_Sign needs beside v, encrypted. */
    public static Bytes complete(DaaSession session, PermanentData permanent) {
        WireWriter out = new WireWriter();
        session.tpmSpecific().marshal(out);
        byte[] octets = out.toArray();
        out.wipe();
        return seal(ResourceType.DAA_TPM, octets, permanent);
    }

    private static Bytes seal(int resourceType, byte[] octets, PermanentData permanent) {
        try (Secret secret = Secret.take(octets)) {
            return DaaBlob.seal(resourceType, secret, permanent);
        }
    }

    private static Bytes digest(byte[] octets) {
        byte[] digest = Hasher.digest(Digest.SHA1, octets);
        Arrays.fill(octets, (byte) 0);
        return Bytes.wrap(digest);
    }
}
