package org.jswtpm.engine.tpm12;

import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;

/** The parameters of a command above the double line; knows which of them count in the digest. */
public final class ParameterReader {
    private static final int TO_THE_END = -1;

    private final WireReader in;
    private int digestBegin;
    private int digestEnd = TO_THE_END;

    /** @param in the octets behind the header */
    public ParameterReader(WireReader in) {
        this.in = in;
        digestBegin = in.position();
    }

    /** A handle, which does not count in the digest; handles are read first. */
    public int handle() {
        int handle = in.uint32();
        digestBegin = in.position();
        return handle;
    }

    /** What counts in the digest begins {@code size} octets further on. */
    public void beginDigestAfter(int size) {
        digestBegin = in.position() + size;
    }

    /** What is read from here on does not count in the digest. */
    public ParameterReader endDigest() {
        digestEnd = in.position();
        return this;
    }

    /** 8 bits. */
    public int uint8() {
        return in.uint8();
    }

    /** 16 bits. */
    public int uint16() {
        return in.uint16();
    }

    /** 32 bits as they are. */
    public int uint32() {
        return in.uint32();
    }

    /** TPM_BOOL; else TPM_BAD_PARAMETER. */
    public boolean bool() {
        return TpmBool.unmarshal(in);
    }

    /** TPM_DIGEST. */
    public Bytes digest() {
        return in.bytes(TpmLimits.DIGEST_SIZE);
    }

    /** TPM_NONCE. */
    public Bytes nonce() {
        return in.bytes(TpmLimits.NONCE_SIZE);
    }

    /** TPM_ENCAUTH: an auth value that is encrypted. */
    public Bytes encAuth() {
        return in.bytes(TpmLimits.AUTHDATA_SIZE);
    }

    /** TPM_SECRET: an auth value in the clear. */
    public Secret secret() {
        return in.secret(TpmLimits.AUTHDATA_SIZE);
    }

    /** A size of 32 bits and so many octets; TPM_SIZE if they are more than any command can hold. */
    public Bytes sized() {
        return in.sized4(TpmLimits.ALLOC_MAX);
    }

    /** For structures. */
    public WireReader wire() {
        return in;
    }

    /** Where the octets of the digest begin. */
    public int digestBegin() {
        return digestBegin;
    }

    /** Where the octets of the digest end. */
    public int digestEnd() {
        return digestEnd == TO_THE_END ? in.position() : digestEnd;
    }
}
