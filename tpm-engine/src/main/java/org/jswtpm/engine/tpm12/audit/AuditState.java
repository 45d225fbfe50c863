package org.jswtpm.engine.tpm12.audit;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Which commands are audited, how often an audit began, and its digest. */
public final class AuditState {
    /** Octets of the bits for the ordinals below 256. */
    public static final int STATUS_SIZE = 32;

    private static final int PHYSICAL_PRESENCE_BIT = 1;
    private static final int RESET_ESTABLISHMENT_BIT = 2;

    private final byte[] status = new byte[STATUS_SIZE];
    private int tscStatus;
    private final MonotonicCounter counter = new MonotonicCounter();
    private Bytes digest = Bytes.zeros(TpmLimits.DIGEST_SIZE);

    public AuditState() {
        setDefaults();
    }

    /** What a TPM audits until its owner wants something else. */
    public void setDefaults() {
        for (Ordinal ordinal : Ordinal.values()) {
            setAudited(ordinal, ordinal.isAuditedByDefault());
        }
    }

    /** Whether a command is audited. */
    public boolean isAudited(Ordinal ordinal) {
        if (ordinal.isConnection()) {
            return (tscStatus & tscBit(ordinal)) != 0;
        }
        return (status[ordinal.code() / 8] >>> ordinal.code() % 8 & 1) != 0;
    }

    /**
     * Sets whether a command is audited; TPM_BAD_PARAMETER if it cannot be.
     *
     * @return whether that changed it
     */
    public boolean setAudited(Ordinal ordinal, boolean isAudited) {
        check(!isAudited || ordinal.isAuditable(), BAD_PARAMETER);
        if (isAudited(ordinal) == isAudited) {
            return false;
        }
        if (ordinal.isConnection()) {
            tscStatus ^= tscBit(ordinal);
        } else {
            status[ordinal.code() / 8] ^= (byte) (1 << ordinal.code() % 8);
        }
        return true;
    }

    private static int tscBit(Ordinal ordinal) {
        return ordinal == Ordinal.TSC_PHYSICAL_PRESENCE ? PHYSICAL_PRESENCE_BIT : RESET_ESTABLISHMENT_BIT;
    }

    /**
     * The audited ordinals, 32 bits each: those from {@code first}, unsigned, and then those of the connection, whatever
     * {@code first} is.
     */
    public Bytes auditedOrdinals(long first) {
        WireWriter out = new WireWriter();
        for (int code = (int) Math.min(first, STATUS_SIZE * 8); code < STATUS_SIZE * 8; code++) {
            if ((status[code / 8] >>> code % 8 & 1) != 0) {
                out.uint32(code);
            }
        }
        if (isAudited(Ordinal.TSC_PHYSICAL_PRESENCE)) {
            out.uint32(Ordinal.TSC_PHYSICAL_PRESENCE.code());
        }
        if (isAudited(Ordinal.TSC_RESET_ESTABLISHMENT_BIT)) {
            out.uint32(Ordinal.TSC_RESET_ESTABLISHMENT_BIT.code());
        }
        return out.toBytes();
    }

    /** TPM_PERMANENT_DATA.auditMonotonicCounter. */
    public MonotonicCounter counter() {
        return counter;
    }

    /** TPM_STCLEAR_DATA.auditDigest; zeros if no audit runs. */
    public Bytes digest() {
        return digest;
    }

    public void setDigest(Bytes value) {
        digest = value;
    }

    /** Ends the audit. */
    public void clearDigest() {
        digest = Bytes.zeros(TpmLimits.DIGEST_SIZE);
    }

    /** Whether no audit runs. */
    public boolean isDigestZero() {
        return digest.equals(Bytes.zeros(TpmLimits.DIGEST_SIZE));
    }

    /** Adds TPM_AUDIT_EVENT_IN (Part 2, 14.2) of a command's parameters. */
    public void extendIn(byte[] inputDigest) {
        extend(StructureTag.AUDIT_EVENT_IN, inputDigest);
    }

    /** Adds TPM_AUDIT_EVENT_OUT (Part 2, 14.3) of a response's parameters. */
    public void extendOut(byte[] outputDigest) {
        extend(StructureTag.AUDIT_EVENT_OUT, outputDigest);
    }

    private void extend(StructureTag tag, byte[] parameters) {
        WireWriter event = new WireWriter();
        tag.marshal(event);
        event.octets(parameters);
        counter.marshal(event);
        digest = Bytes.wrap(Hasher.digest(Digest.SHA1, digest.toArray(), event.toArray()));
    }

    /** The bits of the ordinals below 256. */
    public Bytes status() {
        return Bytes.copyOf(status);
    }

    public void setStatus(Bytes bits) {
        bits.copyTo(status, 0);
    }

    /** The bits of the two ordinals of the connection. */
    public int tscStatus() {
        return tscStatus;
    }

    public void setTscStatus(int bits) {
        tscStatus = bits;
    }
}
