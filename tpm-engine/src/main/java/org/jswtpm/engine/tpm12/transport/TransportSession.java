package org.jswtpm.engine.tpm12.transport;

import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_TRANSPORT_INTERNAL (Part 2, 13.2): a transport session. */
public final class TransportSession {
    private final Secret authData;
    private final TransportPublic publicPart;
    private final int handle;
    private Bytes nonceEven;
    private Bytes digest;

    /** @param authData taken over */
    public TransportSession(Secret authData, TransportPublic publicPart, int handle, Bytes nonceEven, Bytes digest) {
        this.authData = authData;
        this.publicPart = publicPart;
        this.handle = handle;
        this.nonceEven = nonceEven;
        this.digest = digest;
    }

    /** The shared secret; lent. */
    public Secret authData() {
        return authData;
    }

    public TransportPublic publicPart() {
        return publicPart;
    }

    public int handle() {
        return handle;
    }

    /** The nonce that the TPM gave last. */
    public Bytes nonceEven() {
        return nonceEven;
    }

    public void setNonceEven(Bytes nonce) {
        nonceEven = nonce;
    }

    /** The digest of the log. */
    public Bytes digest() {
        return digest;
    }

    public void setDigest(Bytes value) {
        digest = value;
    }

    /** This session under another handle, as a context that is loaded gets one. The secret goes with it. */
    public TransportSession withHandle(int newHandle) {
        return new TransportSession(authData, publicPart, newHandle, nonceEven, digest);
    }

    public static TransportSession unmarshal(WireReader in) {
        StructureTag.TRANSPORT_INTERNAL.unmarshal(in);
        return new TransportSession(
                in.secret(TpmLimits.AUTHDATA_SIZE),
                TransportPublic.unmarshal(in),
                in.uint32(),
                in.bytes(TpmLimits.NONCE_SIZE),
                in.bytes(TpmLimits.DIGEST_SIZE));
    }

    public void marshal(WireWriter out) {
        StructureTag.TRANSPORT_INTERNAL.marshal(out);
        out.secret(authData);
        publicPart.marshal(out);
        out.uint32(handle).bytes(nonceEven).bytes(digest);
    }

    /** Wipes what is secret. */
    public void wipe() {
        authData.close();
    }
}
