package org.jswtpm.engine.tpm12.daa;

import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_DAA_JOINDATA (Part 2, 22.6): what TPM_DAA_Join alone needs; it has no tag. */
final class DaaJoinData {
    private static final int U0_SIZE = 128;
    private static final int U1_SIZE = 138;

    private Secret u0 = Secret.take(new byte[U0_SIZE]);
    private Secret u1 = Secret.take(new byte[U1_SIZE]);
    private Bytes digestN0 = Bytes.zeros(TpmLimits.DIGEST_SIZE);

    static DaaJoinData unmarshal(WireReader in) {
        DaaJoinData data = new DaaJoinData();
        data.u0 = in.secret(U0_SIZE);
        data.u1 = in.secret(U1_SIZE);
        data.digestN0 = in.bytes(TpmLimits.DIGEST_SIZE);
        return data;
    }

    void marshal(WireWriter out) {
        out.secret(u0).secret(u1).bytes(digestN0);
    }

    /** The TPM's part of v0. */
    DaaNumber u0() {
        return DaaNumber.of(u0);
    }

    /** The TPM's part of v1. */
    DaaNumber u1() {
        return DaaNumber.of(u1);
    }

    /** Makes new secrets. */
    void generate(RandomSource random) {
        u0.close();
        u1.close();
        u0 = Secret.take(random.generate(U0_SIZE));
        u1 = Secret.take(random.generate(U1_SIZE));
    }

    /** The digest of the issuer's first key, by which the TPM knows the issuer. */
    Bytes digestN0() {
        return digestN0;
    }

    void setDigestN0(Bytes digest) {
        digestN0 = digest;
    }

    /** Wipes what is secret. */
    void wipe() {
        u0.close();
        u1.close();
    }
}
