package org.jswtpm.engine.tpm12.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOT_FULLWRITE;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.NvDataPublic;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_NV_DATA_SENSITIVE (Part 2, 19.4): a defined area. */
public final class NvArea {
    private final NvDataPublic publicArea;
    private final Secret authValue;
    private final byte[] data;
    private NvDataPublic.Use use;

    /** @param authValue taken over, as is {@code data} */
    public NvArea(NvDataPublic publicArea, Secret authValue, byte[] data, NvDataPublic.Use use) {
        this.publicArea = publicArea;
        this.authValue = authValue;
        this.data = data;
        this.use = use;
    }

    public NvDataPublic publicArea() {
        return publicArea;
    }

    public NvPermission permission() {
        return publicArea.permission();
    }

    /** What authorizes TPM_NV_ReadValueAuth and TPM_NV_WriteValueAuth; lent. */
    public Secret authValue() {
        return authValue;
    }

    /** How the area was used. */
    public NvDataPublic.Use use() {
        return use;
    }

    public void setUse(NvDataPublic.Use use) {
        this.use = use;
    }

    /**
     * The digest by which a session knows the area; libtpms hashes the index as it lies in the memory of a little-endian
     * machine.
     */
    public Bytes entityDigest() {
        int index = Integer.reverseBytes(publicArea.nvIndex());
        return Bytes.wrap(authValue.use(
                auth -> Hasher.of(Digest.SHA1).updateUint32(index).update(auth).digest()));
    }

    /** Whether reading with size 0 keeps the area from being read until the next start. */
    public boolean isReadLocked() {
        return permission().has(NvPermission.READ_STCLEAR) && use.readSTClear();
    }

    /** Whether writing with size 0, or the lock on all areas, keeps the area from being written. */
    public boolean isWriteLocked(boolean isGlobalLock) {
        return permission().has(NvPermission.WRITEDEFINE) && use.writeDefine()
                || permission().has(NvPermission.GLOBALLOCK) && isGlobalLock
                || permission().has(NvPermission.WRITE_STCLEAR) && use.writeSTClear();
    }

    /** The octets from {@code offset}; TPM_NOSPACE past the end. */
    public Bytes read(int offset, int size) {
        checkRange(offset, size);
        return Bytes.copyOf(data, offset, size);
    }

    /**
     * Makes sure that {@link #write} can write: else TPM_NOSPACE, TPM_NOT_FULLWRITE.
     *
     * @param size not 0
     */
    public void checkWrite(int offset, int size) {
        checkRange(offset, size);
        TpmResult.check(!permission().has(NvPermission.WRITEALL) || size == data.length, NOT_FULLWRITE);
    }

    /**
     * Writes octets.
     *
     * @return whether that changed any
     */
    public boolean write(int offset, Bytes octets) {
        if (Bytes.copyOf(data, offset, octets.size()).equals(octets)) {
            return false;
        }
        octets.copyTo(data, offset);
        return true;
    }

    /** All octets, for the state. */
    public void writeData(WireWriter out) {
        out.octets(data);
    }

    /** Wipes what is secret. */
    public void wipe() {
        authValue.close();
        Arrays.fill(data, (byte) 0xff);
    }

    private void checkRange(int offset, int size) {
        long end = Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size);
        TpmResult.check(end <= data.length, NOSPACE);
    }
}
