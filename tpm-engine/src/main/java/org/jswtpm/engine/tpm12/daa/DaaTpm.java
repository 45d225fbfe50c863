package org.jswtpm.engine.tpm12.daa;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_DAA_TPM (Part 2, 22.4): what ties a credential to this TPM. The secret f of the TPM follows from it. */
final class DaaTpm {
    private Bytes digestIssuer = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    private Bytes digestV0 = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    private Bytes digestV1 = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    private Secret rekey = Secret.take(new byte[TpmLimits.DIGEST_SIZE]);
    private int count;

    static DaaTpm unmarshal(WireReader in) {
        StructureTag.DAA_TPM.unmarshal(in);
        DaaTpm tpm = new DaaTpm();
        tpm.digestIssuer = in.bytes(TpmLimits.DIGEST_SIZE);
        tpm.digestV0 = in.bytes(TpmLimits.DIGEST_SIZE);
        tpm.digestV1 = in.bytes(TpmLimits.DIGEST_SIZE);
        tpm.rekey = in.secret(TpmLimits.DIGEST_SIZE);
        tpm.count = in.uint32();
        return tpm;
    }

    void marshal(WireWriter out) {
        StructureTag.DAA_TPM.marshal(out);
        out.bytes(digestIssuer).bytes(digestV0).bytes(digestV1).secret(rekey).uint32(count);
    }

    /** The digest of TPM_DAA_ISSUER. */
    Bytes digestIssuer() {
        return digestIssuer;
    }

    void setDigestIssuer(Bytes digest) {
        digestIssuer = digest;
    }

    /** The digest of the secret v0. */
    Bytes digestV0() {
        return digestV0;
    }

    void setDigestV0(Bytes digest) {
        digestV0 = digest;
    }

    /** The digest of the secret v1. */
    Bytes digestV1() {
        return digestV1;
    }

    void setDigestV1(Bytes digest) {
        digestV1 = digest;
    }

    void setRekey(Secret value) {
        rekey.close();
        rekey = value;
    }

    /** How many keys of the issuer are still to come, later the number of the credential. */
    int count() {
        return count;
    }

    void setCount(int value) {
        count = value;
    }

    /** The secret f of this TPM at an issuer whose pseudonyms have the order {@code q}; TPM_DAA_WRONG_W if that is 0. */
    DaaNumber f(DaaNumber q) {
        try (Secret both = rekey.use(this::digests)) {
            return DaaNumber.of(both).remainder(q);
        }
    }

    private Secret digests(byte[] rekeyOctets) {
        byte[] both = new byte[2 * TpmLimits.DIGEST_SIZE];
        for (int i = 0; i < 2; i++) {
            byte[] digest = Hasher.of(Digest.SHA1)
                    .update(rekeyOctets)
                    .updateUint32(count)
                    .updateByte(i)
                    .digest();
            System.arraycopy(digest, 0, both, i * TpmLimits.DIGEST_SIZE, TpmLimits.DIGEST_SIZE);
        }
        return Secret.take(both);
    }

    /** Wipes what is secret. */
    void wipe() {
        rekey.close();
    }
}
