package org.jswtpm.server.platform;

import java.util.concurrent.CountDownLatch;
import org.jswtpm.engine.BufferSize;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.Localities;
import org.jswtpm.server.log.CommandLog;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.record.Recording;
import org.jswtpm.store.StateStore;

/**
 * The one TPM of this process, as its channels see it.
 *
 * <p>It can be used from any thread. What switches or uses the TPM waits for the command that runs; what only looks at
 * the platform ({@link #isRunning}, {@link #isEstablished}, {@link #locality}), {@link #setLocality} and {@link #cancel}
 * never wait, since a guest's processor stands still while it asks for them.
 */
public final class Platform implements AutoCloseable {
    private static final int CC_SET_LOCALITY = 0x2000_1000;
    private static final int NO_COMMAND = -1;
    /** A guest that waits so long after a burst is at something else; what it sends next is not its next packet. */
    private static final long IDLE_NANOS = 5_000_000_000L;

    private static final int SU_CLEAR = 0;
    private static final int SU_STATE = 1;

    private final Tpm tpm;
    private final Responses responses;
    private final StateStore store;
    private final StorageLock storageLock;
    private final StateTransfer transfer;
    private final Flags flags;
    private final CurrentLocality locality;
    private final Start start;
    private final Log log;
    private final CommandLog commandLog;
    private final IdleSearch search;
    private final Idleness idleness = new Idleness(IDLE_NANOS, System::nanoTime);
    private final Headroom headroom = new Headroom();

    private final CountDownLatch firstPower = new CountDownLatch(1);
    private final Object power = new Object();
    private volatile boolean running;
    private volatile boolean established;
    private volatile BufferSize bufferSize;
    private boolean ended;
    private int lastCommand = NO_COMMAND;
    /** Null where nothing is recorded. */
    private Recording recording;

    /**
     * @param tpm a TPM that is off; nobody else uses it
     * @param version what {@code tpm} is
     * @param store null where the user named no place for state
     * @param backup whether a start from the backup is tried when the state is unusable
     * @param incoming whether the TPM is expected to come by a migration, so that its storage is not locked yet
     */
    public Platform(
            Tpm tpm,
            TpmVersion version,
            StateStore store,
            boolean backup,
            boolean incoming,
            Flags flags,
            Localities localities,
            Log log) {
        this.tpm = tpm;
        this.responses = new Responses(version);
        this.store = store;
        this.storageLock = new StorageLock(store, incoming, log);
        this.transfer = new StateTransfer(tpm, store, log);
        this.start = new Start(tpm, responses, store, storageLock, transfer, backup, log);
        this.flags = flags;
        this.locality = new CurrentLocality(localities, responses);
        this.log = log;
        this.commandLog = new CommandLog(log);
        this.search = new IdleSearch(tpm, log);
    }

    /**
     * Takes the power away, with the shutdown that the guest may have forgotten, and gives it back: CMD_INIT.
     *
     * @param deleteVolatile whether a volatile state is deleted once it is in use
     * @return 0, or the code by which libtpms reports the failure; the TPM is then off and no file changed
     */
    public int powerOn(boolean deleteVolatile) {
        synchronized (power) {
            powerOff();
            int result = ended ? ResultCode.FAIL : start.run(deleteVolatile);
            firstPower.countDown();
            if (result != ResultCode.SUCCESS) {
                tpm.powerOff();
                return result;
            }
            established = tpm.isEstablished();
            running = true;
            idleness.use();
            return ResultCode.SUCCESS;
        }
    }

    /** Waits for the end of the first {@link #powerOn}: before that no state is in this process. */
    public void awaitPower() throws InterruptedException {
        firstPower.await();
    }

    /** When the TPM has been used and is left alone. */
    public Idleness idleness() {
        return idleness;
    }

    /** Takes the power away, with the shutdown that the guest may have forgotten: CMD_STOP. */
    public void powerOff() {
        synchronized (power) {
            if (running && needsShutdown() && storageLock.ensureNow()) {
                sendShutdown();
            }
            running = false;
            tpm.powerOff();
        }
    }

    private boolean needsShutdown() {
        return responses.hasShutdown() && flags.autoShutdown() && lastCommand != Responses.CC_SHUTDOWN;
    }

