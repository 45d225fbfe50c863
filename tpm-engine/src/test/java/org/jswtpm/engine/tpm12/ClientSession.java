package org.jswtpm.engine.tpm12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The caller's side of an authorization session. */
public final class ClientSession {
    /** Octets of an authorization in a command. */
    static final int REQUEST_SIZE = 45;

    /** Octets of an authorization in a response. */
    static final int RESPONSE_SIZE = 41;

    private static final int NONCE_SIZE = 20;

    private final Random random = new Random(12);
    private final int handle;
    private byte[] key;
    private byte[] nonceEven;
    private byte[] nonceOdd = new byte[NONCE_SIZE];
    private boolean continueSession = true;
    private boolean continuesAtTpm = true;

    private ClientSession(int handle, byte[] key, byte[] nonceEven) {
        this.handle = handle;
        this.key = key;
        this.nonceEven = nonceEven;
        random.nextBytes(nonceOdd);
    }

    static ClientSession oiap(Tpm12Client tpm, byte[] auth) {
        WireReader reader = tpm.send(Request.of(Ordinal.OIAP).undigestedResponse(24))
                .isSuccess()
                .reader();
        return new ClientSession(reader.uint32(), auth, reader.octets(NONCE_SIZE));
    }

    static ClientSession osap(Tpm12Client tpm, int entityType, int entityValue, byte[] auth) {
        byte[] nonceOddOsap = new byte[NONCE_SIZE];
        Arrays.fill(nonceOddOsap, (byte) 0x5a);
        WireReader reader = tpm.send(Request.of(Ordinal.OSAP)
                        .u16(entityType)
                        .u32(entityValue)
                        .bytes(Bytes.copyOf(nonceOddOsap)))
                .isSuccess()
                .reader();
        int handle = reader.uint32();
        byte[] nonceEven = reader.octets(NONCE_SIZE);
        byte[] shared = Hmac.mac(Digest.SHA1, auth, reader.octets(NONCE_SIZE), nonceOddOsap);
        return new ClientSession(handle, shared, nonceEven);
    }

    static ClientSession dsap(Tpm12Client tpm, int entityType, int keyHandle, Bytes entityValue, byte[] auth) {
        Bytes nonceOddDsap = Bytes.zeros(NONCE_SIZE);
        WireReader reader = tpm.send(Request.of(Ordinal.DSAP)
                        .u16(entityType)
                        .u32(keyHandle)
                        .bytes(nonceOddDsap)
                        .sized(entityValue))
                .isSuccess()
                .reader();
        int handle = reader.uint32();
        byte[] nonceEven = reader.octets(NONCE_SIZE);
        byte[] shared = Hmac.mac(Digest.SHA1, auth, reader.octets(NONCE_SIZE), nonceOddDsap.toArray());
        return new ClientSession(handle, shared, nonceEven);
    }

    /** Another auth value, for the next command of an OIAP session. */
    public ClientSession withAuth(byte[] auth) {
        key = auth;
        return this;
    }

    /** The next command is the last one of this session. */
    public ClientSession ending() {
        continueSession = false;
        return this;
    }

    public int handle() {
        return handle;
    }

    /** Whether the TPM goes on with the session after the last command. */
    public boolean continuesAtTpm() {
        return continuesAtTpm;
    }

    /** Encrypts the first new auth value of the next command by TPM_ET_XOR. */
    public Bytes encrypt(byte[] auth) {
        return xor(auth, nonceEven);
    }

    /** Encrypts the second new auth value of the next command by TPM_ET_XOR. */
    public Bytes encryptSecond(byte[] auth) {
        return xor(auth, nonceOdd);
    }

    /** Encrypts the first new auth value of the next command by TPM_ET_AES128_CTR. */
    public Bytes encryptAes(byte[] auth) {
        byte[] data = auth.clone();
        SymmetricCipher.encrypt(
                SymmetricAlgorithm.AES, SymmetricMode.CTR, Arrays.copyOf(key, 16), Arrays.copyOf(nonceEven, 16), data);
        return Bytes.wrap(data);
    }

    private Bytes xor(byte[] auth, byte[] nonce) {
        byte[] mask = Hasher.digest(Digest.SHA1, key, nonce);
        for (int i = 0; i < mask.length; i++) {
            mask[i] ^= auth[i];
        }
        return Bytes.wrap(mask);
    }

    void marshal(byte[] digest, WireWriter out) {
        byte[] mac = Hmac.of(Digest.SHA1, key)
                .update(digest)
                .update(nonceEven)
                .update(nonceOdd)
                .updateByte(continueSession ? 1 : 0)
                .mac();
        out.uint32(handle).octets(nonceOdd).uint8(continueSession ? 1 : 0).octets(mac);
    }

    void complete(byte[] digest, byte[] response, int at) {
        WireReader reader =
                WireReader.over(Arrays.copyOfRange(response, at, at + RESPONSE_SIZE), TpmResult.WIRE_FAULTS);
        nonceEven = reader.octets(NONCE_SIZE);
        int flag = reader.uint8();
        byte[] mac = Hmac.of(Digest.SHA1, key)
                .update(digest)
                .update(nonceEven)
                .update(nonceOdd)
                .updateByte(flag)
                .mac();
        assertEquals(Bytes.copyOf(mac), reader.bytes(NONCE_SIZE), "the HMAC of the response");
        continuesAtTpm = flag == 1;
        random.nextBytes(nonceOdd);
    }
}
