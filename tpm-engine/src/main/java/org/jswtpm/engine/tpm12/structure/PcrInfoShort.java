package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_PCR_INFO_SHORT (Part 2, 8.5).
 *
 * @param selection the PCRs that count
 * @param localityAtRelease the localities that may release
 * @param digestAtRelease the digest of the selected PCRs that releases
 */
public record PcrInfoShort(PcrSelection selection, int localityAtRelease, Bytes digestAtRelease) {
    /** What asks for nothing. */
    public static final PcrInfoShort NONE =
            new PcrInfoShort(PcrSelection.NONE, Locality.ALL, Bytes.zeros(TpmLimits.DIGEST_SIZE));

    /** As it is on the wire. */
    public static PcrInfoShort unmarshal(WireReader in) {
        return unmarshal(in, false);
    }

    /** As libtpms keeps it in newer states: the digest is left out where no PCR is selected. */
    public static PcrInfoShort unmarshalShortened(WireReader in) {
        return unmarshal(in, true);
    }

    private static PcrInfoShort unmarshal(WireReader in, boolean isShortened) {
        PcrSelection selection = PcrSelection.unmarshal(in);
        int locality = Locality.unmarshal(in);
        boolean hasDigest = !isShortened || selection.isUsed();
        return new PcrInfoShort(
                selection, locality, hasDigest ? in.bytes(TpmLimits.DIGEST_SIZE) : Bytes.zeros(TpmLimits.DIGEST_SIZE));
    }

    public void marshal(WireWriter out) {
        selection.marshal(out);
        out.uint8(localityAtRelease).bytes(digestAtRelease);
    }

    /** As {@link #marshal}, without the digest where no PCR is selected. */
    public void marshalShortened(WireWriter out) {
        selection.marshal(out);
        out.uint8(localityAtRelease);
        if (selection.isUsed()) {
            out.bytes(digestAtRelease);
        }
    }
}
