package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CERTIFY_INFO (Part 2, 11.1): what TPM 1.1 says of a key, which knows no localities and PCRs up to 15 only.
 *
 * @param key the key
 * @param data the nonce of the caller
 * @param parentPcrStatus whether a key above it is bound to PCRs
 */
public record CertifyInfo(TpmKey key, Bytes data, boolean parentPcrStatus) {
    public void marshal(WireWriter out) {
        out.bytes(TpmKey.VERSION_1_1);
        marshalKey(key, data, parentPcrStatus, out);
        pcrInfo().marshalSized(out);
    }

    /** What stands in the middle of TPM_CERTIFY_INFO and of TPM_CERTIFY_INFO2. */
    static void marshalKey(TpmKey key, Bytes data, boolean parentPcrStatus, WireWriter out) {
        out.uint16(key.keyUsage()).uint32(key.keyFlags().bits()).uint8(key.authDataUsage());
        key.algorithmParms().marshal(out);
        out.octets(Hasher.digest(Digest.SHA1, key.pubKey().toArray())).bytes(data);
        TpmBool.marshal(parentPcrStatus, out);
    }

    /** The binding without what was at the creation. */
    private PcrInfo pcrInfo() {
        if (key.pcrInfo().equals(PcrInfo.NONE)) {
            return PcrInfo.NONE;
        }
        PcrInfoShort atRelease = key.pcrInfo().atRelease();
        return new PcrInfo.Short11(
                atRelease.selection(), atRelease.digestAtRelease(), Bytes.zeros(TpmLimits.DIGEST_SIZE));
    }
}
