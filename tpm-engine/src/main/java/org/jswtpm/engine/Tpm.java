package org.jswtpm.engine;

import java.util.Optional;

/**
 * One TPM: commands in, responses out.
 *
 * <p>Every method but {@link #cancel} takes the TPM's one lock, so a {@code Tpm} can be used from any thread. A new TPM
 * is off; {@link #powerOn} is _TPM_Init, and commands before it are answered with the version's "not running" error.
 */
public interface Tpm extends AutoCloseable {
    /** Which specification this TPM follows. */
    TpmVersion version();

    /**
     * _TPM_Init: loads the state, or manufactures a new TPM where the host has none. With a volatile state the TPM goes on
     * where that was taken; it has to belong to the permanent one. A TPM that is on is switched off first, without a shutdown
     * command.
     *
     * @throws StateException if the state cannot be used; the TPM is then off and the host's state unchanged
     */
    void powerOn() throws StateException;

    /**
     * Says which profile a new TPM 2.0 gets: what it may do, and in which form its state is written. The next {@link
     * #powerOn} makes a TPM with it, and fails where there is a TPM already. Without a profile a TPM has the null profile.
     *
     * @param json the profile in libtpms' form, such as {@code {"Name":"default-v1"}}
     * @throws ProfileException if there is no such profile, or what it asks for does not go together
     */
    void setProfile(String json) throws ProfileException;

    /** Takes the power away: forgets and wipes everything volatile. Does nothing to a TPM that is off. */
    void powerOff();

    /** Whether {@link #powerOn} succeeded and {@link #powerOff} has not been called since. */
    boolean isOn();

    /**
     * A state as it is now, in the form in which another TPM can go on from it; of a TPM that is on.
     *
     * <p>The volatile state goes with the permanent one that is read before or after it, with no command between them.
     *
     * @return the blob, which is the caller's to wipe; empty if there is no such state, or the TPM is off
     * @throws StateException if the TPM has failed, and the host cannot give what was committed last
     */
    Optional<byte[]> state(StateKind kind) throws StateException;

    /**
     * Gives a TPM that is off a state from which the next {@link #powerOn} starts, in place of the host's. That commits the
     * permanent one; whether it succeeds or fails, what was given here is used up.
     *
     * <p>The state is checked as if it was used: the permanent one is therefore given first.
     *
     * @param blob what {@link #state} gave, or libtpms; of no octets if there is to be none
     * @throws StateException if it cannot be used; all that was given before is forgotten then
     * @throws IllegalStateException if the TPM is on
     */
    void setState(StateKind kind, byte[] blob) throws StateException;

    /**
     * Runs one command.
     *
     * @param command the whole command: tag, size, code, and the rest. Its size is checked, its content untrusted
     * @param locality 0 to 4
     * @return the whole response, which is the caller's to wipe. What it speaks of is committed
     */
    byte[] execute(byte[] command, int locality);

    /**
     * Finds one prime that the next RSA key can take, if keys were made before that let one be wanted. It holds no lock while it
     * searches, and gives up where a command comes. For a host that has time to spare, one thread at a time.
     *
     * @return whether another one is wanted
     */
    default boolean findPrime() {
        return false;
    }

    /**
     * Asks the command that runs now to end with TPM_RC_CANCELED. Takes no lock; without effect when none runs.
     *
     * @return 0, or the code of a TPM that cannot be canceled
     */
    int cancel();

    /**
     * Puts the TPM into failure mode, as a fault of the host's does: from then on commands answer TPM_RC_FAILURE until
     * the next {@link #powerOn}.
     */
    void enterFailureMode();

    /**
     * _TPM_Hash_Start.
     *
     * @return 0, or the TPM's own code; it has got into failure mode then
     */
    int hashStart();

    /** _TPM_Hash_Data, {@code length} octets from {@code offset}; answers as {@link #hashStart}. */
    int hashData(byte[] data, int offset, int length);

    /** _TPM_Hash_End; answers as {@link #hashStart}. */
    int hashEnd();

    /** The TPM_ESTABLISHED flag: whether a hash sequence of a D-RTM has run. */
    boolean isEstablished();

    /**
     * Clears the TPM_ESTABLISHED flag.
     *
     * @param locality the locality that asks; only 3 and 4 may
     * @return 0, or the TPM's code for a locality that may not
     */
    int resetEstablished(int locality);

    /**
     * Sets the size of the command buffer.
     *
     * @param requested octets, moved into the range that the TPM allows; 0 changes nothing
     */
    BufferSize setBufferSize(int requested);

    /**
     * What the TPM says of itself, as JSON in the form of libtpms' TPMLIB_GetInfo.
     *
     * @param flags an OR of the TPMLIB_INFO flags; unknown ones are ignored
     */
    String info(long flags);

    /** {@link #powerOff}, for good. */
    @Override
    void close();
}
