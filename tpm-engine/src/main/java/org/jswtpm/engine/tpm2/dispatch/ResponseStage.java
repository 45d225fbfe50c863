package org.jswtpm.engine.tpm2.dispatch;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Completes the response of a command that succeeded (Part 3, 5.9): new nonces, encryption of the first parameter, audit, and
 * the session area with its HMACs.
 */
final class ResponseStage {
    private static final byte[] NONE = new byte[0];

    private final TpmState tpm;

    ResponseStage(TpmState tpm) {
        this.tpm = tpm;
    }

    /**
     * @param parameters where the parameters of the response begin
     */
    void run(Exchange exchange, int parameters) {
        WireWriter out = exchange.out;
        if (exchange.hasSessions) {
            for (int i = 0; i < exchange.sessionCount; i++) {
                if (exchange.sessions[i].session != null) {
                    tpm.random().generate(exchange.sessions[i].session.nonceTpm());
                }
            }
            if (exchange.encrypting != null) {
                ParameterEncryption.encrypt(out, parameters, exchange.encrypting);
            }
        }
        exchange.responseParameters = parameters;
        exchange.responseParametersEnd = out.size();
        auditSessions(exchange);
        if (tpm.audit().isAudited(exchange.code.code())) {
            auditCommand(exchange);
        }
        for (int i = 0; i < exchange.sessionCount; i++) {
            answer(exchange, exchange.sessions[i]);
        }
    }

    /** Part 1, 32.3: extends the digest of the audit session, and sees which session is the exclusive one. */
    private void auditSessions(Exchange exchange) {
        SessionSlots slots = tpm.sessions();
        boolean audited = false;
        for (int i = 0; i < exchange.sessionCount; i++) {
            SessionUse use = exchange.sessions[i];
            if (use.session == null || !use.has(SessionAttributes.AUDIT)) {
                continue;
            }
            audited = true;
            if (!use.session.isAudit() || use.has(SessionAttributes.AUDIT_RESET)) {
                use.session.startAudit();
                slots.setExclusiveAudit(use.handle);
            } else if (!slots.exclusiveAudit().equals(use.handle)) {
                slots.setExclusiveAudit(Handle.UNASSIGNED);
            }
            if (slots.exclusiveAudit().equals(use.handle)) {
                use.attributes |= SessionAttributes.AUDIT_EXCLUSIVE;
            } else {
                use.attributes &= ~SessionAttributes.AUDIT_EXCLUSIVE;
            }
            Session session = use.session;
            session.extendDigest(exchange.cpHash(session.authHash()), exchange.rpHash(session.authHash()));
        }
        if (!audited && !exchange.code.allowsNoSessions()) {
            slots.setExclusiveAudit(Handle.UNASSIGNED);
        }
    }

    private void auditCommand(Exchange exchange) {
        if (!tpm.audit().takeHashChanged()) {
            tpm.audit()
                    .extend(
                            exchange.cpHash(tpm.audit().hash()),
                            exchange.rpHash(tpm.audit().hash()));
        }
    }

    private void answer(Exchange exchange, SessionUse use) {
        WireWriter out = exchange.out;
        Session session = use.session;
        if (session == null) {
            out.uint16(0)
                    .uint8(use.attributes | SessionAttributes.CONTINUE_SESSION)
                    .uint16(0);
            return;
        }
        byte[] hmac = session.isPolicy() && session.isPasswordNeeded()
                ? NONE
                : SessionHmac.ofResponse(exchange.rpHash(session.authHash()), use);
        boolean goesOn = use.has(SessionAttributes.CONTINUE_SESSION);
        out.uint16(session.nonceTpm().length).octets(session.nonceTpm());
        out.uint8(use.attributes);
        out.uint16(hmac.length).octets(hmac);
        if (!goesOn) {
            tpm.sessions().flush(use.handle);
        } else if (session.isPolicy()) {
            session.resetPolicy();
            session.setStartTime(tpm.clock().time(), tpm.clock().epoch());
        }
    }
}
