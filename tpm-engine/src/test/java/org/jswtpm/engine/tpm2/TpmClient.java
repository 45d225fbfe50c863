package org.jswtpm.engine.tpm2;

import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** Sends commands to a TPM and reads its answers. */
public abstract class TpmClient {
    /** One command, one response. */
    public abstract byte[] exchange(byte[] command);

    /** Sends a command and checks the HMACs of the response. */
    public Answer send(TestCommand command) {
        byte[] response = exchange(command.toArray());
        Answer answer = new Answer(command, response);
        if (answer.code().equals(TpmRc.SUCCESS)) {
            return withSessions(command, answer);
        }
        return answer;
    }

    /** Sends octets as they are. */
    public Answer send(TestCommand like, byte[] octets) {
        return new Answer(like, exchange(octets));
    }

    private static Answer withSessions(TestCommand command, Answer answer) {
        List<ClientSession> sessions = command.sessions();
        if (sessions.isEmpty()) {
            return answer;
        }
        WireReader area = WireReader.over(answer.sessionArea(), TpmRc.WIRE_FAULTS);
        Bytes parameters = answer.parameters();
        Bytes plain = parameters;
        for (ClientSession session : sessions) {
            session.unmarshal(command, parameters, area);
        }
        for (ClientSession session : sessions) {
            plain = session.decryptFirst(plain);
        }
        byte[] octets = answer.octets().toArray();
        plain.copyTo(octets, octets.length - answer.sessionArea().size() - plain.size());
        return new Answer(command, octets);
    }

    /**
     * Starts a session without salt, with a nonce of 16 octets.
     *
     * @param type 0 for HMAC, 1 for policy, 3 for a trial
     * @param bind what it is bound to, or TPM_RH_NULL
     * @param aesBits the key size of its parameter encryption; 0 for none
     */
    public ClientSession startSession(int type, Digest hash, Handle bind, Bytes bindAuth, int aesBits) {
        String symmetric = aesBits == 0 ? "0010" : "0006 %04x 0043".formatted(aesBits);
        return startSession(type, hash, bind, bindAuth, symmetric, aesBits);
    }

    /** Starts a session whose parameter encryption is XOR. */
    public ClientSession startXorSession(Digest hash) {
        return startSession(0, hash, Handle.NULL, Bytes.EMPTY, "000a %04x".formatted(hash.algId()), 0);
    }

    private ClientSession startSession(
            int type, Digest hash, Handle bind, Bytes bindAuth, String symmetric, int aesBits) {
        Bytes nonce = Bytes.zeros(16);
        Answer answer = send(TestCommand.of(CommandCode.START_AUTH_SESSION)
                .handle(Handle.NULL)
                .handle(bind)
                .sized(nonce)
                .sized(Bytes.EMPTY)
                .parameters("%02x".formatted(type) + symmetric + "%04x".formatted(hash.algId())));
        Bytes nonceTpm = answer.read().sized2(64);
        ClientSession session = ClientSession.started(answer.handle(), hash, aesBits, nonce, nonceTpm);
        return bind.equals(Handle.NULL) ? session : session.keyFrom(bindAuth, Bytes.EMPTY);
    }

    /** An HMAC session that is neither salted nor bound, with SHA-256 and no encryption. */
    public ClientSession startHmacSession() {
        return startSession(0, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0);
    }
}
