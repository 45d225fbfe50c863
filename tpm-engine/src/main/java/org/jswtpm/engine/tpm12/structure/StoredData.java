package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_VERSION;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_STORED_DATA and TPM_STORED_DATA12 (Part 2, 9.1 and 9.2), without encData.
 *
 * @param version the four octets of TPM_STRUCT_VER; empty for a TPM_STORED_DATA12
 * @param entityType TPM_STORED_DATA12: how TPM_Sealx encrypted the data, or 0
 * @param sealInfo what PCRs the data is bound to
 */
public record StoredData(Bytes version, int entityType, PcrInfo sealInfo) {
    /** Sealed data as it is on the wire. */
    public record Sealed(StoredData data, Bytes encData) {
        /** Else TPM_BAD_VERSION. */
        public static Sealed unmarshal(WireReader in) {
            return new Sealed(StoredData.unmarshal(in), in.sized4(TpmLimits.ALLOC_MAX));
        }

        public void marshal(WireWriter out) {
            data.marshal(out);
            out.sized4(encData);
        }
    }

    private static StoredData unmarshal(WireReader in) {
        Bytes head = in.bytes(4);
        boolean isOld = head.get(0) == 1;
        TpmResult.check(
                isOld ? head.get(1) == 1 : head.get(0) == 0 && head.get(1) == StructureTag.STORED_DATA12.value(),
                BAD_VERSION);
        PcrInfo sealInfo = PcrInfo.unmarshal(in.sized4(TpmLimits.ALLOC_MAX), !isOld);
        return isOld
                ? new StoredData(head, 0, sealInfo)
                : new StoredData(Bytes.EMPTY, head.get(2) << Byte.SIZE | head.get(3), sealInfo);
    }

    /** Whether this is a TPM_STORED_DATA12. */
    public boolean isStoredData12() {
        return version.isEmpty();
    }

    public void marshal(WireWriter out) {
        if (isStoredData12()) {
            StructureTag.STORED_DATA12.marshal(out);
            out.uint16(entityType);
        } else {
            out.bytes(version);
        }
        sealInfo.marshalSized(out);
    }

    /** storedDigest, which binds the encrypted part to this one. */
    public Bytes digest() {
        WireWriter out = new WireWriter();
        marshal(out);
        return Bytes.wrap(Hasher.digest(Digest.SHA1, out.toArray()));
    }
}
