package org.jswtpm.engine.tpm2.command.policy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.CPHASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.EXPIRED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NONCE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.session.Restriction;
import org.jswtpm.engine.tpm2.session.Session;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.StructureTag;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What an entity grants to a policy session by TPM2_PolicySigned or TPM2_PolicySecret, or granted before by a ticket (Part 3,
 * 23.2): for a time, for one command, with a reference that means something to the caller.
 *
 * @param entityName the Name of the entity
 * @param cpHashA the command; empty for any
 * @param policyRef the reference; may be empty
 * @param timeout when the grant ends, in milliseconds of Time; 0 for never
 */
record PolicyGrant(Bytes entityName, Bytes cpHashA, Bytes policyRef, long timeout) {
    private static final int MILLIS = 1000;
    /** In the timeout that the caller gets: the grant ends at TPM Reset. */
    private static final long EXPIRES_ON_RESET = 1L << 63;

    /** What goes back to the caller: a timeout of its own form, and a ticket; both are empty without an expiration. */
    record Proof(Bytes timeout, TpmtTicket ticket) {
        static Proof none(StructureTag tag) {
            return new Proof(Bytes.EMPTY, TpmtTicket.nullTicket(tag));
        }

        void marshal(WireWriter out) {
            out.sized2(timeout);
            ticket.marshal(out);
        }
    }

    /**
     * When a grant ends.
     *
     * @param expiration seconds, or minus seconds; since the session's nonce was made if that is given, else of Time; 0 for
     *     never
     */
    static long timeout(int expiration, Bytes nonceTpm, Session session, TpmState tpm) {
        if (expiration == 0) {
            return 0;
        }
        long millis = Math.min(Math.abs((long) expiration), Integer.MAX_VALUE) * MILLIS;
        // seconds of Time are less exact than Time: the current part of a second keeps it from ending too early
        return millis + (nonceTpm.isEmpty() ? tpm.clock().time() % MILLIS : session.startTime());
    }

    /** Of a timeout that the caller gave back: when the grant ends. */
    static long timeoutOf(long given) {
        return given & ~EXPIRES_ON_RESET;
    }

    /** Of a timeout that the caller gave back: whether the grant ends at TPM Reset. */
    static boolean expiresOnReset(long given) {
        return (given & EXPIRES_ON_RESET) != 0;
    }

    /** Checks the nonce, which may be empty: else TPM_RC_NONCE at {@code parameter}. */
    static void checkNonce(Bytes nonceTpm, Session session, int parameter) {
        check(nonceTpm.isEmpty() || nonceTpm.equals(Bytes.copyOf(session.nonceTpm())), NONCE.parameter(parameter));
    }

    /** Whether the session can take the grant: else TPM_RC_EXPIRED, TPM_RC_SIZE, TPM_RC_CPHASH. */
    void validate(Session session, TpmState tpm, int timeParameter, int cpHashParameter) {
        if (timeout != 0) {
            boolean over = Long.compareUnsigned(timeout, tpm.clock().time()) < 0;
            check(!over && session.epoch() == tpm.clock().epoch(), EXPIRED.parameter(timeParameter));
        }
        if (!cpHashA.isEmpty()) {
            check(cpHashA.size() == session.authHash().digestSize(), SIZE.parameter(cpHashParameter));
            boolean isFree = session.restriction() == Restriction.NONE;
            // as in libtpms, only the octets count, even if they are those of Names or of a template
            check(isFree || session.restrictionMatches(cpHashA.toArray()), CPHASH);
        }
    }

    /** Updates the session as {@code code} does. */
    void apply(Session session, CommandCode code) {
        extend(session, code, entityName, policyRef);
        if (!cpHashA.isEmpty()) {
            session.restrict(Restriction.CP_HASH, cpHashA.toArray());
        }
        if (timeout != 0 && (session.timeout() == 0 || Long.compareUnsigned(session.timeout(), timeout) > 0)) {
            session.setTimeout(timeout);
        }
    }

    /** Extends the policyDigest by the Name of an entity, and then by a reference (PolicyUpdate, Part 3, 23.2.3). */
    static void extend(Session session, CommandCode code, Bytes name, Bytes policyRef) {
        session.endPolicyDigest(session.beginPolicyDigest(code.code()).update(name.toArray()));
        session.endPolicyDigest(Hasher.of(session.authHash().digest())
                .update(session.digest().toArray())
                .update(policyRef.toArray()));
    }

    /** The ticket by which TPM2_PolicyTicket can repeat the grant, in the hierarchy of the entity. */
    Proof prove(StructureTag tag, Handle hierarchy, boolean expiresOnReset, TpmState tpm) {
        TpmtTicket ticket = ticket(tag, hierarchy, expiresOnReset, tpm);
        long given = expiresOnReset ? timeout | EXPIRES_ON_RESET : timeout;
        return new Proof(new WireWriter().uint64(given).toBytes(), ticket);
    }

    /** The ticket alone. */
    TpmtTicket ticket(StructureTag tag, Handle hierarchy, boolean expiresOnReset, TpmState tpm) {
        return new Tickets(tpm.hierarchies())
                .auth(
                        tag,
                        hierarchy,
                        new Tickets.Authorization(cpHashA, policyRef, entityName),
                        timeout,
                        tpm.clock().epoch(),
                        expiresOnReset ? tpm.boot().totalResetCount() : null);
    }
}
