package org.jswtpm.engine.tpm12.context;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADCONTEXT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.ContextBlob;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** A context with its TPM_CONTEXT_SENSITIVE (Part 2, 18.2) in the clear. */
public final class SavedContext implements AutoCloseable {
    private final ContextBlob blob;
    private final byte[] sensitive;
    private final Bytes nonce;
    private final WireReader internalData;

    private SavedContext(ContextBlob blob, byte[] sensitive) {
        this.blob = blob;
        this.sensitive = sensitive;
        WireReader in = WireReader.over(sensitive, TpmResult.WIRE_FAULTS);
        StructureTag.CONTEXT_SENSITIVE.unmarshal(in);
        nonce = in.bytes(TpmLimits.NONCE_SIZE);
        int size = in.uint32();
        check(size >= 0 && size <= TpmLimits.ALLOC_MAX, SIZE);
        internalData = in.slice(size);
    }

    /** Decrypts, and does not verify yet; TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE. */
    public static SavedContext open(ContextBlob blob, PermanentData permanent) {
        return new SavedContext(blob, permanent.contextKey().decrypt(blob.sensitiveData()));
    }

    /**
     * Encrypts a resource.
     *
     * @param head the blob without integrityDigest and sensitive data
     * @param nonce that ties the context to this boot
     * @param internalData the resource; wiped
     */
    public static ContextBlob seal(ContextBlob head, Bytes nonce, WireWriter internalData, PermanentData permanent) {
        WireWriter out = new WireWriter();
        StructureTag.CONTEXT_SENSITIVE.marshal(out);
        out.bytes(nonce);
        try (Secret octets = Secret.take(internalData.toArray())) {
            out.secret4(octets);
        }
        internalData.wipe();
        byte[] sensitive = out.toArray();
        out.wipe();
        ContextBlob sealed = head.with(
                mac(head, sensitive, permanent), permanent.contextKey().encrypt(sensitive));
        Arrays.fill(sensitive, (byte) 0);
        return sealed;
    }

    private static Bytes mac(ContextBlob blob, byte[] sensitive, PermanentData permanent) {
        WireWriter out = new WireWriter();
        blob.with(Bytes.zeros(TpmLimits.DIGEST_SIZE), Bytes.EMPTY).marshal(out);
        out.patchUint32(out.size() - Integer.BYTES, sensitive.length);
        return Bytes.wrap(permanent.tpmProof().use(proof -> Hmac.mac(Digest.SHA1, proof, out.toArray(), sensitive)));
    }

    /** What was saved. */
    public ContextBlob blob() {
        return blob;
    }

    /** What ties the context to a boot; else TPM_BADCONTEXT. */
    public void checkNonce(Bytes expected) {
        check(nonce.equals(expected), BADCONTEXT);
    }

    /** This TPM has saved the context; else TPM_BADCONTEXT. */
    public void verify(PermanentData permanent) {
        check(mac(blob, sensitive, permanent).equals(blob.integrityDigest()), BADCONTEXT);
    }

    /** The resource; to be read once. */
    public WireReader internalData() {
        return internalData;
    }

    /** Wipes what is in the clear. */
    @Override
    public void close() {
        Arrays.fill(sensitive, (byte) 0);
    }
}
