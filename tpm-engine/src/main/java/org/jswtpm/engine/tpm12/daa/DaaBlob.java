package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA0;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DAA_BLOB with TPM_DAA_SENSITIVE (Part 2, 22.8 and 22.9): a secret that the host keeps for the TPM.
 *
 * @param resourceType which secret: one of {@link org.jswtpm.engine.tpm12.structure.ResourceType}
 * @param label free
 * @param additionalData free
 * @param sensitiveData encrypted
 */
record DaaBlob(int resourceType, Bytes label, Bytes additionalData, Bytes sensitiveData) {
    private static final int LABEL_SIZE = 16;

    /** Encrypts a secret, which is lent. */
    static Bytes seal(int resourceType, Secret secret, PermanentData permanent) {
        WireWriter out = new WireWriter();
        StructureTag.DAA_SENSITIVE.marshal(out);
        out.secret4(secret);
        byte[] sensitive = out.toArray();
        out.wipe();
        Bytes encrypted = permanent.daaBlobKey().encrypt(sensitive);
        Arrays.fill(sensitive, (byte) 0);
        DaaBlob blob = new DaaBlob(resourceType, Bytes.zeros(LABEL_SIZE), Bytes.EMPTY, encrypted);
        return blob.marshal(blob.integrity(permanent));
    }

    /** The secret in a blob of this type; else TPM_DAA_INPUT_DATA0, whatever is wrong. */
    static Secret open(Bytes octets, int resourceType, PermanentData permanent) {
        try {
            return unmarshal(octets, permanent).decrypt(resourceType, permanent);
        } catch (TpmException e) {
            throw DAA_INPUT_DATA0.exception();
        }
    }

    private static DaaBlob unmarshal(Bytes octets, PermanentData permanent) {
        WireReader in = WireReader.over(octets, TpmResult.WIRE_FAULTS);
        StructureTag.DAA_BLOB.unmarshal(in);
        int type = in.uint32();
        Bytes label = in.bytes(LABEL_SIZE);
        Bytes integrity = in.bytes(TpmLimits.DIGEST_SIZE);
        DaaBlob blob = new DaaBlob(type, label, in.sized4(TpmLimits.ALLOC_MAX), in.sized4(TpmLimits.ALLOC_MAX));
        check(in.remaining() == 0, DAA_INPUT_DATA0);
        boolean isOurs = MessageDigest.isEqual(blob.integrity(permanent).toArray(), integrity.toArray());
        check(isOurs, DAA_INPUT_DATA0);
        return blob;
    }

    private Secret decrypt(int expectedType, PermanentData permanent) {
        check(resourceType == expectedType, DAA_INPUT_DATA0);
        byte[] sensitive = permanent.daaBlobKey().decrypt(sensitiveData);
        try {
            WireReader in = WireReader.over(sensitive, TpmResult.WIRE_FAULTS);
            StructureTag.DAA_SENSITIVE.unmarshal(in);
            Secret secret = in.secret4(TpmLimits.ALLOC_MAX);
            check(in.remaining() == 0, DAA_INPUT_DATA0);
            return secret;
        } finally {
            Arrays.fill(sensitive, (byte) 0);
        }
    }

    private Bytes integrity(PermanentData permanent) {
        byte[] octets = marshal(Bytes.zeros(TpmLimits.DIGEST_SIZE)).toArray();
        return Bytes.wrap(permanent.daaProof().use(proof -> Hmac.mac(Digest.SHA1, proof, octets)));
    }

    private Bytes marshal(Bytes integrity) {
        WireWriter out = new WireWriter();
        StructureTag.DAA_BLOB.marshal(out);
        out.uint32(resourceType).bytes(label).bytes(integrity);
        return out.sized4(additionalData).sized4(sensitiveData).toBytes();
    }
}
