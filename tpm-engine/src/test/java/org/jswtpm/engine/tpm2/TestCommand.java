package org.jswtpm.engine.tpm2;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** A command as a client makes it: code, handles with their Names, sessions, parameters. Every method gives a new one. */
public final class TestCommand {
    private final int code;
    private final List<Handle> handles;
    private final List<Bytes> names;
    private final List<ClientSession> sessions;
    private final Bytes parameters;

    private TestCommand(
            int code, List<Handle> handles, List<Bytes> names, List<ClientSession> sessions, Bytes parameters) {
        this.code = code;
        this.handles = handles;
        this.names = names;
        this.sessions = sessions;
        this.parameters = parameters;
    }

    /** A command without handles, sessions and parameters. */
    public static TestCommand of(CommandCode code) {
        return of(code.code());
    }

    /** As {@link #of(CommandCode)}, for a code that need not exist. */
    public static TestCommand of(int code) {
        return new TestCommand(code, List.of(), List.of(), List.of(), Bytes.EMPTY);
    }

    /** Adds a handle whose Name is the handle. */
    public TestCommand handle(Handle handle) {
        return handle(handle, handle.asName());
    }

    /** Adds a handle; its Name counts with HMAC sessions. */
    public TestCommand handle(Handle handle, Bytes name) {
        return new TestCommand(code, with(handles, handle), with(names, name), sessions, parameters);
    }

    /** Adds a password session; the password in hexadecimal. */
    public TestCommand password(String password) {
        return session(ClientSession.password(Bytes.hex(password)));
    }

    /** Adds a session. */
    public TestCommand session(ClientSession session) {
        return new TestCommand(code, handles, names, with(sessions, session), parameters);
    }

    /** Adds parameters in hexadecimal; blanks are allowed. */
    public TestCommand parameters(String hex) {
        return parameters(Bytes.hex(hex));
    }

    /** Adds parameters. */
    public TestCommand parameters(Bytes octets) {
        return new TestCommand(code, handles, names, sessions, parameters.then(octets));
    }

    /** Adds a parameter that is a TPM2B. */
    public TestCommand sized(Bytes octets) {
        return parameters(new WireWriter().sized2(octets).toBytes());
    }

    int code() {
        return code;
    }

    int parameterSize() {
        return parameters.size();
    }

    /** The same with the first octets of its parameters only. */
    TestCommand cutOff(int size) {
        return new TestCommand(code, handles, names, sessions, parameters.slice(0, size));
    }

    List<Bytes> names() {
        return names;
    }

    List<ClientSession> sessions() {
        return sessions;
    }

    /** The octets, as they go to the TPM. The sessions make new nonces. */
    public byte[] toArray() {
        WireWriter out = new WireWriter();
        out.uint16(sessions.isEmpty() ? 0x8001 : 0x8002).uint32(0).uint32(code);
        handles.forEach(handle -> handle.marshal(out));
        Bytes sent = parameters;
        if (!sessions.isEmpty()) {
            sessions.forEach(ClientSession::newNonce);
            for (ClientSession session : sessions) {
                sent = session.encryptFirst(sent);
            }
            int mark = out.beginSized4();
            for (ClientSession session : sessions) {
                session.marshal(this, sent, out);
            }
            out.endSized4(mark);
        }
        out.bytes(sent);
        out.patchUint32(2, out.size());
        return out.toArray();
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
