package org.jswtpm.engine.tpm2.dispatch;

import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_FAIL;
import static org.jswtpm.engine.tpm2.structure.TpmRc.BAD_AUTH;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;

/**
 * Proofs of an auth value, by a password or by an HMAC (Part 1, 19.4 and 19.6), and what follows when one is wrong: the
 * dictionary attack logic counts it if it protects the entity, or the one that the session is bound to.
 */
final class AuthValueCheck {
    private final TpmState tpm;

    AuthValueCheck(TpmState tpm) {
        this.tpm = tpm;
    }

    /** Before an auth value that is protected is used: else TPM_RC_LOCKOUT. */
    void checkLockedOut(boolean isLockoutAuth) {
        if (isLockoutAuth) {
            tpm.lockout().checkLockoutAuth();
        } else {
            tpm.lockout().checkProtectedEntity();
        }
    }

    /** The auth field holds the auth value itself: else TPM_RC_AUTH_FAIL or TPM_RC_BAD_AUTH. */
    void checkPassword(SessionUse use) {
        byte[] given = withoutTrailingZeros(use.auth);
        byte[] right = use.entity.auth();
        boolean same = MessageDigest.isEqual(given, right);
        Arrays.fill(given, (byte) 0);
        Arrays.fill(right, (byte) 0);
        if (!same) {
            throw failure(use).exception();
        }
    }

    /** The auth field holds an HMAC: else TPM_RC_AUTH_FAIL or TPM_RC_BAD_AUTH. */
    void checkHmac(Exchange exchange, SessionUse use, int index) {
        byte[] right = SessionHmac.ofCommand(exchange, use, index);
        if (!MessageDigest.isEqual(use.auth, right)) {
            throw failure(use).exception();
        }
    }

    private TpmRc failure(SessionUse use) {
        boolean ofLockout = use.entity != null && use.entity.handle().equals(Handle.LOCKOUT);
        boolean isProtected = use.entity != null && use.entity.isDaProtected();
        if (use.session != null) {
            if (use.session.isLockoutBound()) {
                ofLockout = true;
                isProtected = true;
            }
            isProtected = use.session.isDaBound() || isProtected && use.session.includesAuth();
        }
        if (!isProtected) {
            return BAD_AUTH;
        }
        if (ofLockout) {
            tpm.lockout().lockoutAuthFailed(tpm.clock().time());
        } else {
            tpm.lockout().protectedEntityFailed(tpm.clock().time());
        }
        return AUTH_FAIL;
    }

    private static byte[] withoutTrailingZeros(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(octets, end);
    }
}
