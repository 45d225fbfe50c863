package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * A client's side of a session (Part 1, 19.6): it makes the nonces, the HMACs and the parameter encryption of commands, and
 * checks those of the responses.
 */
public final class ClientSession {
    public static final int CONTINUE = 0x01;
    public static final int AUDIT_EXCLUSIVE = 0x02;
    public static final int AUDIT_RESET = 0x04;
    public static final int DECRYPT = 0x20;
    public static final int ENCRYPT = 0x40;
    public static final int AUDIT = 0x80;

    private static final Random NONCES = new Random(7);

    private final Handle handle;
    private final Digest hash;
    private final int aesBits;
    private byte[] key = new byte[0];
    private byte[] auth = new byte[0];
    private byte[] nonceCaller;
    private byte[] nonceTpm = new byte[0];
    private int attributes = CONTINUE;
    private int answered;
    private boolean includesAuth = true;
    private boolean plainPassword;
    private byte[] otherNonces = new byte[0];

    private ClientSession(Handle handle, Digest hash, int aesBits, byte[] nonceCaller) {
        this.handle = handle;
        this.hash = hash;
        this.aesBits = aesBits;
        this.nonceCaller = nonceCaller;
    }

    /** A password authorization. */
    static ClientSession password(Bytes password) {
        ClientSession session = new ClientSession(Handle.PASSWORD, null, 0, new byte[0]);
        session.auth = password.toArray();
        session.plainPassword = true;
        return session;
    }

    /**
     * A session that a TPM has started.
     *
     * @param aesBits the key size for parameter encryption; 0 for XOR, or for none
     */
    static ClientSession started(Handle handle, Digest hash, int aesBits, Bytes nonceCaller, Bytes nonceTpm) {
        ClientSession session = new ClientSession(handle, hash, aesBits, nonceCaller.toArray());
        session.nonceTpm = nonceTpm.toArray();
        return session;
    }

    /** The session's handle. */
    public Handle handle() {
        return handle;
    }

    /** The session key follows from the auth value of what the session is bound to, and from the salt. */
    public ClientSession keyFrom(Bytes bindAuth, Bytes salt) {
        byte[] secret = bindAuth.then(salt).toArray();
        key = Kdf.kdfa(hash, secret, "ATH", nonceTpm, nonceCaller, hash.size() * 8);
        return this;
    }

    /** From now on the session is used for an entity with this auth value. */
    public ClientSession auth(Bytes value) {
        auth = value.toArray();
        includesAuth = true;
        return this;
    }

    /** From now on the HMAC key has no auth value: the session is bound to the entity, or its policy asks for none. */
    public ClientSession authNotIncluded() {
        includesAuth = false;
        return this;
    }

    /** From now on the auth field holds the auth value itself, as after TPM2_PolicyPassword. */
    public ClientSession plainPassword() {
        plainPassword = true;
        return this;
    }

    /** Sets the attributes of the next uses; see the constants. */
    public ClientSession attributes(int value) {
        attributes = value;
        return this;
    }

    /** The nonces of other sessions that decrypt and encrypt, if this one authorizes and is the first. */
    public ClientSession vouchingFor(ClientSession other) {
        otherNonces = other.nonceTpm;
        return this;
    }

    /** The attributes in the last response. */
    public int answeredAttributes() {
        return answered;
    }

    void newNonce() {
        if (!handle.equals(Handle.PASSWORD)) {
            NONCES.nextBytes(nonceCaller);
        }
    }

    Bytes encryptFirst(Bytes parameters) {
        return (attributes & DECRYPT) == 0 ? parameters : crypt(parameters, nonceCaller, nonceTpm, true);
    }

    Bytes decryptFirst(Bytes parameters) {
        return (attributes & ENCRYPT) == 0 ? parameters : crypt(parameters, nonceTpm, nonceCaller, false);
    }

    private Bytes crypt(Bytes parameters, byte[] newer, byte[] older, boolean encrypt) {
        int size = parameters.get(0) << 8 | parameters.get(1);
        byte[] data = parameters.slice(2, size).toArray();
        byte[] value = join(key, auth);
        if (aesBits == 0) {
            Kdf.xorObfuscate(hash, value, newer, older, data);
        } else {
            byte[] derived = Kdf.kdfa(hash, value, "CFB", newer, older, aesBits + 128);
            byte[] aesKey = Arrays.copyOf(derived, aesBits / 8);
            byte[] iv = Arrays.copyOfRange(derived, aesBits / 8, derived.length);
            if (encrypt) {
                SymmetricCipher.encrypt(SymmetricAlgorithm.AES, SymmetricMode.CFB, aesKey, iv, data);
            } else {
                SymmetricCipher.decrypt(SymmetricAlgorithm.AES, SymmetricMode.CFB, aesKey, iv, data);
            }
        }
        byte[] all = parameters.toArray();
        System.arraycopy(data, 0, all, 2, size);
        return Bytes.wrap(all);
    }

    void marshal(TestCommand command, Bytes parameters, WireWriter out) {
        handle.marshal(out);
        byte[] field = auth;
        if (!plainPassword) {
            Hasher cpHash = Hasher.of(hash).updateUint32(command.code());
            for (Bytes name : command.names()) {
                cpHash.update(name.toArray());
            }
            field = hmac(cpHash.update(parameters.toArray()).digest(), nonceCaller, nonceTpm, otherNonces, attributes);
        }
        out.uint16(nonceCaller.length).octets(nonceCaller);
        out.uint8(attributes);
        out.uint16(field.length).octets(field);
    }

    void unmarshal(TestCommand command, Bytes parameters, WireReader area) {
        byte[] nonce = area.sized2(64).toArray();
        answered = area.uint8();
        Bytes field = area.sized2(64);
        nonceTpm = nonce;
        if (plainPassword) {
            assertEquals(Bytes.EMPTY, field, "auth field of a password in the response");
            return;
        }
        byte[] rpHash = Hasher.of(hash)
                .updateUint32(0)
                .updateUint32(command.code())
                .update(parameters.toArray())
                .digest();
        byte[] expected = hmac(rpHash, nonceTpm, nonceCaller, new byte[0], answered);
        assertEquals(Bytes.wrap(expected), field, "HMAC of the response");
    }

    private byte[] hmac(byte[] parameterHash, byte[] newer, byte[] older, byte[] others, int usedAttributes) {
        byte[] hmacKey = includesAuth ? join(key, auth) : key;
        return Hmac.of(hash, hmacKey)
                .update(parameterHash)
                .update(newer)
                .update(older)
                .update(others)
                .updateByte(usedAttributes)
                .mac();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
