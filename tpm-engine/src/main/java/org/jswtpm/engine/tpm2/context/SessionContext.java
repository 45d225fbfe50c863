package org.jswtpm.engine.tpm2.context;

import static org.jswtpm.engine.tpm2.structure.TpmRc.INTEGRITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.session.SessionWord;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtSymDef;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * The contents of a session's context: the structure SESSION as it lies in the memory of libtpms on a 64-bit little endian
 * machine.
 *
 * <pre>
 *    0  attributes   u32      24  epoch            u32      36  symmetric    3 x u16
 *    4  pcrCounter   u32      28  commandCode      u32      42  sessionKey   u16 size, 64 octets
 *    8  startTime    u64      32  authHashAlg      u16     108  nonceTPM     u16 size, 64 octets
 *   16  timeout      u64      34  commandLocality  u8, 0   174  bound entity or hash  u16 size, 68 octets
 *                                                          244  digest       u16 size, 64 octets; 2 of padding
 * </pre>
 */
public final class SessionContext {
    /** Octets of a session's contents. */
    public static final int SIZE = 312;

    private static final int SYMMETRIC = 36;
    private static final int SESSION_KEY = 42;
    private static final int NONCE_TPM = 108;
    private static final int RESTRICTION = 174;
    private static final int DIGEST = 244;

    private SessionContext() {}

    /** The contents; the caller's to wipe. */
    public static byte[] write(Session session) {
        ByteBuffer out = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(SessionWord.of(session)).putInt(session.pcrCounter());
        out.putLong(session.startTime()).putLong(session.timeout());
        out.putInt(session.epoch()).putInt(session.commandCode());
        out.putShort((short) session.authHash().value()).put((byte) session.commandLocality());
        TpmtSymDef symmetric = session.symmetric();
        out.position(SYMMETRIC);
        out.putShort((short) symmetric.algorithm().value());
        if (symmetric.algorithm() == AlgId.XOR) {
            out.putShort((short) symmetric.hash().value());
        } else if (!symmetric.isNull()) {
            out.putShort((short) symmetric.keyBits())
                    .putShort((short) symmetric.mode().value());
        }
        session.sessionKey().lend(key -> putSized(out, SESSION_KEY, key));
        putSized(out, NONCE_TPM, session.nonceTpm());
        putSized(out, RESTRICTION, session.restrictionValue().toArray());
        putSized(out, DIGEST, session.digest().toArray());
        return out.array();
    }

    private static void putSized(ByteBuffer out, int position, byte[] octets) {
        out.position(position).putShort((short) octets.length).put(octets);
    }

    /**
     * The session of {@code contents}, which this TPM or libtpms has written.
     *
     * @throws org.jswtpm.engine.wire.TpmException TPM_RC_INTEGRITY if they are not those of a session
     */
    public static Session read(byte[] contents) {
        check(contents.length == SIZE, INTEGRITY);
        ByteBuffer in = ByteBuffer.wrap(contents).order(ByteOrder.LITTLE_ENDIAN);
        int attributes = in.getInt();
        int pcrCounter = in.getInt();
        long startTime = in.getLong();
        long timeout = in.getLong();
        int epoch = in.getInt();
        int commandCode = in.getInt();
        HashAlg authHash = hash(in.getShort() & 0xffff);
        int commandLocality = in.get() & 0xff;
        Session session = new Session(SessionWord.type(attributes), authHash, symmetric(in), sized(in, NONCE_TPM));
        session.setSessionKey(Secret.take(sized(in, SESSION_KEY)));
        SessionWord.apply(attributes, sized(in, RESTRICTION), session);
        session.setDigest(Bytes.wrap(sized(in, DIGEST)));
        session.setPcrCounter(pcrCounter);
        session.setStartTime(startTime, epoch);
        session.setTimeout(timeout);
        session.setCommandCode(commandCode);
        session.setCommandLocality(commandLocality);
        check(session.isConsistent(), INTEGRITY);
        return session;
    }

    private static HashAlg hash(int value) {
        HashAlg hash = HashAlg.of(value);
        check(hash != null && !hash.isNull(), INTEGRITY);
        return hash;
    }

    private static TpmtSymDef symmetric(ByteBuffer in) {
        in.position(SYMMETRIC);
        AlgId algorithm = AlgId.of(in.getShort() & 0xffff);
        int keyBitsOrHash = in.getShort() & 0xffff;
        int mode = in.getShort() & 0xffff;
        if (algorithm == null || algorithm.isNull()) {
            return TpmtSymDef.NULL;
        }
        if (algorithm == AlgId.XOR) {
            return new TpmtSymDef(algorithm, 0, AlgId.NULL, hash(keyBitsOrHash));
        }
        check(AlgorithmSet.allOf(Integer.MAX_VALUE).isEnabled(algorithm, keyBitsOrHash), INTEGRITY);
        return new TpmtSymDef(algorithm, keyBitsOrHash, AlgId.of(mode), HashAlg.NULL);
    }

    private static byte[] sized(ByteBuffer in, int position) {
        int size = in.getShort(position) & 0xffff;
        check(size <= (position == RESTRICTION ? TpmLimits.MAX_NAME_SIZE : TpmLimits.MAX_DIGEST_SIZE), INTEGRITY);
        byte[] octets = new byte[size];
        in.get(position + Short.BYTES, octets);
        return octets;
    }
}
