package org.jswtpm.engine.tpm12.structure;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What PCRs a key or sealed data is bound to: nothing, TPM_PCR_INFO or TPM_PCR_INFO_LONG (Part 2, 8.3 and 8.4).
 */
public sealed interface PcrInfo {
    /** No binding: the field has no octets. */
    PcrInfo NONE = new None();

    /** What has to be true when the key is used. */
    PcrInfoShort atRelease();

    void marshal(WireWriter out);

    /** The structure that fills {@code octets}; what stands behind it is ignored. */
    static PcrInfo unmarshal(Bytes octets, boolean isLong) {
        if (octets.isEmpty()) {
            return NONE;
        }
        WireReader in = WireReader.over(octets, TpmResult.WIRE_FAULTS);
        return isLong ? Long12.unmarshal(in) : Short11.unmarshal(in);
    }

    /** Writes the size of the structure in 32 bits, and the structure. */
    default void marshalSized(WireWriter out) {
        int mark = out.beginSized4();
        marshal(out);
        out.endSized4(mark);
    }

    /** Nothing. */
    record None() implements PcrInfo {
        @Override
        public PcrInfoShort atRelease() {
            return PcrInfoShort.NONE;
        }

        @Override
        public void marshal(WireWriter out) {}
    }

    /** TPM_PCR_INFO, of TPM 1.1: it knows no locality. */
    record Short11(PcrSelection selection, Bytes digestAtRelease, Bytes digestAtCreation) implements PcrInfo {
        public static Short11 unmarshal(WireReader in) {
            return new Short11(
                    PcrSelection.unmarshal(in), in.bytes(TpmLimits.DIGEST_SIZE), in.bytes(TpmLimits.DIGEST_SIZE));
        }

        @Override
        public PcrInfoShort atRelease() {
            return new PcrInfoShort(selection, Locality.ALL, digestAtRelease);
        }

        @Override
        public void marshal(WireWriter out) {
            selection.marshal(out);
            out.bytes(digestAtRelease).bytes(digestAtCreation);
        }
    }

    /** TPM_PCR_INFO_LONG, of TPM 1.2. */
    record Long12(
            int localityAtCreation,
            int localityAtRelease,
            PcrSelection creationSelection,
            PcrSelection releaseSelection,
            Bytes digestAtCreation,
            Bytes digestAtRelease)
            implements PcrInfo {
        public static Long12 unmarshal(WireReader in) {
            StructureTag.PCR_INFO_LONG.unmarshal(in);
            return new Long12(
                    Locality.unmarshal(in),
                    Locality.unmarshal(in),
                    PcrSelection.unmarshal(in),
                    PcrSelection.unmarshal(in),
                    in.bytes(TpmLimits.DIGEST_SIZE),
                    in.bytes(TpmLimits.DIGEST_SIZE));
        }

        @Override
        public PcrInfoShort atRelease() {
            return new PcrInfoShort(releaseSelection, localityAtRelease, digestAtRelease);
        }

        @Override
        public void marshal(WireWriter out) {
            StructureTag.PCR_INFO_LONG.marshal(out);
            out.uint8(localityAtCreation).uint8(localityAtRelease);
            creationSelection.marshal(out);
            releaseSelection.marshal(out);
            out.bytes(digestAtCreation).bytes(digestAtRelease);
        }
    }
}