    /** {@link #powerOff}, for good: no later {@link #powerOn} succeeds, so no state is written any more. */
    @Override
    public void close() {
        synchronized (power) {
            powerOff();
            ended = true;
        }
    }

    /** TPM2_Shutdown(STATE), or CLEAR where that is refused. "Last" is the last command that came, good or bad. */
    private void sendShutdown() {
        for (int type = SU_STATE; type >= SU_CLEAR; type--) {
            byte[] command = Responses.shutdown(type);
            byte[] response = run(command);
            record(command, response);
            int code = Responses.code(response);
            if (code == Responses.RC_SUCCESS) {
                lastCommand = Responses.CC_SHUTDOWN;
                return;
            }
            if (code == Responses.RC_INITIALIZE) {
                return;
            }
        }
    }

    /** The profile of a TPM that the first {@link #powerOn} makes, as JSON; where there is a TPM it does not start. */
    public void useProfile(String json) {
        synchronized (power) {
            start.useProfile(json);
        }
    }

    /** Records what goes to and from the TPM from now on. */
    public void recordTo(Recording target) {
        synchronized (power) {
            recording = target;
        }
    }

    private void record(byte[] command, byte[] response) {
        if (recording != null && command != null) {
            recording.command(command);
        }
        if (recording != null && response != null) {
            recording.response(response);
        }
    }

    /** Sends TPM2_Startup or TPM_Startup, for a type of {@link Flags#startup}. A TPM that refuses it is left as it is, for the guest to see. */
    public void sendStartup(int type) {
        execute(responses.startup(type));
    }

    /**
     * Runs a TPM command.
     *
     * @return a whole response, whatever happens; before {@link #powerOn} it is TPM_RC_FAILURE or TPM_FAIL, by which QEMU tells the
     *     version of the TPM. Where memory is short it is TPM_RC_RETRY or TPM_RETRY, and the command was not begun
     */
    public byte[] execute(byte[] command) {
        synchronized (power) {
            if (running && !headroom.isThere()) {
                return responses.retry();
            }
            commandLog.command(command);
            record(command, null);
            byte[] response = running ? respond(command) : responses.failure();
            commandLog.response(command, response);
            record(null, response);
            return response;
        }
    }

    private byte[] respond(byte[] command) {
        if (command.length >= Responses.HEADER) {
            lastCommand = Responses.code(command);
            if (lastCommand == CC_SET_LOCALITY) {
                return locality.setByCommand(command);
            }
        }
        search.commandBegins();
        byte[] response = run(command);
        established = tpm.isEstablished(); // a TPM 1.2 has commands for it
        search.commandEnded(lastCommand);
        idleness.use();
        return response;
    }

    /** A fault of ours becomes the TPM's failure mode, in which it answers the same command once more. */
    private byte[] run(byte[] command) {
        try {
            return tpm.execute(command, locality.get());
        } catch (RuntimeException | Error fault) {
            log.fault("a TPM command", fault);
            try {
                tpm.enterFailureMode();
                return tpm.execute(command, locality.get());
            } catch (RuntimeException | Error again) {
                log.fault("failure mode", again);
                return responses.failure();
            }
        }
    }

    /** Whether commands may stand behind a header of the TCG, as those of a TPM 2.0 may. */
    public boolean takesCommandHeader() {
        return responses.hasShutdown();
    }

    /** Whether the TPM has power. */
    public boolean isRunning() {
        return running;
    }

    /** The locality of the next command. */
    public int locality() {
        return locality.get();
    }

    /**
     * Sets the locality of all commands that follow: CMD_SET_LOCALITY. It holds on over power cycles and connections.
     *
     * @return 0, or TPM_BAD_LOCALITY
     */
    public int setLocality(int requested) {
        return locality.set(requested);
    }

    /** Sets the locality that a TCG prefix carries, which no policy checks; one above 4 is none. */
    public void setPrefixLocality(int requested) {
        locality.setByPrefix(requested);
    }

    /** Cancels the command that runs: CMD_CANCEL_TPM_CMD. Gives 0, or the TPM's own code. */
    public int cancel() {
        return tpm.cancel();
    }

    /** The TPM_ESTABLISHED flag, as it was when the last command or request that can change it ended. */
    public boolean isEstablished() {
        return established;
    }

