package org.jswtpm.engine.tpm12.auth;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;

import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_AUTH_SESSION_DATA: a session by which commands are authorized. */
public final class AuthSession {
    private final int handle;
    private final Protocol protocol;
    private final int entityType;
    private final int adipScheme;
    private final Secret sharedSecret;
    private final Secret entityDigest;
    private final DelegatePublic delegation;
    private Bytes nonceEven;

    /**
     * @param handle its handle
     * @param protocol how it authorizes
     * @param entityType what it is bound to, one of {@link org.jswtpm.engine.tpm12.structure.EntityType}; 0 with OIAP
     * @param adipScheme how new auth values are encrypted
     * @param nonceEven the nonce that the TPM gave last
     * @param sharedSecret what the caller and the TPM share; zeros with OIAP; taken over
     * @param entityDigest by which the entity is known: for the owner the auth value itself; zeros with OIAP; taken over
     * @param delegation what a delegate may do; only DSAP asks for it
     */
    public AuthSession(
            int handle,
            Protocol protocol,
            int entityType,
            int adipScheme,
            Bytes nonceEven,
            Secret sharedSecret,
            Secret entityDigest,
            DelegatePublic delegation) {
        this.handle = handle;
        this.protocol = protocol;
        this.entityType = entityType;
        this.adipScheme = adipScheme;
        this.nonceEven = nonceEven;
        this.sharedSecret = sharedSecret;
        this.entityDigest = entityDigest;
        this.delegation = delegation;
    }

    /** A session of TPM_OIAP. */
    public static AuthSession oiap(int handle, Bytes nonceEven) {
        return new AuthSession(
                handle,
                Protocol.OIAP,
                0,
                Adip.XOR,
                nonceEven,
                Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]),
                Secret.take(new byte[TpmLimits.DIGEST_SIZE]),
                DelegatePublic.NONE);
    }

    public int handle() {
        return handle;
    }

    public Protocol protocol() {
        return protocol;
    }

    /** Whether the session is bound to an entity: OSAP or DSAP. */
    public boolean isBound() {
        return protocol != Protocol.OIAP;
    }

    public int entityType() {
        return entityType;
    }

    /** The HMAC key of a bound session; lent. */
    public Secret sharedSecret() {
        return sharedSecret;
    }

    /** By which the entity is known; lent. */
    public Secret entityDigest() {
        return entityDigest;
    }

    /** How new auth values, and the data of TPM_Sealx, are encrypted. */
    public int adipScheme() {
        return adipScheme;
    }

    /** What the delegate of a DSAP session may do. */
    public DelegatePublic delegation() {
        return delegation;
    }

    /** The nonce that the TPM gave last. */
    public Bytes nonceEven() {
        return nonceEven;
    }

    public void setNonceEven(Bytes nonce) {
        nonceEven = nonce;
    }

    /** The scheme is one that this TPM takes; else TPM_INAPPROPRIATE_ENC. */
    public static void checkAdipScheme(int scheme, boolean isFips) {
        Adip.check(scheme, isFips);
    }

    /** Decrypts a new auth value; TPM_BAD_MODE if the session is not bound. */
    public Secret decryptAuth(Bytes encAuth, Bytes nonce) {
        TpmResult.check(isBound(), BAD_MODE);
        return Adip.decrypt(adipScheme, sharedSecret, nonce, encAuth);
    }

    public static AuthSession unmarshal(WireReader in) {
        int handle = in.uint32();
        Protocol protocol = Protocol.of(in.uint16());
        int entityType = in.uint8();
        int adipScheme = in.uint8();
        Bytes nonceEven = in.bytes(TpmLimits.NONCE_SIZE);
        Secret sharedSecret = in.secret(TpmLimits.AUTHDATA_SIZE);
        Secret entityDigest = in.secret(TpmLimits.DIGEST_SIZE);
        return new AuthSession(
                handle,
                protocol,
                entityType,
                adipScheme,
                nonceEven,
                sharedSecret,
                entityDigest,
                DelegatePublic.unmarshal(in));
    }

    public void marshal(WireWriter out) {
        out.uint32(handle).uint16(protocol.value()).uint8(entityType).uint8(adipScheme);
        out.bytes(nonceEven).secret(sharedSecret).secret(entityDigest);
        delegation.marshal(out);
    }

    /** This session under another handle, as a context that is loaded gets one. The secret goes with it. */
    public AuthSession withHandle(int newHandle) {
        return new AuthSession(
                newHandle, protocol, entityType, adipScheme, nonceEven, sharedSecret, entityDigest, delegation);
    }

    /** Wipes what is secret. */
    public void wipe() {
        sharedSecret.close();
        entityDigest.close();
    }
}
