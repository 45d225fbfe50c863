package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_SEALED_DATA (Part 2, 9.3): the part of sealed data that is encrypted.
 *
 * @param payload TPM_PAYLOAD_TYPE
 * @param authData authorizes unsealing
 * @param tpmProof of the TPM that sealed
 * @param storedDigest of the part that is not encrypted
 * @param data what was sealed
 */
public record SealedData(int payload, Secret authData, Secret tpmProof, Bytes storedDigest, Secret data)
        implements AutoCloseable {
    /** TPM_PT_SEAL. */
    public static final int SEAL = 5;

    public static SealedData unmarshal(WireReader in) {
        return new SealedData(
                in.uint8(),
                in.secret(TpmLimits.AUTHDATA_SIZE),
                in.secret(TpmLimits.AUTHDATA_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE),
                in.secret4(TpmLimits.ALLOC_MAX));
    }

    public void marshal(WireWriter out) {
        out.uint8(payload).secret(authData).secret(tpmProof).bytes(storedDigest).secret4(data);
    }

    /** Wipes the secrets. */
    @Override
    public void close() {
        authData.close();
        tpmProof.close();
        data.close();
    }
}