    /**
     * Clears the TPM_ESTABLISHED flag in the name of a locality.
     *
     * @return 0, or TPM_BAD_LOCALITY or the TPM's own code
     */
    public int resetEstablished(int requested) {
        if (!CurrentLocality.exists(requested)) {
            return ResultCode.BAD_LOCALITY;
        }
        synchronized (power) {
            int result = tpm.resetEstablished(requested);
            established = tpm.isEstablished();
            return result;
        }
    }

    /** _TPM_Hash_Start. Gives 0, or the TPM's own code. */
    public int hashStart() {
        synchronized (power) {
            int result = tpm.hashStart();
            established = tpm.isEstablished();
            return result;
        }
    }

    /** _TPM_Hash_Data. Gives 0, or the TPM's own code. */
    public int hashData(byte[] data, int length) {
        synchronized (power) {
            return tpm.hashData(data, 0, length);
        }
    }

    /** _TPM_Hash_End. Gives 0, or the TPM's own code. */
    public int hashEnd() {
        synchronized (power) {
            int result = tpm.hashEnd();
            established = tpm.isEstablished();
            return result;
        }
    }

    /** The size of the command buffer. */
    public BufferSize bufferSize() {
        BufferSize known = bufferSize;
        return known == null ? setBufferSize(0) : known;
    }

    /** Sets the size of the command buffer; the TPM moves it into its range. */
    public BufferSize setBufferSize(int requested) {
        synchronized (power) {
            bufferSize = tpm.setBufferSize(requested);
            return bufferSize;
        }
    }

    /** What the TPM says of itself, as JSON. */
    public String info(long infoFlags) {
        synchronized (power) {
            return tpm.info(infoFlags);
        }
    }

    /** Which keys the state is encrypted with, as CMD_GET_CONFIG tells: bit 0 in its files, bit 1 when it migrates. */
    public int keyFlags() {
        return store == null ? 0 : (store.hasStateKey() ? 1 : 0) | (store.hasMigrationKey() ? 2 : 0);
    }

    /** Writes the state of the running TPM to the storage, where the next start finds it: CMD_STORE_VOLATILE. */
    public int storeVolatile() {
        synchronized (power) {
            idleness.use();
            return running ? transfer.storeVolatile() : ResultCode.BAD_ORDINAL;
        }
    }

    /**
     * A state of the running TPM: CMD_GET_STATEBLOB.
     *
     * @param type 1 for the permanent, 2 for the volatile, 3 for the saved state
     * @param decrypted whether it is wanted without the encryption of its files
     */
    public StateBlob state(int type, boolean decrypted) {
        synchronized (power) {
            idleness.use();
            return running ? transfer.get(type, decrypted) : StateBlob.none(ResultCode.BAD_ORDINAL);
        }
    }

    /**
     * Keeps a state that the next {@link #powerOn} uses: CMD_SET_STATEBLOB.
     *
     * @param type as for {@link #state}
     * @param octets a migration blob
     * @param encrypted whether the state in it is said to be encrypted with the state key
     */
    public int setState(int type, byte[] octets, boolean encrypted) {
        synchronized (power) {
            if (running || ended) {
                return ResultCode.BAD_ORDINAL;
            }
            idleness.use();
            return store == null ? ResultCode.FAIL : transfer.set(type, octets, encrypted);
        }
    }

    /** Before {@link #setState}: takes the lock on the storage; false if another has it, and this process has to end. */
    public boolean lockForState() {
        return storageLock.ensureForState();
    }

    /**
     * Before {@link #execute}: takes the lock on the storage if it was given up, or left to the TPM that this one is to
     * become; false if another has it, and this process has to end. A TPM that is off needs none.
     */
    public boolean ensureLocked() {
        return !running || storageLock.ensure();
    }

    /** The last of the states has been fetched, so the TPM may go on elsewhere: gives up the lock on the storage. */
    public void releaseStorage() {
        if (store != null) {
            storageLock.release();
        }
    }

    /**
     * Takes the lock on the storage again, if it was given up. Before the first {@link #powerOn} that has time.
     *
     * @param retries how often to try again, 10 ms apart
     * @return 0, or TPM_FAIL
     */
    public int lockStorage(int retries) {
        return storageLock.retake(retries) ? ResultCode.SUCCESS : ResultCode.FAIL;
    }
}
