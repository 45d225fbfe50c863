package org.jswtpm.engine.tpm2.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPMS_ATTEST: what the TPM signs of its own (Part 2, 10.12.12). It begins with TPM_GENERATED_VALUE, so that nobody can have the
 * same octets signed as if they were the TPM's.
 *
 * @param qualifiedSigner the Qualified Name of the key; the handle TPM_RH_NULL without one
 * @param extraData what the caller adds; at most 66 octets
 * @param clockInfo Clock and the counts of starts, which may be obfuscated
 * @param firmwareVersion likewise
 * @param attested what is attested
 */
public record TpmsAttest(
        Bytes qualifiedSigner, Bytes extraData, ClockInfo clockInfo, long firmwareVersion, TpmuAttest attested) {
    /** TPM_GENERATED_VALUE: 0xFF, "TCG". */
    public static final int GENERATED = 0xFF54_4347;

    public void marshal(WireWriter out) {
        out.uint32(GENERATED);
        attested.type().marshal(out);
        out.sized2(qualifiedSigner).sized2(extraData);
        clockInfo.marshal(out);
        out.uint64(firmwareVersion);
        attested.marshal(out);
    }

    /** The octets of the structure. */
    public Bytes toBytes() {
        WireWriter out = new WireWriter();
        marshal(out);
        return out.toBytes();
    }
}
