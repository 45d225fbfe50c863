package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.EXPIRED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.PCR_CHANGED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.POLICY_CC;
import static org.jswtpm.engine.tpm2.structure.TpmRc.POLICY_FAIL;
import static org.jswtpm.engine.tpm2.structure.TpmRc.PP;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.entity.AuthUse;
import org.jswtpm.engine.tpm2.entity.Entity;
import org.jswtpm.engine.tpm2.session.Session;

/**
 * Whether a policy session authorizes an entity: its digest is the entity's policy, and all that its policy commands left
 * to be checked holds now (Part 1, 19.7).
 */
final class PolicyCheck {
    private static final int LAST_LOCALITY_BIT = 5;

    private final TpmState tpm;

    PolicyCheck(TpmState tpm) {
        this.tpm = tpm;
    }

    void run(Exchange exchange, SessionUse use, AuthUse authUse) {
        Session session = use.session;
        Entity entity = use.entity;
        if (exchange.code == CommandCode.POLICY_SECRET) {
            check(session.isPasswordNeeded() || session.isAuthValueNeeded(), MODE);
        }
        check(session.pcrCounter() == 0 || session.pcrCounter() == tpm.pcrs().updateCounter(), PCR_CHANGED);
        check(session.digest().equals(entity.policy()), POLICY_FAIL);
        check(entity.policyAlg() == session.authHash(), POLICY_FAIL);
        checkTime(session);
        checkCommandCode(exchange, session, authUse);
        checkLocality(session);
        check(!session.isPpRequired() || tpm.presence().isAsserted(), PP);
        check(restrictionHolds(exchange, session), POLICY_FAIL);
        if (session.isNvWrittenChecked()) {
            check(tpm.entities().nvWrittenMatches(entity, session.nvWrittenState()), POLICY_FAIL);
        }
    }

    private void checkTime(Session session) {
        if (session.timeout() != 0) {
            boolean over = Long.compareUnsigned(session.timeout(), tpm.clock().time()) < 0;
            check(!over && session.epoch() == tpm.clock().epoch(), EXPIRED);
        }
    }

    private static void checkCommandCode(Exchange exchange, Session session, AuthUse authUse) {
        if (session.commandCode() != 0) {
            check(session.commandCode() == exchange.code.code(), POLICY_CC);
        } else {
            check(!authUse.isAboveUser(), POLICY_FAIL);
        }
    }

    /** A TPMA_LOCALITY is a set of the localities 0 to 4, or else one locality from 32 on, which this TPM never has. */
    private void checkLocality(Session session) {
        int allowed = session.commandLocality();
        if (allowed != 0) {
            check(allowed < 1 << LAST_LOCALITY_BIT && (allowed >> tpm.locality() & 1) != 0, LOCALITY);
        }
    }

    private static boolean restrictionHolds(Exchange exchange, Session session) {
        return switch (session.restriction()) {
            case NONE, BOUND_ENTITY -> true;
            case CP_HASH -> session.restrictionMatches(exchange.cpHash(session.authHash()));
            case NAME_HASH -> session.restrictionMatches(exchange.nameHash(session.authHash()));
            case PARAMETERS_HASH -> session.restrictionMatches(exchange.parametersHash(session.authHash()));
            case TEMPLATE_HASH -> templateMatches(exchange, session);
        };
    }

    /** The template is the second parameter, after a TPM2B, of the commands that make an object from one. */
    private static boolean templateMatches(Exchange exchange, Session session) {
        boolean hasTemplate = switch (exchange.code) {
            case CREATE, CREATE_PRIMARY, CREATE_LOADED -> true;
            default -> false;
        };
        byte[] request = exchange.request;
        int second = exchange.parameters + Short.BYTES + uint16(request, exchange.parameters);
        int size = uint16(request, second);
        if (!hasTemplate || size < 0 || size > request.length - second - Short.BYTES) {
            return false;
        }
        byte[] hash = Hasher.of(Digest.of(session.authHash().value()))
                .update(request, second + Short.BYTES, size)
                .digest();
        return session.restrictionMatches(hash);
    }

    /** The 16 bits at {@code offset}, or -1 if the parameters end before. */
    private static int uint16(byte[] octets, int offset) {
        return offset + Short.BYTES <= octets.length ? (octets[offset] & 0xff) << 8 | octets[offset + 1] & 0xff : -1;
    }
}
