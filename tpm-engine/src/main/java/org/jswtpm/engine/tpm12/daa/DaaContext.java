package org.jswtpm.engine.tpm12.daa;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_DAA_CONTEXT (Part 2, 22.5): how far a session is, and what one stage leaves for the next. */
final class DaaContext {
    /** DAA_scratch, and with it every number below the issuer's modulus. */
    static final int SCRATCH_SIZE = 256;

    private Bytes digestContext = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    private Bytes digest = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    private Secret contextSeed = Secret.take(new byte[TpmLimits.DIGEST_SIZE]);
    private byte[] scratch = new byte[SCRATCH_SIZE];
    private int stage;
    private boolean scratchNull = true;

    static DaaContext unmarshal(WireReader in) {
        StructureTag.DAA_CONTEXT.unmarshal(in);
        DaaContext context = new DaaContext();
        context.digestContext = in.bytes(TpmLimits.DIGEST_SIZE);
        context.digest = in.bytes(TpmLimits.DIGEST_SIZE);
        context.contextSeed = in.secret(TpmLimits.DIGEST_SIZE);
        context.scratch = in.octets(SCRATCH_SIZE);
        context.stage = in.uint8();
        context.scratchNull = TpmBool.unmarshal(in);
        return context;
    }

    void marshal(WireWriter out) {
        StructureTag.DAA_CONTEXT.marshal(out);
        out.bytes(digestContext)
                .bytes(digest)
                .secret(contextSeed)
                .octets(scratch)
                .uint8(stage);
        TpmBool.marshal(scratchNull, out);
    }

    /** What the session was made of, as a digest. */
    Bytes digestContext() {
        return digestContext;
    }

    void setDigestContext(Bytes value) {
        digestContext = value;
    }

    /** The digest that becomes the challenge. */
    Bytes digest() {
        return digest;
    }

    void setDigest(Bytes value) {
        digest = value;
    }

    /** Makes a new seed for {@link #random}. */
    void generateSeed(RandomSource random) {
        contextSeed.close();
        contextSeed = Secret.take(random.generate(TpmLimits.DIGEST_SIZE));
    }

    /** A random number of this session: the same each time. */
    DaaNumber random(DaaRandom which) {
        byte[] label = which.label();
        byte[] seed = Arrays.copyOf(label, label.length + contextSeed.size());
        contextSeed.copyTo(seed, label.length);
        try (Secret octets = Secret.take(Kdf.mgf1(Digest.SHA1, seed, which.size()))) {
            return DaaNumber.of(octets);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** The number that a stage has left. */
    DaaNumber scratch() {
        return DaaNumber.of(scratch);
    }

    /** The octets of {@link #scratch}. */
    Bytes scratchOctets() {
        return Bytes.copyOf(scratch);
    }

    /** Leaves a number for the next stage; TPM_SIZE if it is too long. */
    void setScratch(DaaNumber number) {
        byte[] octets = number.octets(SCRATCH_SIZE);
        Arrays.fill(scratch, (byte) 0);
        scratch = octets;
    }

    /** Whether nothing has been left; the octets are as they were nevertheless. */
    boolean isScratchNull() {
        return scratchNull;
    }

    void setScratchNull(boolean value) {
        scratchNull = value;
    }

    /** The stage that is next. */
    int stage() {
        return stage;
    }

    void setStage(int value) {
        stage = value;
    }

    /** Wipes what is secret. */
    void wipe() {
        contextSeed.close();
        Arrays.fill(scratch, (byte) 0);
    }
}
