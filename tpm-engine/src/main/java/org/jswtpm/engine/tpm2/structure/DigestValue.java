package org.jswtpm.engine.tpm2.structure;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMT_HA, a digest that names its hash algorithm (Part 2, 10.3.2).
 *
 * @param hash the algorithm, not TPM_ALG_NULL
 * @param digest as many octets as the algorithm gives
 */
public record DigestValue(HashAlg hash, Bytes digest) {
    /** Reads a TPML_DIGEST_VALUES (Part 2, 10.9.6); TPM_RC_SIZE where it is longer than there are hash algorithms. */
    public static List<DigestValue> unmarshalList(WireReader in, AlgorithmSet algorithms) {
        long count = in.unsigned32();
        TpmRc.check(count <= PcrSelection.MAX_COUNT, TpmRc.SIZE);
        List<DigestValue> list = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            HashAlg hash = HashAlg.unmarshal(in, algorithms);
            list.add(new DigestValue(hash, in.bytes(hash.digestSize())));
        }
        return list;
    }

    /** Writes a TPML_DIGEST_VALUES. */
    public static void marshalList(List<DigestValue> list, WireWriter out) {
        out.uint32(list.size());
        for (int i = 0; i < list.size(); i++) {
            list.get(i).hash.marshal(out);
            out.bytes(list.get(i).digest);
        }
    }
}
