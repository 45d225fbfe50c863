package org.jswtpm.server.platform;

import org.jswtpm.server.cli.Settings.Localities;

/**
 * The locality of the next command, and who may change it. It holds on over power cycles and connections.
 *
 * <p>It can be used from any thread, and nobody waits here: a guest's processor stands still while it sets its locality.
 */
final class CurrentLocality {
    private static final int MAX = 4;

    private final Localities policy;
    private final Responses responses;
    private volatile int current;

    /** @param responses those that answer a command by which the locality is set */
    CurrentLocality(Localities policy, Responses responses) {
        this.policy = policy;
        this.responses = responses;
    }

    /** Whether there is such a locality. */
    static boolean exists(int locality) {
        return locality >= 0 && locality <= MAX;
    }

    int get() {
        return current;
    }

    /**
     * Sets it as the control channel asks for.
     *
     * @return 0, or TPM_BAD_LOCALITY
     */
    int set(int requested) {
        if (!exists(requested) || requested == MAX && policy.rejectFour()) {
            return ResultCode.BAD_LOCALITY;
        }
        current = requested;
        return ResultCode.SUCCESS;
    }

    /** Sets the one that a TCG prefix carries, which no policy checks; one above 4 is none. */
    void setByPrefix(int requested) {
        if (exists(requested)) {
            current = requested;
        }
    }

    /**
     * Sets it as a command of the data channel asks for.
     *
     * @return the response
     */
    byte[] setByCommand(byte[] command) {
        if (command.length == Responses.HEADER) {
            return responses.tooShort();
        }
        if (!policy.allowSetLocality()) {
            return responses.failure();
        }
        boolean set = set(command[Responses.HEADER] & 0xff) == ResultCode.SUCCESS;
        return set ? responses.ofCode(Responses.RC_SUCCESS) : responses.badLocality();
    }
}
