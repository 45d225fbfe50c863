package org.jswtpm.engine.tpm2;

import java.util.List;
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
}
