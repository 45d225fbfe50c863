package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.SESSION;
import static org.jswtpm.engine.tpm2.state.StateBlock.SESSION_SLOT;

import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.session.SessionWord;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmtSymDef;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/** Reads and writes the loaded sessions of a volatile state. */
final class SessionCodec {
    /** The epoch has 32 bits where Time stops with the power. */
    private static final int EPOCH_SIZE = 4;

    private SessionCodec() {}

    /** Reads the slots; null stands for an empty one. What follows from the context array is not looked at. */
    static Session[] readSlots(StateReader outer) {
        StateReader in = outer.at("VOLATILE_STATE.sessions").neededBlock();
        in.at("VOLATILE_STATE.sessions, their number").count(SessionSlots.MAX_LOADED);
        Session[] sessions = new Session[SessionSlots.MAX_LOADED];
        for (int i = 0; i < sessions.length; i++) {
            int version = in.header(SESSION_SLOT);
            if (in.at("SESSION_SLOT.occupied").bool()) {
                sessions[i] = read(in);
                in.at("SESSION_SLOT").end(version);
            }
        }
        in.at("VOLATILE_STATE.oldestSavedSession").uint32();
        in.at("VOLATILE_STATE.freeSessionSlots").uint32();
        return sessions;
    }

    private static Session read(StateReader in) {
        int version = in.header(SESSION);
        int bits = in.at("SESSION.attributes").uint32();
        int pcrCounter = in.at("SESSION.pcrCounter").uint32();
        long startTime = in.at("SESSION.startTime").uint64();
        long timeout = in.at("SESSION.timeout").uint64();
        int epochSize = in.at("SESSION.epoch, its size").uint8();
        if (epochSize != EPOCH_SIZE) {
            throw in.fault("is " + epochSize + " instead of " + EPOCH_SIZE);
        }
        int epoch = in.at("SESSION.epoch").uint32();
        int commandCode = in.at("SESSION.commandCode").uint32();
        HashAlg hash = in.at("SESSION.authHashAlg").neededHash();
        int locality = in.at("SESSION.commandLocality").uint8();
        TpmtSymDef symmetric =
                TpmtSymDef.unmarshalOrNull(in.at("SESSION.symmetric").wire(), StateReader.ALGORITHMS);
        Secret key = in.at("SESSION.sessionKey").secret();
        byte[] nonce = in.at("SESSION.nonceTPM").digest().toArray();
        byte[] restriction = in.at("SESSION.boundEntity").name().toArray();
        Bytes digest = in.at("SESSION.auditDigest").digest();
        in.at("SESSION").end(version);
        Session session = new Session(SessionWord.type(bits), hash, symmetric, nonce);
        SessionWord.apply(bits, restriction, session);
        session.setSessionKey(key);
        session.setDigest(digest);
        session.setPcrCounter(pcrCounter);
        session.setStartTime(startTime, epoch);
        session.setTimeout(timeout);
        session.setCommandCode(commandCode);
        session.setCommandLocality(locality);
        if (!session.isConsistent()) {
            throw in.at("SESSION").fault("has a nonce, a key, a digest or a cipher that do not fit its hash algorithm");
        }
        return session;
    }

    static void writeSlots(SessionSlots sessions, WireWriter out) {
        int block = StateWriter.beginBlock(out);
        out.uint16(SessionSlots.MAX_LOADED);
        for (int i = 0; i < SessionSlots.MAX_LOADED; i++) {
            StateWriter.header(out, SESSION_SLOT);
            Session session = sessions.loaded(i);
            StateWriter.bool(out, session != null);
            if (session != null) {
                write(session, out);
                StateWriter.end(out);
            }
        }
        out.uint32(sessions.oldestSaved()).uint32(sessions.freeSlots());
        out.endSized2(block);
    }

    private static void write(Session session, WireWriter out) {
        StateWriter.header(out, SESSION);
        out.uint32(SessionWord.of(session)).uint32(session.pcrCounter());
        out.uint64(session.startTime()).uint64(session.timeout());
        out.uint8(EPOCH_SIZE).uint32(session.epoch());
        out.uint32(session.commandCode());
        session.authHash().marshal(out);
        out.uint8(session.commandLocality());
        session.symmetric().marshal(out);
        out.secret2(session.sessionKey());
        out.uint16(session.nonceTpm().length).octets(session.nonceTpm());
        out.sized2(session.restrictionValue()).sized2(session.digest());
        StateWriter.end(out);
    }
}
