package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_CONTEXT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_MISSING;
import static org.jswtpm.engine.tpm2.structure.TpmRc.EXCLUSIVE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NONCE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.REFERENCE_S0;
import static org.jswtpm.engine.tpm2.structure.TpmRc.RESERVED_BITS;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SYMMETRIC;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.HandleSlot;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/**
 * Reads the session area (Part 3, 5.5) and gives each session to the entity it is to authorize. Nothing is authorized yet.
 */
final class SessionStage {
    /** A handle, a nonce and an HMAC of no octets, and the attributes between them. */
    private static final int SMALLEST_AREA = 9;

    private static final int MAX_DIGEST = 64;
    private static final int PASSWORD_FORBIDDEN = SessionAttributes.ENCRYPT
            | SessionAttributes.DECRYPT
            | SessionAttributes.AUDIT
            | SessionAttributes.AUDIT_EXCLUSIVE
            | SessionAttributes.AUDIT_RESET;

    private final TpmState tpm;

    SessionStage(TpmState tpm) {
        this.tpm = tpm;
    }

    void run(Exchange exchange) {
        if (!exchange.hasSessions) {
            exchange.parameters = exchange.in.position();
            assign(exchange);
            return;
        }
        long areaSize = exchange.in.unsigned32();
        check(areaSize >= SMALLEST_AREA && areaSize <= exchange.in.remaining(), SIZE);
        WireReader area = exchange.in.slice((int) areaSize);
        exchange.parameters = exchange.in.position();
        check(!exchange.code.allowsNoSessions(), AUTH_CONTEXT);
        boolean audited = false;
        while (area.remaining() > 0) {
            int number = exchange.sessionCount + 1;
            check(number <= Exchange.MAX_SESSIONS, SIZE.session(number));
            SessionUse use = read(area, number);
            if (use.isPassword()) {
                check(!use.has(PASSWORD_FORBIDDEN), ATTRIBUTES.session(number));
                check(use.nonceCaller.length == 0, NONCE.session(number));
            } else {
                load(use, exchange);
                checkDecrypt(use, exchange, number);
                checkEncrypt(use, exchange, number);
                if (use.has(SessionAttributes.AUDIT)) {
                    check(!audited, ATTRIBUTES.session(number));
                    checkAudit(use, number);
                    audited = true;
                }
            }
            exchange.sessions[exchange.sessionCount++] = use;
        }
        assign(exchange);
    }

    private static SessionUse read(WireReader area, int number) {
        try {
            Handle handle = Handle.unmarshal(area);
            check(handle.isSession() || handle.equals(Handle.PASSWORD), VALUE);
            byte[] nonce = area.octets(area.size2(MAX_DIGEST));
            int attributes = area.uint8();
            check((attributes & SessionAttributes.RESERVED) == 0, RESERVED_BITS);
            return new SessionUse(handle, nonce, attributes, area.octets(area.size2(MAX_DIGEST)));
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).session(number).exception();
        }
    }

    private void load(SessionUse use, Exchange exchange) {
        int index = exchange.sessionCount;
        check(tpm.sessions().isLoaded(use.handle), REFERENCE_S0.at(index));
        Session session = tpm.sessions().get(use.handle);
        boolean isPolicyHandle = use.handle.type() == Handle.TYPE_POLICY_SESSION;
        check(session.isPolicy() == isPolicyHandle, HANDLE.session(index + 1));
        for (int i = 0; i < index; i++) {
            check(!exchange.sessions[i].handle.equals(use.handle), HANDLE.session(index + 1));
        }
        use.session = session;
    }

    private static void checkDecrypt(SessionUse use, Exchange exchange, int number) {
        if (use.has(SessionAttributes.DECRYPT)) {
            check(exchange.code.isDecryptable(), ATTRIBUTES.session(number));
            check(exchange.decrypting == null, ATTRIBUTES.session(number));
            check(!use.session.symmetric().isNull(), SYMMETRIC.session(number));
            exchange.decrypting = use;
        }
    }

    private static void checkEncrypt(SessionUse use, Exchange exchange, int number) {
        if (use.has(SessionAttributes.ENCRYPT)) {
            check(exchange.code.isEncryptable(), ATTRIBUTES.session(number));
            check(exchange.encrypting == null, ATTRIBUTES.session(number));
            check(!use.session.symmetric().isNull(), SYMMETRIC.session(number));
            exchange.encrypting = use;
        }
    }

    private void checkAudit(SessionUse use, int number) {
        check(use.handle.type() != Handle.TYPE_POLICY_SESSION, ATTRIBUTES.session(number));
        boolean goesOn = !use.has(SessionAttributes.AUDIT_RESET) && use.session.isAudit();
        if (goesOn && use.has(SessionAttributes.AUDIT_EXCLUSIVE)) {
            check(tpm.sessions().exclusiveAudit().equals(use.handle), EXCLUSIVE);
        }
    }

    /** The handles that need authorization come first, and so do their sessions. */
    private static void assign(Exchange exchange) {
        CommandCode code = exchange.code;
        for (int i = 0; i < code.handleCount(); i++) {
            if (code.handle(i).role() != HandleSlot.Role.NONE) {
                check(i < exchange.sessionCount, AUTH_MISSING);
                exchange.sessions[i].entity = exchange.entities[i];
            }
        }
    }
}
