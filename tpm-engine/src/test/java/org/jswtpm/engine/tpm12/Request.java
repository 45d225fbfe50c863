package org.jswtpm.engine.tpm12;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** A command as a client makes it: ordinal, handles, parameters, authorizations. Fields are added in the order of the wire. */
public final class Request {
    private static final int SIZE_POSITION = 2;
    private static final int ORDINAL_POSITION = 6;

    private final int ordinal;
    private final WireWriter handles = new WireWriter();
    private final WireWriter parameters = new WireWriter();
    private final List<ClientSession> sessions = new ArrayList<>();
    private int undigestedResponse;

    private Request(int ordinal) {
        this.ordinal = ordinal;
    }

    public static Request of(Ordinal ordinal) {
        return new Request(ordinal.code());
    }

    /** As {@link #of(Ordinal)}, for a number that need not exist. */
    public static Request of(int ordinal) {
        return new Request(ordinal);
    }

    /** A handle, which does not count in the digest. */
    public Request handle(int handle) {
        handles.uint32(handle);
        return this;
    }

    public Request u8(int value) {
        parameters.uint8(value);
        return this;
    }

    public Request u16(int value) {
        parameters.uint16(value);
        return this;
    }

    public Request u32(int value) {
        parameters.uint32(value);
        return this;
    }

    /** Octets in hexadecimal; blanks are allowed. */
    public Request hex(String digits) {
        return bytes(Bytes.hex(digits));
    }

    public Request bytes(Bytes octets) {
        parameters.bytes(octets);
        return this;
    }

    /** A 32-bit size and octets. */
    public Request sized(Bytes octets) {
        parameters.sized4(octets);
        return this;
    }

    /** An authorization. */
    public Request auth(ClientSession session) {
        sessions.add(session);
        return this;
    }

    /** How many octets of the response's parameters come before those that count in the digest. */
    public Request undigestedResponse(int size) {
        undigestedResponse = size;
        return this;
    }

    int ordinal() {
        return ordinal;
    }

    /** The octets, as they go to the TPM. The sessions make new nonces. */
    public byte[] toArray() {
        return toArray(UnaryOperator.identity());
    }

    /** As {@link #toArray()}, damaged by {@code edit} first, so that it is authorized as it comes. */
    public byte[] toArray(UnaryOperator<byte[]> edit) {
        WireWriter whole = new WireWriter();
        whole.uint16(0xC1 + sessions.size()).uint32(0).uint32(ordinal);
        whole.octets(handles.toArray()).octets(parameters.toArray());
        whole.patchUint32(SIZE_POSITION, whole.size() + sessions.size() * ClientSession.REQUEST_SIZE);
        byte[] command = edit.apply(whole.toArray());
        int begin = Math.min(Reply.HEADER_SIZE + handles.size(), command.length);
        byte[] digest = Hasher.of(Digest.SHA1)
                .update(command, ORDINAL_POSITION, Integer.BYTES)
                .update(command, begin, command.length - begin)
                .digest();
        WireWriter out = new WireWriter().octets(command);
        for (ClientSession session : sessions) {
            session.marshal(digest, out);
        }
        if (command.length != whole.size()) {
            out.patchUint32(SIZE_POSITION, out.size());
        }
        return out.toArray();
    }

    /** Checks the authorizations of a response to this request. */
    public Reply complete(byte[] response) {
        Reply reply = new Reply(response);
        if (reply.code() != 0) {
            return reply;
        }
        int parametersEnd = response.length - sessions.size() * ClientSession.RESPONSE_SIZE;
        int begin = Reply.HEADER_SIZE + undigestedResponse;
        byte[] digest = Hasher.of(Digest.SHA1)
                .updateUint32(0)
                .updateUint32(ordinal)
                .update(response, begin, parametersEnd - begin)
                .digest();
        int at = parametersEnd;
        for (ClientSession session : sessions) {
            session.complete(digest, response, at);
            at += ClientSession.RESPONSE_SIZE;
        }
        return reply.withParameters(parametersEnd);
    }
}
