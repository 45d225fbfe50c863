package org.jswtpm.engine.tpm2.differential;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Builds one TPM 2.0 command with password authorizations. */
final class Request {
    private static final int ST_NO_SESSIONS = 0x8001;
    private static final int ST_SESSIONS = 0x8002;
    private static final int RS_PW = 0x4000_0009;

    private final int code;
    private final WireWriter handles = new WireWriter();
    private final WireWriter sessions = new WireWriter();
    private final WireWriter parameters = new WireWriter();

    private Request(int code) {
        this.code = code;
    }

    static Request of(int code) {
        return new Request(code);
    }

    Request handle(int handle) {
        handles.uint32(handle);
        return this;
    }

    /** A password authorization; the n-th belongs to the n-th handle that needs one. */
    Request password(String hexAuth) {
        return session(RS_PW, 0x01, hexAuth);
    }

    /** A session without HMAC: a password, or a policy session that needs none. */
    Request session(int session, int attributes, String hexHmac) {
        sessions.uint32(session).uint16(0).uint8(attributes).sized2(Bytes.hex(hexHmac));
        return this;
    }

    Request u8(int value) {
        parameters.uint8(value);
        return this;
    }

    Request u16(int value) {
        parameters.uint16(value);
        return this;
    }

    Request u32(int value) {
        parameters.uint32(value);
        return this;
    }

    Request u64(long value) {
        parameters.uint64(value);
        return this;
    }

    Request raw(Bytes octets) {
        parameters.bytes(octets);
        return this;
    }

    Request raw(String hex) {
        return raw(Bytes.hex(hex));
    }

    Request sized2(Bytes octets) {
        parameters.sized2(octets);
        return this;
    }

    Request sized2(String hex) {
        return sized2(Bytes.hex(hex));
    }

    byte[] toBytes() {
        boolean authorized = sessions.size() > 0;
        WireWriter out = new WireWriter().uint16(authorized ? ST_SESSIONS : ST_NO_SESSIONS);
        int start = out.size();
        out.uint32(0).uint32(code).bytes(handles.toBytes());
        if (authorized) {
            out.uint32(sessions.size()).bytes(sessions.toBytes());
        }
        out.bytes(parameters.toBytes());
        out.patchUint32(start, out.size());
        return out.toArray();
    }
}
