package org.jswtpm.engine.tpm2.dispatch;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm2.session.Session;

/** The HMACs of a session, in a command and in its response (Part 1, 19.6.5). */
final class SessionHmac {
    private static final byte[] NONE = new byte[0];

    private SessionHmac() {}

    /**
     * What the auth field of a command must hold. A session without any key may leave it empty.
     *
     * @param index of the session in the command; the first one, if it authorizes, vouches for the nonces of the sessions
     *     that decrypt and encrypt as well
     */
    static byte[] ofCommand(Exchange exchange, SessionUse use, int index) {
        byte[] key = key(use);
        if (key.length == 0 && use.auth.length == 0) {
            return NONE;
        }
        Session session = use.session;
        Hmac hmac = Hmac.of(Digest.of(session.authHash().value()), key);
        Arrays.fill(key, (byte) 0);
        hmac.update(exchange.cpHash(session.authHash()));
        hmac.update(use.nonceCaller).update(session.nonceTpm());
        if (index == 0 && use.entity != null) {
            SessionUse decrypting = exchange.decrypting;
            SessionUse encrypting = exchange.encrypting;
            if (decrypting != null && decrypting != use) {
                hmac.update(decrypting.session.nonceTpm());
            }
            if (encrypting != null && encrypting != use && encrypting != decrypting) {
                hmac.update(encrypting.session.nonceTpm());
            }
        }
        return hmac.updateByte(use.attributes).mac();
    }

    /** What the auth field of a response holds; empty if that of the command was and there is no key. */
    static byte[] ofResponse(byte[] rpHash, SessionUse use) {
        byte[] key = key(use);
        if (key.length == 0 && use.auth.length == 0) {
            return NONE;
        }
        Session session = use.session;
        Hmac hmac = Hmac.of(Digest.of(session.authHash().value()), key);
        Arrays.fill(key, (byte) 0);
        return hmac.update(rpHash)
                .update(session.nonceTpm())
                .update(use.nonceCaller)
                .updateByte(use.attributes)
                .mac();
    }

    /** The session key and, where the session says so, the auth value of the entity. */
    private static byte[] key(SessionUse use) {
        byte[] auth = use.session.includesAuth() && use.entity != null ? use.entity.auth() : NONE;
        return join(use.session, auth);
    }

    /** The session key and {@code auth}, which is wiped; the caller wipes the result. */
    static byte[] join(Session session, byte[] auth) {
        int keySize = session.sessionKey().size();
        byte[] joined = new byte[keySize + auth.length];
        session.sessionKey().copyTo(joined, 0);
        System.arraycopy(auth, 0, joined, keySize, auth.length);
        Arrays.fill(auth, (byte) 0);
        return joined;
    }
}
