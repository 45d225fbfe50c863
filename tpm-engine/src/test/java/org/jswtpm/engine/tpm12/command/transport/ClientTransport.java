package org.jswtpm.engine.tpm12.command.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The caller's side of a transport session, written down from the specification apart from the engine's. */
public final class ClientTransport {
    private static final int AUTH_RESPONSE_SIZE = 41;

    private final int handle;
    private final byte[] secret;
    private final int algorithm;
    private final int scheme;
    private byte[] nonceEven;
    private final byte[] nonceOdd = new byte[20];
    private byte[] wrappedDigest;

    /** @param algorithm 0 for a session that does not encrypt */
    public ClientTransport(int handle, byte[] secret, int algorithm, int scheme, byte[] nonceEven) {
        this.handle = handle;
        this.secret = secret;
        this.algorithm = algorithm;
        this.scheme = scheme;
        this.nonceEven = nonceEven;
    }

    public int handle() {
        return handle;
    }

    /** TPM_ExecuteTransport; {@code inAt} and {@code inSize} say what of the command counts, and is encrypted. */
    public byte[] command(byte[] wrapped, int inAt, int inSize, boolean continues) {
        nonceOdd[0]++;
        int ordinal = WireReader.over(wrapped, TpmResult.WIRE_FAULTS).peekUint32(6);
        byte[] digest = Hasher.of(Digest.SHA1)
                .updateUint32(ordinal)
                .update(wrapped, inAt, inSize)
                .digest();
        byte[] parameters = Hasher.of(Digest.SHA1)
                .updateUint32(Ordinal.EXECUTE_TRANSPORT.code())
                .updateUint32(wrapped.length)
                .update(digest)
                .digest();
        wrappedDigest = digest;
        byte[] encrypted = wrapped.clone();
        crypt("in", encrypted, inAt, inSize);
        WireWriter out = new WireWriter();
        out.uint16(0xC2).uint32(0).uint32(Ordinal.EXECUTE_TRANSPORT.code());
        out.uint32(wrapped.length).octets(encrypted);
        out.uint32(handle).octets(nonceOdd).uint8(continues ? 1 : 0).octets(mac(parameters, continues ? 1 : 0));
        out.patchUint32(2, out.size());
        return out.toArray();
    }

    public byte[] wrappedDigest() {
        return wrappedDigest;
    }

    /** What is in the response, decrypted and verified; {@code outAt} is where what counts begins. */
    public Bytes open(byte[] response, int outAt, int authSize) {
        WireReader in = WireReader.over(response, TpmResult.WIRE_FAULTS);
        in.skip(10);
        long ticks = in.uint64();
        int locality = in.uint32();
        byte[] wrapped = in.sized4(4096).toArray();
        nonceEven = in.octets(20);
        int continues = in.uint8();
        int code = WireReader.over(wrapped, TpmResult.WIRE_FAULTS).peekUint32(6);
        int size = code == 0 ? wrapped.length - outAt - authSize : 0;
        crypt("out", wrapped, outAt, size);
        int ordinal = lastOrdinal;
        byte[] digest = Hasher.of(Digest.SHA1)
                .updateUint32(code)
                .updateUint32(ordinal)
                .update(wrapped, Math.min(outAt, wrapped.length), size)
                .digest();
        byte[] parameters = Hasher.of(Digest.SHA1)
                .updateUint32(0)
                .updateUint32(Ordinal.EXECUTE_TRANSPORT.code())
                .updateUint64(ticks)
                .updateUint32(locality)
                .updateUint32(wrapped.length)
                .update(digest)
                .digest();
        assertEquals(Bytes.copyOf(mac(parameters, continues)), in.bytes(20), "the HMAC of the response");
        wrappedDigest = digest;
        return Bytes.wrap(wrapped);
    }

    private int lastOrdinal;

    /** Sends a command without authorization through the session. */
    public Bytes send(Tpm12Client tpm, byte[] wrapped, int inAt, int outAt) {
        lastOrdinal = WireReader.over(wrapped, TpmResult.WIRE_FAULTS).peekUint32(6);
        byte[] response = tpm.exchange(command(wrapped, inAt, wrapped.length - inAt, true));
        int code = WireReader.over(response, TpmResult.WIRE_FAULTS).peekUint32(6);
        return code == 0 ? open(response, outAt, 0) : Bytes.wrap(response);
    }

    /** An authorization by this session, as TPM_ReleaseTransportSigned has it at its end. */
    public Bytes authorization(byte[] parameterDigest) {
        nonceOdd[0]++;
        return new WireWriter()
                .uint32(handle)
                .octets(nonceOdd)
                .uint8(0)
                .octets(mac(parameterDigest, 0))
                .toBytes();
    }

    private byte[] mac(byte[] parameterDigest, int continues) {
        return Hmac.of(Digest.SHA1, secret)
                .update(parameterDigest)
                .update(nonceEven)
                .update(nonceOdd)
                .updateByte(continues)
                .mac();
    }

    private void crypt(String direction, byte[] octets, int at, int size) {
        if (algorithm == 0 || size <= 0) {
            return;
        }
        byte[] part = Arrays.copyOfRange(octets, at, at + size);
        WireWriter seed = new WireWriter().octets(nonceEven).octets(nonceOdd);
        for (char c : direction.toCharArray()) {
            seed.uint8(c);
        }
        if (algorithm == 7) {
            byte[] mask = Kdf.mgf1(Digest.SHA1, seed.octets(secret).toArray(), size);
            for (int i = 0; i < size; i++) {
                part[i] ^= mask[i];
            }
        } else {
            byte[] iv = Kdf.mgf1(Digest.SHA1, seed.toArray(), 16);
            SymmetricMode mode = scheme == 4 ? SymmetricMode.CTR : SymmetricMode.OFB;
            SymmetricCipher.encrypt(SymmetricAlgorithm.AES, mode, Arrays.copyOf(secret, 16), iv, part);
        }
        System.arraycopy(part, 0, octets, at, size);
    }

    public static int authResponseSize() {
        return AUTH_RESPONSE_SIZE;
    }
}
