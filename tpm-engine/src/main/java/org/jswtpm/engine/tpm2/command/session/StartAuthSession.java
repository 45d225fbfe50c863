package org.jswtpm.engine.tpm2.command.session;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.object.SharedSecret;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.session.Restriction;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.session.SessionType;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtSymDef;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_StartAuthSession: starts an HMAC session, a policy session or a trial, salted by a secret that is encrypted to a key,
 * bound to an entity, or neither.
 *
 * <p>Part 3, 11.1. Answers SIZE at parameter 1 for a nonce of less than 16 octets or longer than a digest; KEY, HANDLE and
 * ATTRIBUTES at handle 1 for a key that cannot decrypt the salt; VALUE at parameter 2 for a salt that is not one; HANDLE at
 * handle 2 for an entity without an auth value of its own; MODE at parameter 4 for a block cipher in another mode than CFB;
 * SESSION_MEMORY, CONTEXT_GAP, SESSION_HANDLES.
 */
public final class StartAuthSession implements Command<StartAuthSession.In, StartAuthSession.Out> {
    private static final int TPM_KEY = 1;
    private static final int BIND = 2;
    private static final int NONCE_CALLER = 1;
    private static final int ENCRYPTED_SALT = 2;
    private static final int SESSION_TYPE = 3;
    private static final int SYMMETRIC = 4;
    private static final int AUTH_HASH = 5;

    private static final int MIN_NONCE_SIZE = 16;

    record In(
            Handle tpmKey,
            Handle bind,
            Bytes nonceCaller,
            Bytes encryptedSalt,
            SessionType sessionType,
            TpmtSymDef symmetric,
            HashAlg authHash) {}

    record Out(Handle sessionHandle, Bytes nonceTpm) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        Bytes nonceCaller = in.at(NONCE_CALLER).sized2(TpmLimits.MAX_DIGEST_SIZE);
        Bytes encryptedSalt = in.at(ENCRYPTED_SALT).sized2(TpmLimits.MAX_ENCRYPTED_SECRET_SIZE);
        SessionType type = SessionType.of(in.at(SESSION_TYPE).uint8());
        check(type != null, VALUE);
        return new In(
                handles.get(TPM_KEY),
                handles.get(BIND),
                nonceCaller,
                encryptedSalt,
                type,
                TpmtSymDef.unmarshalOrNull(in.at(SYMMETRIC), in.algorithms()),
                HashAlg.unmarshal(in.at(AUTH_HASH), in.algorithms()));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        int nonceSize = in.nonceCaller.size();
        check(nonceSize >= MIN_NONCE_SIZE && nonceSize <= in.authHash.digestSize(), SIZE.parameter(NONCE_CALLER));
        try (Secret salt = salt(in, tpm)) {
            boolean bound = !in.bind.equals(Handle.NULL);
            if (bound) {
                check(tpm.entities().canBind(in.bind), HANDLE.handle(BIND));
            }
            AlgId algorithm = in.symmetric.algorithm();
            boolean isBlockCipher = algorithm != AlgId.NULL && algorithm != AlgId.XOR;
            check(!isBlockCipher || in.symmetric.mode() == AlgId.CFB, MODE.parameter(SYMMETRIC));
            tpm.sessions().checkRoom();

            byte[] nonceTpm = tpm.random().generate(nonceSize);
            Session session = new Session(in.sessionType, in.authHash, in.symmetric, nonceTpm);
            if (session.isPolicy()) {
                session.setStartTime(tpm.clock().time(), tpm.clock().epoch());
            }
            if (bound) {
                bind(session, tpm.entities().of(in.bind), in, salt, tpm);
            } else if (!salt.isEmpty()) {
                session.setSessionKey(sessionKey(session, new byte[0], salt, in.nonceCaller));
            }
            return new Out(tpm.sessions().add(session), Bytes.copyOf(nonceTpm));
        }
    }

    private static Secret salt(In in, TpmState tpm) {
        if (in.tpmKey.equals(Handle.NULL)) {
            check(in.encryptedSalt.isEmpty(), VALUE.parameter(ENCRYPTED_SALT));
            return Secret.empty();
        }
        TpmObject key = tpm.objects().object(in.tpmKey, KEY.handle(TPM_KEY));
        check(key.type() == PublicType.RSA || key.type() == PublicType.ECC, KEY.handle(TPM_KEY));
        check(!in.encryptedSalt.isEmpty(), VALUE.parameter(ENCRYPTED_SALT));
        check(!key.isPublicOnly(), HANDLE.handle(TPM_KEY));
        check(key.publicAttributes().decrypt(), ATTRIBUTES.handle(TPM_KEY));
        try {
            return SharedSecret.open(key, in.nonceCaller, "SECRET", in.encryptedSalt, tpm.helpers());
        } catch (TpmException e) {
            throw VALUE.parameter(ENCRYPTED_SALT).exception();
        }
    }

    /** A policy session takes its key from the entity but is not bound to it (Part 1, 19.6.12). */
    private static void bind(Session session, Entity entity, In in, Secret salt, TpmState tpm) {
        session.setSessionKey(sessionKey(session, entity.auth(), salt, in.nonceCaller));
        if (!session.isPolicy()) {
            session.restrict(Restriction.BOUND_ENTITY, tpm.entities().bindValue(entity));
        }
        session.setDaBound(entity.isDaProtected(), entity.handle().equals(Handle.LOCKOUT));
    }

    /** sessionKey (Part 1, 19.6.8); wipes {@code auth}. */
    private static Secret sessionKey(Session session, byte[] auth, Secret salt, Bytes nonceCaller) {
        byte[] value = Arrays.copyOf(auth, auth.length + salt.size());
        salt.copyTo(value, auth.length);
        Digest hash = Digest.of(session.authHash().value());
        byte[] key = Kdf.kdfa(hash, value, "ATH", session.nonceTpm(), nonceCaller.toArray(), hash.size() * Byte.SIZE);
        Arrays.fill(auth, (byte) 0);
        Arrays.fill(value, (byte) 0);
        return Secret.take(key);
    }

    @Override
    public Handle responseHandle(Out out) {
        return out.sessionHandle;
    }

    @Override
    public void marshal(Out response, WireWriter out) {
        out.sized2(response.nonceTpm);
    }
}
