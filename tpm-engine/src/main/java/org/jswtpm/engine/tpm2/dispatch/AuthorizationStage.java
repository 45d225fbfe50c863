package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_UNAVAILABLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.PP;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.entity.AuthUse;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.session.Restriction;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.TpmException;

/**
 * Authorizes the command (Part 3, 5.6): each session must be right for the entity it stands for, or for what else it does.
 * Then the first parameter is decrypted. The order of the checks is that of libtpms.
 */
final class AuthorizationStage {
    private final TpmState tpm;
    private final PolicyCheck policyCheck;
    private final AuthValueCheck authValueCheck;

    AuthorizationStage(TpmState tpm) {
        this.tpm = tpm;
        policyCheck = new PolicyCheck(tpm);
        authValueCheck = new AuthValueCheck(tpm);
    }

    void run(Exchange exchange) {
        for (int i = 0; i < exchange.sessionCount; i++) {
            authorize(exchange, exchange.sessions[i], i);
        }
        if (tpm.audit().isAudited(exchange.code.code())) {
            exchange.cpHash(tpm.audit().hash());
        }
        SessionUse decrypting = exchange.decrypting;
        if (decrypting != null) {
            try {
                ParameterEncryption.decrypt(exchange, decrypting);
            } catch (TpmException e) {
                throw placed(e, exchange.sessions, decrypting);
            }
        }
    }

    private void authorize(Exchange exchange, SessionUse use, int index) {
        int number = index + 1;
        if (use.isPassword()) {
            check(use.entity != null, HANDLE.session(number));
        } else {
            check(!use.session.isTrial(), ATTRIBUTES.session(number));
            if (use.session.isDaBound()) {
                authValueCheck.checkLockedOut(use.session.isLockoutBound());
            }
            if (use.has(SessionAttributes.AUDIT)) {
                exchange.cpHash(use.session.authHash());
            }
        }
        try {
            if (use.entity != null) {
                checkEntity(exchange, use, index);
            } else {
                check(
                        use.has(SessionAttributes.AUDIT | SessionAttributes.ENCRYPT | SessionAttributes.DECRYPT),
                        ATTRIBUTES);
                use.session.setIncludesAuth(false);
                authValueCheck.checkHmac(exchange, use, index);
            }
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).session(number).exception();
        }
    }

    private void checkEntity(Exchange exchange, SessionUse use, int index) {
        Entity entity = use.entity;
        Session session = use.session;
        if (entity.handle().equals(Handle.PLATFORM) && tpm.presence().isRequired(exchange.code.code())) {
            check(tpm.presence().isAsserted(), PP);
        }
        boolean isPolicy = session != null && session.isPolicy();
        boolean authUsed = true;
        if (session != null) {
            authUsed =
                    isPolicy ? session.isAuthValueNeeded() || session.isPasswordNeeded() : !isBoundTo(session, entity);
            session.setIncludesAuth(authUsed);
        }
        if (authUsed && entity.isDaProtected()) {
            authValueCheck.checkLockedOut(entity.handle().equals(Handle.LOCKOUT));
        }
        AuthUse authUse = authUse(exchange.code, index);
        if (isPolicy) {
            check(entity.isPolicyAvailable(authUse), AUTH_UNAVAILABLE);
            policyCheck.run(exchange, use, authUse);
        } else {
            check(!entity.isPolicyRequired(authUse), AUTH_TYPE);
            check(entity.isAuthAvailable(authUse), AUTH_UNAVAILABLE);
        }
        checkAuthValue(exchange, use, index, authUsed);
    }

    private void checkAuthValue(Exchange exchange, SessionUse use, int index, boolean authUsed) {
        boolean right = false;
        try {
            if (use.session == null || use.session.isPasswordNeeded()) {
                authValueCheck.checkPassword(use);
            } else {
                authValueCheck.checkHmac(exchange, use, index);
            }
            right = true;
        } finally {
            if (authUsed) {
                use.entity.authUsed(right);
            }
        }
    }

    /** A bound session needs no auth value of the entity it is bound to, as long as that value has not changed. */
    private boolean isBoundTo(Session session, Entity entity) {
        return session.restriction() == Restriction.BOUND_ENTITY
                && session.restrictionMatches(tpm.entities().bindValue(entity));
    }

    private static AuthUse authUse(CommandCode code, int index) {
        boolean writesNv = switch (code) {
            case NV_WRITE, NV_INCREMENT, NV_SET_BITS, NV_EXTEND, NV_WRITE_LOCK -> true;
            default -> false;
        };
        AuthUse.Role role = switch (code.handle(index).role()) {
            case ADMIN -> AuthUse.Role.ADMIN;
            case DUP -> AuthUse.Role.DUP;
            case USER, NONE -> AuthUse.Role.USER;
        };
        return new AuthUse(role, writesNv);
    }

    private static TpmException placed(TpmException answer, SessionUse[] sessions, SessionUse use) {
        int number = 1;
        while (sessions[number - 1] != use) {
            number++;
        }
        return new TpmRc(answer.responseCode()).session(number).exception();
    }
}
