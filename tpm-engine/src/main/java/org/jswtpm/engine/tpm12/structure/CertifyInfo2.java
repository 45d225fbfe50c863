package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_CERTIFY_INFO2 (Part 2, 11.2): what TPM 1.2 says of a key.
 *
 * @param key the key
 * @param payloadType TPM_PAYLOAD_TYPE of its private part
 * @param data the nonce of the caller
 * @param parentPcrStatus whether a key above it is bound to PCRs
 * @param migrationAuthority who may migrate a certified migratable key; empty for others
 */
public record CertifyInfo2(TpmKey key, int payloadType, Bytes data, boolean parentPcrStatus, Bytes migrationAuthority) {
    public void marshal(WireWriter out) {
        StructureTag.CERTIFY_INFO2.marshal(out);
        out.uint8(0).uint8(payloadType);
        CertifyInfo.marshalKey(key, data, parentPcrStatus, out);
        int mark = out.beginSized4();
        if (!key.pcrInfo().equals(PcrInfo.NONE)) {
            key.pcrInfo().atRelease().marshal(out);
        }
        out.endSized4(mark);
        out.sized4(migrationAuthority);
    }
}
