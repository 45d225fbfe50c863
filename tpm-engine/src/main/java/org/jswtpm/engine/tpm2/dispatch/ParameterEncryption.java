package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.INSUFFICIENT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.TpmtSymDef;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Encrypts the first parameter of a command or a response, without its size field, by a block cipher in CFB mode or by XOR
 * (Part 1, 21).
 */
final class ParameterEncryption {
    private static final int SIZE_FIELD = 2;
    private static final byte[] NONE = new byte[0];

    private ParameterEncryption() {}

    /** Decrypts the first parameter of the command in place. */
    static void decrypt(Exchange exchange, SessionUse use) {
        byte[] request = exchange.request;
        int data = exchange.parameters + SIZE_FIELD;
        check(request.length >= data, INSUFFICIENT);
        int size = (request[data - 2] & 0xff) << 8 | request[data - 1] & 0xff;
        check(size <= request.length - data, SIZE);
        byte[] octets = Arrays.copyOfRange(request, data, data + size);
        byte[] key = key(use);
        TpmtSymDef symmetric = use.session.symmetric();
        if (symmetric.algorithm() == AlgId.XOR) {
            Kdf.xorObfuscate(digest(use.session), key, use.nonceCaller, use.session.nonceTpm(), octets);
        } else {
            Cfb cfb = new Cfb(use.session, key, use.nonceCaller, use.session.nonceTpm());
            SymmetricCipher.decrypt(cfb.algorithm, SymmetricMode.CFB, cfb.key, cfb.iv, octets);
            cfb.wipe();
        }
        System.arraycopy(octets, 0, request, data, size);
        Arrays.fill(octets, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    /** Encrypts the first parameter of the response, which begins at {@code position}, in place. */
    static void encrypt(WireWriter out, int position, SessionUse use) {
        byte[] sizeField = out.copy(position, SIZE_FIELD);
        int size = (sizeField[0] & 0xff) << 8 | sizeField[1] & 0xff;
        byte[] octets = out.copy(position + SIZE_FIELD, size);
        byte[] key = key(use);
        TpmtSymDef symmetric = use.session.symmetric();
        if (symmetric.algorithm() == AlgId.XOR) {
            Kdf.xorObfuscate(digest(use.session), key, use.session.nonceTpm(), use.nonceCaller, octets);
        } else {
            Cfb cfb = new Cfb(use.session, key, use.session.nonceTpm(), use.nonceCaller);
            SymmetricCipher.encrypt(cfb.algorithm, SymmetricMode.CFB, cfb.key, cfb.iv, octets);
            cfb.wipe();
        }
        out.patch(position + SIZE_FIELD, octets);
        Arrays.fill(key, (byte) 0);
    }

    /** The session key, and the auth value of the entity that the session authorizes, even if it is bound to that one. */
    private static byte[] key(SessionUse use) {
        return SessionHmac.join(use.session, use.entity == null ? NONE : use.entity.auth());
    }

    private static Digest digest(Session session) {
        return Digest.of(session.authHash().value());
    }

    /** Key and initialization vector of one use (Part 1, 21.3). */
    private static final class Cfb {
        final SymmetricAlgorithm algorithm;
        final byte[] key;
        final byte[] iv;

        Cfb(Session session, byte[] sessionValue, byte[] nonceNewer, byte[] nonceOlder) {
            TpmtSymDef symmetric = session.symmetric();
            algorithm = SymmetricAlgorithm.of(symmetric.algorithm().value());
            int keySize = symmetric.keyBits() / Byte.SIZE;
            int bits = symmetric.keyBits() + algorithm.blockSize() * Byte.SIZE;
            byte[] derived = Kdf.kdfa(digest(session), sessionValue, "CFB", nonceNewer, nonceOlder, bits);
            key = Arrays.copyOf(derived, keySize);
            iv = Arrays.copyOfRange(derived, keySize, derived.length);
            Arrays.fill(derived, (byte) 0);
        }

        void wipe() {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(iv, (byte) 0);
        }
    }
}
