package org.jswtpm.engine.tpm2.audit;

import java.util.BitSet;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.nv.NvChanges;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.StartupType;

/** The audit of commands (Part 1, 32.2): which commands, by their codes, and the digest over their uses. */
public final class CommandAudit {
    private static final byte[] NONE = new byte[0];
    /** The hash algorithm of a new TPM: that of context integrity, as in libtpms. */
    private static final HashAlg FIRST_HASH = HashAlg.SHA512;

    private final NvChanges changes;
    private final BitSet audited = new BitSet();
    private HashAlg hash = FIRST_HASH;
    private long counter;
    private byte[] digest = NONE;
    private boolean hashChanged;

    public CommandAudit(NvChanges changes) {
        this.changes = changes;
    }

    /** The values of a new TPM, where only the command of {@code code}, TPM2_SetCommandCodeAuditStatus, is audited. */
    public void manufacture(int code) {
        audited.clear();
        audited.set(code);
        hash = FIRST_HASH;
        counter = 0;
        changes.nvChanged();
    }

    /** TPM2_Clear: the count of audit digests starts over. */
    public void resetCounter() {
        counter = 0;
        changes.nvChanged();
    }

    /** Sets what was kept in NV: the codes of the audited commands, the hash algorithm and the counter. */
    public void restore(BitSet codes, HashAlg savedHash, long savedCounter) {
        audited.clear();
        audited.or(codes);
        hash = savedHash;
        counter = savedCounter;
    }

    /** Sets the digest that TPM2_Shutdown(STATE) saved. */
    public void restoreDigest(byte[] savedDigest) {
        digest = savedDigest.clone();
    }

    /** TPM2_Startup: a TPM Reset begins a new digest. */
    public void startup(StartupType type) {
        if (type == StartupType.RESET) {
            digest = NONE;
        }
    }

    /** Whether the command of {@code code} is audited. */
    public boolean isAudited(int code) {
        return audited.get(code);
    }

    /** Starts or ends the audit of the command of {@code code}, to be committed if that is a change. */
    public void setAudited(int code, boolean isAudited) {
        if (audited.get(code) != isAudited) {
            audited.set(code, isAudited);
            changes.nvChanged();
        }
    }

    /** Changes the hash algorithm, to be committed. The command that did so is not audited itself. */
    public void setHash(HashAlg newHash) {
        hash = newHash;
        hashChanged = true;
        changes.nvChanged();
    }

    /** The hash algorithm of the digest. */
    public HashAlg hash() {
        return hash;
    }

    /** How often a digest was begun. */
    public long counter() {
        return counter;
    }

    /** The digest; empty if there is none. The caller does not change it. */
    public byte[] digest() {
        return digest;
    }

    /** The codes of the audited commands; a copy. */
    public BitSet codes() {
        return (BitSet) audited.clone();
    }

    /** The digest over the codes of all audited commands, in ascending order. */
    public byte[] commandDigest() {
        Hasher hasher = Hasher.of(Digest.of(hash.value()));
        for (int code = audited.nextSetBit(0); code >= 0; code = audited.nextSetBit(code + 1)) {
            hasher.updateUint32(code);
        }
        return hasher.digest();
    }

    /** TPM2_GetCommandAuditDigest: the next audited command begins a new digest. */
    public void resetDigest() {
        digest = NONE;
    }

    /** Extends the digest by a command that succeeded; both hashes were made with {@link #hash()}. */
    public void extend(byte[] cpHash, byte[] rpHash) {
        if (digest.length == 0) {
            digest = new byte[hash.digestSize()];
            counter++;
            changes.nvChanged();
        }
        digest = Hasher.digest(Digest.of(hash.value()), digest, cpHash, rpHash);
    }

    /** Whether this command has changed the hash algorithm, so that it is not audited; the digest is empty then. */
    public boolean takeHashChanged() {
        boolean changed = hashChanged;
        if (changed) {
            digest = NONE;
            hashChanged = false;
        }
        return changed;
    }
}
