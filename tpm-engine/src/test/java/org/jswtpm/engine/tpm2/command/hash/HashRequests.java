package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;

/** Requests around hashes and MACs, with octets in hexadecimal. */
final class HashRequests {
    static final String SHA_1 = "0004";
    static final String SHA_256 = "000b";
    static final String NULL = "0010";
    static final String CMAC = "003f";
    /** Key and data of RFC 4231, 4.3, and the HMAC with SHA-256. */
    static final String JEFE = "4a656665";

    static final String JEFE_DATA = "7768617420646f2079612077616e7420666f72206e6f7468696e673f";
    static final String JEFE_MAC = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    /** The AES-128 key of SP 800-38B, D.1. */
    static final String AES_KEY = "2b7e151628aed2a6abf7158809cf4f3c";

    private HashRequests() {}

    static TestCommand hash(String data, String hashAlg, Handle hierarchy) {
        return TestCommand.of(CommandCode.HASH)
                .sized(Bytes.hex(data))
                .parameters(hashAlg)
                .parameters(hierarchy.asName());
    }

    static TestCommand hashSequenceStart(String auth, String hashAlg) {
        return TestCommand.of(CommandCode.HASH_SEQUENCE_START)
                .sized(Bytes.hex(auth))
                .parameters(hashAlg);
    }

    static TestCommand sequenceUpdate(Handle sequence, String auth, String data) {
        return TestCommand.of(CommandCode.SEQUENCE_UPDATE)
                .handle(sequence, Bytes.EMPTY)
                .password(auth)
                .sized(Bytes.hex(data));
    }

    static TestCommand sequenceComplete(Handle sequence, String auth, String data, Handle hierarchy) {
        return TestCommand.of(CommandCode.SEQUENCE_COMPLETE)
                .handle(sequence, Bytes.EMPTY)
                .password(auth)
                .sized(Bytes.hex(data))
                .parameters(hierarchy.asName());
    }

    static TestCommand eventSequenceComplete(Handle pcr, Handle sequence, String auth, String data) {
        return TestCommand.of(CommandCode.EVENT_SEQUENCE_COMPLETE)
                .handle(pcr)
                .handle(sequence, Bytes.EMPTY)
                .password("")
                .password(auth)
                .sized(Bytes.hex(data));
    }

    static TestCommand mac(Handle key, String data, String scheme) {
        return TestCommand.of(CommandCode.HMAC)
                .handle(key)
                .password("")
                .sized(Bytes.hex(data))
                .parameters(scheme);
    }

    static TestCommand macStart(Handle key, String auth, String scheme) {
        return TestCommand.of(CommandCode.HMAC_START)
                .handle(key)
                .password("")
                .sized(Bytes.hex(auth))
                .parameters(scheme);
    }

    /** TPM2_LoadExternal of an HMAC key; {@code scheme} is its TPMT_KEYEDHASH_SCHEME. */
    static TestCommand hmacKey(String key, String attributes, String scheme) {
        return external("0008", key, attributes, scheme);
    }

    /** TPM2_LoadExternal of an AES-128 key with a mode. */
    static TestCommand aesKey(String attributes, String mode) {
        return external("0025", AES_KEY, attributes, "0006 0080" + mode);
    }

    private static TestCommand external(String type, String key, String attributes, String parameters) {
        String seed = "00".repeat(32);
        try {
            byte[] unique = MessageDigest.getInstance("SHA-256")
                    .digest(Bytes.hex(seed + key).toArray());
            String size = "00%02x".formatted(key.length() / 2);
            return loadExternal(
                    type + "0000 0020" + seed + size + key,
                    type + "000b" + attributes + "0000" + parameters + "0020" + Bytes.wrap(unique),
                    Handle.NULL);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
