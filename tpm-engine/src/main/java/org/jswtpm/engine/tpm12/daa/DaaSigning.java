package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA0;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/** The stages that only TPM_DAA_Sign has (Part 3, 26.2): the secrets come back, and what is signed comes in. */
public final class DaaSigning {
    private DaaSigning() {}

    /** Stage 0: a session for an issuer; else TPM_DAA_INPUT_DATA0. */
    public static DaaSession begin(DaaInput in) {
        DaaSession session = new DaaSession();
        session.setIssuer(in.issuer());
        session.nextStage();
        return session;
    }

    /** Stage 1: takes what ties the credential to this TPM; the next stage looks whether it is that of the issuer, as in libtpms. */
    public static void takeTpm(DaaSession session, DaaInput in, PermanentData permanent) {
        try (Secret octets = DaaBlob.open(in.data0(), ResourceType.DAA_TPM, permanent)) {
            DaaTpm tpm = octets.use(clear -> DaaTpm.unmarshal(WireReader.over(clear, TpmResult.WIRE_FAULTS)));
            session.setTpmSpecific(tpm);
        } catch (TpmException e) {
            throw DAA_INPUT_DATA0.exception();
        }
        session.sealSign();
    }

    /** Stage 5: gives the commitment to random numbers. */
    public static Bytes commitS1(DaaSession session, DaaInput in) {
        return PublicBase.of(in, session.issuer().digestS1(), session)
                .complete(session.context().random(DaaRandom.R4), session);
    }

    /**
     * Stage 10: what is signed goes into the challenge, which is given.
     *
     * @param selector 0 for the modulus of an identity, 1 for a digest
     * @param signed the modulus or digest
     */
    public static Bytes bind(DaaSession session, int selector, Bytes signed) {
        byte[] digest = Hasher.of(Digest.SHA1)
                .update(session.context().digest().toArray())
                .updateByte(selector)
                .update(signed.toArray())
                .digest();
        session.context().setDigest(Bytes.wrap(digest));
        return session.context().digest();
    }

    /** Stage 13: answers the challenge for v0, the lower part. */
    public static Bytes respondV0(DaaSession session, DaaInput in, PermanentData permanent) {
        return Bytes.wrap(
                response0(session, in, permanent).low(DaaJoining.POWER1).octets());
    }

    /** Stage 14: keeps the higher part of that answer. */
    public static void carryV0(DaaSession session, DaaInput in, PermanentData permanent) {
        session.context().setScratch(response0(session, in, permanent).high(DaaJoining.POWER1));
    }

    private static DaaNumber response0(DaaSession session, DaaInput in, PermanentData permanent) {
        Bytes digest = session.tpmSpecific().digestV0();
        DaaNumber v0 = open(in, ResourceType.DAA_V0, DaaJoining.V0_SIZE, digest, permanent);
        return DaaProof.respond(session, DaaRandom.R2, v0);
    }

    /** Stage 15: answers the challenge for v1. */
    public static Bytes respondV1(DaaSession session, DaaInput in, PermanentData permanent) {
        Bytes digest = session.tpmSpecific().digestV1();
        DaaNumber v1 = open(in, ResourceType.DAA_V1, DaaJoining.V1_SIZE, digest, permanent);
        DaaNumber response = DaaProof.respond(session, DaaRandom.R4, v1)
                .plus(session.context().scratch());
        return Bytes.wrap(response.octets());
    }

    /** The secret in a blob, if it is the one of this credential. */
    private static DaaNumber open(DaaInput in, int resourceType, int size, Bytes digest, PermanentData permanent) {
        try (Secret octets = DaaBlob.open(in.data0(), resourceType, permanent)) {
            DaaNumber number = DaaNumber.of(octets);
            try (Secret padded = Secret.take(number.octets(size))) {
                byte[] actual = padded.use(clear -> Hasher.digest(Digest.SHA1, clear));
                check(Bytes.wrap(actual).equals(digest), DAA_INPUT_DATA0);
            }
            return number;
        }
    }
}
