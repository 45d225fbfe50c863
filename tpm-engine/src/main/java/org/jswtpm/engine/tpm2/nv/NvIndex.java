package org.jswtpm.engine.tpm2.nv;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.NvAttributes;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** A defined NV Index (Part 1, 37.2). It is read here and changed through {@link NvMemory}. */
public final class NvIndex implements NvEntry {
    private final byte[] data;
    /** For an orderly Index: the attributes that NV holds; they stay as they were when the Index was defined. */
    private final NvAttributes attributesInNv;

    private NvPublic publicArea;
    private Secret auth;
    private Bytes name;

    NvIndex(NvPublic publicArea, NvAttributes attributesInNv, Secret auth, byte[] data) {
        this.publicArea = publicArea;
        this.attributesInNv = attributesInNv;
        this.auth = auth;
        this.data = data;
    }

    @Override
    public Handle handle() {
        return publicArea.nvIndex();
    }

    /** The public area with the attributes of this moment. */
    public NvPublic publicArea() {
        return publicArea;
    }

    public NvAttributes attributes() {
        return publicArea.attributes();
    }

    public HashAlg nameAlg() {
        return publicArea.nameAlg();
    }

    public int dataSize() {
        return publicArea.dataSize();
    }

    /** The auth value; lent. */
    public Secret auth() {
        return auth;
    }

    /** The Name: the name algorithm and the digest of the public area (Part 1, 16). */
    public Bytes name() {
        if (name == null) {
            WireWriter area = new WireWriter();
            publicArea.marshal(area);
            WireWriter out = new WireWriter();
            nameAlg().marshal(out);
            out.octets(Hasher.digest(Digest.of(nameAlg().value()), area.toArray()));
            name = out.toBytes();
        }
        return name;
    }

    /**
     * The checks before data are read (NvReadAccessChecks).
     *
     * @param authHandle what authorizes the command
     * @throws org.jswtpm.engine.wire.TpmException NV_LOCKED, NV_AUTHORIZATION, NV_UNINITIALIZED, in this order
     */
    public void checkReadAccess(Handle authHandle) {
        TpmRc refusal = readRefusal(authHandle);
        TpmRc.check(refusal.value() == 0, refusal);
    }

    /** As {@link #checkReadAccess}, as a code; TPM_RC_SUCCESS if the data may be read. */
    public TpmRc readRefusal(Handle authHandle) {
        if (attributes().has(NvAttributes.READLOCKED)) {
            return TpmRc.NV_LOCKED;
        }
        if (!isAuthorized(authHandle, NvAttributes.OWNERREAD, NvAttributes.PPREAD)) {
            return TpmRc.NV_AUTHORIZATION;
        }
        return attributes().isWritten() ? TpmRc.SUCCESS : TpmRc.NV_UNINITIALIZED;
    }

    /**
     * The checks before data are written (NvWriteAccessChecks).
     *
     * @throws org.jswtpm.engine.wire.TpmException NV_LOCKED, NV_AUTHORIZATION, in this order
     */
    public void checkWriteAccess(Handle authHandle) {
        TpmRc refusal = writeRefusal(authHandle);
        TpmRc.check(refusal.value() == 0, refusal);
    }

    /** As {@link #checkWriteAccess}, as a code; TPM_RC_SUCCESS if data may be written. */
    public TpmRc writeRefusal(Handle authHandle) {
        if (attributes().has(NvAttributes.WRITELOCKED)) {
            return TpmRc.NV_LOCKED;
        }
        return isAuthorized(authHandle, NvAttributes.OWNERWRITE, NvAttributes.PPWRITE)
                ? TpmRc.SUCCESS
                : TpmRc.NV_AUTHORIZATION;
    }

    private boolean isAuthorized(Handle authHandle, int byOwner, int byPlatform) {
        if (authHandle.equals(Handle.OWNER)) {
            return attributes().has(byOwner);
        }
        if (authHandle.equals(Handle.PLATFORM)) {
            return attributes().has(byPlatform);
        }
        return authHandle.equals(handle());
    }

    /** The {@code size} octets of data from {@code offset}. */
    public Bytes read(int offset, int size) {
        return Bytes.copyOf(data, offset, size);
    }

    /** The first 64 bits of the data: a counter, bits, or pinCount and pinLimit. */
    public long readUint64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | data[i] & 0xff;
        }
        return value;
    }

    /** Adds {@code size} octets of data from {@code offset} to a hash. */
    public void addTo(Hasher hasher, int offset, int size) {
        hasher.update(data, offset, size);
    }

    /** The attributes in NV; other than {@link #attributes()} for an orderly Index, whose attributes change in RAM. */
    public NvAttributes attributesInNv() {
        return attributes().isOrderly() ? attributesInNv : attributes();
    }

    /** All data, for the state; lent, and not to be changed. */
    public void writeData(WireWriter out) {
        out.octets(data);
    }

    void setAttributes(NvAttributes attributes) {
        publicArea = publicArea.with(attributes);
        name = null;
    }

    /** Takes {@code value} over. */
    void setAuth(Secret value) {
        auth.close();
        auth = value;
    }

    boolean isSame(int offset, byte[] octets) {
        return Arrays.equals(data, offset, offset + octets.length, octets, 0, octets.length);
    }

    void write(int offset, byte[] octets) {
        System.arraycopy(octets, 0, data, offset, octets.length);
    }

    void fill(int value) {
        Arrays.fill(data, (byte) value);
    }

    @Override
    public void wipe() {
        auth.close();
        Arrays.fill(data, (byte) 0);
    }
}
