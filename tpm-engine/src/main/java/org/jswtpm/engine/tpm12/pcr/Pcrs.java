package org.jswtpm.engine.tpm12.pcr;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_LOCALITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONGPCRVAL;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.Locality;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.PcrInfoShort;
import org.jswtpm.engine.tpm12.structure.PcrSelection;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The 24 PCRs of a PC client's TPM, all of SHA-1. */
public final class Pcrs {
    /** The PCR of the D-RTM, which _TPM_Hash_End extends. */
    public static final int DRTM = 17;

    private static final int LAST_DRTM = 22;
    private static final int DEBUG = 16;
    private static final int APPLICATION = 23;
    private static final int SIZE = TpmLimits.DIGEST_SIZE;

    private final byte[] values = new byte[TpmLimits.PCR_COUNT * SIZE];

    public Pcrs() {
        reset();
    }

    /** The values after TPM_Init: zeros, and ones in the PCRs that only a D-RTM can reset. */
    public void reset() {
        Arrays.fill(values, (byte) 0);
        Arrays.fill(values, DRTM * SIZE, (LAST_DRTM + 1) * SIZE, (byte) 0xff);
    }

    /** The value of a PCR; else TPM_BADINDEX. */
    public Bytes read(int pcr) {
        checkIndex(pcr);
        return Bytes.copyOf(values, pcr * SIZE, SIZE);
    }

    /**
     * Extends a PCR on behalf of a command.
     *
     * <p>A zero PCR 17 can be extended at locality 4 only, which libtpms checks although the specification does not.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_BADINDEX, TPM_BAD_LOCALITY
     */
    public Bytes extend(int pcr, Bytes digest, int locality) {
        checkIndex(pcr);
        Locality.check(extendLocalities(pcr), locality);
        TpmResult.check(pcr != DRTM || locality == 4 || !isZero(pcr), BAD_LOCALITY);
        byte[] extended = Hasher.of(Digest.SHA1)
                .update(values, pcr * SIZE, SIZE)
                .update(digest.toArray())
                .digest();
        System.arraycopy(extended, 0, values, pcr * SIZE, SIZE);
        return Bytes.wrap(extended);
    }

    /** _TPM_Hash_Start: zeros the PCRs that only a D-RTM can reset. */
    public void startDrtm() {
        Arrays.fill(values, DRTM * SIZE, (LAST_DRTM + 1) * SIZE, (byte) 0);
    }

    /** _TPM_Hash_End: PCR 17 becomes what a zero PCR is after extending it. */
    public void endDrtm(byte[] digest) {
        byte[] extended = Hasher.digest(Digest.SHA1, new byte[SIZE], digest);
        System.arraycopy(extended, 0, values, DRTM * SIZE, SIZE);
    }

    /** Resets a PCR on behalf of TPM_PCR_Reset. */
    public void reset(int pcr, boolean isTosPresent) {
        boolean isZeroed = isTosPresent || pcr == DEBUG || pcr == APPLICATION;
        Arrays.fill(values, pcr * SIZE, (pcr + 1) * SIZE, (byte) (isZeroed ? 0 : 0xff));
    }

    /** Whether a PCR can be reset at all. */
    public static boolean isResettable(int pcr) {
        return pcr >= DEBUG;
    }

    /** The localities that may reset a PCR (TPM_PCR_ATTRIBUTES.pcrResetLocal). */
    public static int resetLocalities(int pcr) {
        return switch (pcr) {
            case 16, 23 -> Locality.ALL;
            case 17, 18, 19 -> Locality.FOUR;
            case 20 -> Locality.FOUR | Locality.TWO;
            case 21, 22 -> Locality.TWO;
            default -> 0;
        };
    }

    private static int extendLocalities(int pcr) {
        return switch (pcr) {
            case 17, 18 -> Locality.FOUR | Locality.THREE | Locality.TWO;
            case 19 -> Locality.THREE | Locality.TWO;
            case 20 -> Locality.THREE | Locality.TWO | Locality.ONE;
            case 21, 22 -> Locality.TWO;
            default -> Locality.ALL;
        };
    }

    /** TPM_PCR_COMPOSITE (Part 2, 8.2): the selection and the values of the PCRs. */
    public Bytes composite(PcrSelection selection) {
        WireWriter out = new WireWriter();
        selection.marshal(out);
        int mark = out.beginSized4();
        for (int pcr = 0; pcr < TpmLimits.PCR_COUNT; pcr++) {
            if (selection.isSelected(pcr)) {
                out.bytes(read(pcr));
            }
        }
        out.endSized4(mark);
        return out.toBytes();
    }

    /** TPM_COMPOSITE_HASH: the digest of the composite; zeros if no PCR is selected. */
    public Bytes digest(PcrSelection selection) {
        return selection.isUsed()
                ? Bytes.wrap(Hasher.digest(Digest.SHA1, composite(selection).toArray()))
                : Bytes.zeros(SIZE);
    }

    /** {@code info} as it is in something that is made now: with the PCRs and the locality of this moment. */
    public PcrInfo atCreation(PcrInfo info, int locality) {
        if (info instanceof PcrInfo.Short11 old) {
            return new PcrInfo.Short11(old.selection(), old.digestAtRelease(), digest(old.selection()));
        }
        if (info instanceof PcrInfo.Long12 wanted) {
            return new PcrInfo.Long12(
                    1 << locality,
                    wanted.localityAtRelease(),
                    wanted.creationSelection(),
                    wanted.releaseSelection(),
                    digest(wanted.creationSelection()),
                    wanted.digestAtRelease());
        }
        return info;
    }

    /** Ends the command with TPM_WRONGPCRVAL or TPM_BAD_LOCALITY unless {@code info} is fulfilled now. */
    public void check(PcrInfoShort info, int locality) {
        if (info.selection().isUsed()) {
            TpmResult.check(digest(info.selection()).equals(info.digestAtRelease()), WRONGPCRVAL);
        }
        Locality.check(info.localityAtRelease(), locality);
    }

    /** Writes the values; without those that can be reset for TPM_SaveState. */
    public void marshal(WireWriter out, boolean withResettable) {
        for (int pcr = 0; pcr < TpmLimits.PCR_COUNT; pcr++) {
            if (withResettable || !isResettable(pcr)) {
                out.bytes(read(pcr));
            }
        }
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in, boolean withResettable) {
        for (int pcr = 0; pcr < TpmLimits.PCR_COUNT; pcr++) {
            if (withResettable || !isResettable(pcr)) {
                in.bytes(SIZE).copyTo(values, pcr * SIZE);
            }
        }
    }

    private boolean isZero(int pcr) {
        int any = 0;
        for (int i = 0; i < SIZE; i++) {
            any |= values[pcr * SIZE + i];
        }
        return any == 0;
    }

    private static void checkIndex(int pcr) {
        TpmResult.check(pcr >= 0 && pcr < TpmLimits.PCR_COUNT, BADINDEX);
    }
}
