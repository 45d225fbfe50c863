package org.jswtpm.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jswtpm.engine.BufferSize;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;

/**
 * A TPM that knows no specification: it answers every command with the locality and the command behind a response
 * header, and can be told to fail. What the channels do with a TPM is tested with it, not what a TPM does.
 */
public final class ScriptedTpm implements Tpm {
    /** A command code that blocks until it is cancelled, then answers TPM_RC_CANCELED. */
    static final int CC_UNTIL_CANCELLED = 0x2000_0001;
    /** A command code on which the engine fails with a programming error. */
    static final int CC_FAULT = 0x2000_0002;

    /** Keeps as much memory as there is until the power goes. */
    static final int CC_HOARD = 0x2000_0003;

    static final int RC_COMMAND_SIZE = 0x142;
    static final int RC_FAILURE = 0x101;
    static final int RC_CANCELED = 0x909;
    private static final int SHUTDOWN = 0x145;

    /** All the states that this TPM has and takes, by {@link StateKind}. */
    private static final byte[][] STATES = {{1, 2, 3}, {4, 5, 6, 7}, {8}};

    private final Semaphore cancelled = new Semaphore(0);
    private final CountDownLatch blocking = new CountDownLatch(1);
    private final CountDownLatch primes = new CountDownLatch(4);
    private volatile boolean searchBroken;
    private volatile StateException powerOnFailure;
    private boolean on;
    private boolean failed;
    private boolean established;
    private boolean hashing;
    private int buffer = 4096;
    private final List<byte[]> hoard = new ArrayList<>();
    private byte[] lastCommand;
    private byte[] lastResponse;
    private final StringBuilder history = new StringBuilder();

    /** Makes the next {@link #powerOn} calls fail; null lets them succeed again. */
    void failPowerOn(StateException failure) {
        powerOnFailure = failure;
    }

    /** Waits until a {@link #CC_UNTIL_CANCELLED} has begun. */
    void awaitBlockedCommand() throws InterruptedException {
        blocking.await();
    }

    /** What was done, in words. */
    synchronized String history() {
        return history.toString();
    }

    private void did(String what) {
        history.append(what).append(' ');
    }

    @Override
    public TpmVersion version() {
        return TpmVersion.TPM_2_0;
    }

    @Override
    public synchronized void powerOn() throws StateException {
        if (powerOnFailure != null) {
            throw powerOnFailure;
        }
        did("on");
        on = true;
        failed = false;
    }

    @Override
    public synchronized Optional<byte[]> state(StateKind kind) {
        return kind == StateKind.SAVE_STATE ? Optional.empty() : Optional.of(STATES[kind.ordinal()].clone());
    }

    @Override
    public synchronized void setState(StateKind kind, byte[] blob) throws StateException {
        if (blob.length > 0 && !Arrays.equals(blob, STATES[kind.ordinal()])) {
            throw new StateException(RC_FAILURE, "no such state");
        }
        did(kind + "=" + blob.length);
    }

    @Override
    public synchronized void powerOff() {
        if (on) {
            did("off");
        }
        hoard.clear();
        on = false;
    }

    @Override
    public synchronized boolean isOn() {
        return on;
    }

    /** Whether the arrays of the last command and its response hold nothing but zeros any more. */
    synchronized boolean isLastExchangeWiped() {
        return Arrays.equals(lastCommand, new byte[lastCommand.length])
                && Arrays.equals(lastResponse, new byte[lastResponse.length]);
    }

    @Override
    public synchronized byte[] execute(byte[] command, int locality) {
        lastCommand = command;
        lastResponse = answer(command, locality);
        return lastResponse;
    }

    private byte[] answer(byte[] command, int locality) {
        ByteBuffer in = ByteBuffer.wrap(command);
        if (failed) {
            return response(RC_FAILURE, new byte[0]);
        }
        if (command.length < 10 || in.getInt(2) != command.length) {
            return response(RC_COMMAND_SIZE, new byte[0]);
        }
        return switch (in.getInt(6)) {
            case CC_UNTIL_CANCELLED -> {
                blocking.countDown();
                cancelled.acquireUninterruptibly();
                yield response(RC_CANCELED, new byte[0]);
            }
            case CC_HOARD -> {
                hoard();
                yield response(0, new byte[0]);
            }
            case CC_FAULT -> throw new IllegalStateException("secret text of a fault");
            case SHUTDOWN -> {
                did("shutdown:" + in.getShort(10));
                yield response(0, new byte[0]);
            }
            default -> {
                byte[] echo = new byte[command.length + 1];
                echo[0] = (byte) locality;
                System.arraycopy(command, 0, echo, 1, command.length);
                yield response(0, echo);
            }
        };
    }

    private void hoard() {
        try {
            while (true) {
                hoard.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            hoard.removeLast();
        }
    }

    private static byte[] response(int code, byte[] parameters) {
        return ByteBuffer.allocate(10 + parameters.length)
                .putShort((short) 0x8001)
                .putInt(10 + parameters.length)
                .putInt(code)
                .put(parameters)
                .array();
    }

    @Override
    public boolean findPrime() {
        primes.countDown();
        if (searchBroken) {
            throw new IllegalStateException("as the test wants it");
        }
        return primes.getCount() > 0;
    }

    /** Has each search for a prime throw an exception. */
    void breakSearch() {
        searchBroken = true;
    }

    /** How many more searches {@link #awaitPrimes} waits for. */
    long primesLeft() {
        return primes.getCount();
    }

    /** Whether no prime has been asked for. */
    boolean isSearchUntouched() {
        return primes.getCount() == 4;
    }

    /** Waits until as many primes were asked for as are wanted. */
    void awaitPrimes() throws InterruptedException {
        primes.await();
    }

    @Override
    public int cancel() {
        cancelled.release();
        return 0;
    }

    @Override
    public synchronized void enterFailureMode() {
        did("failure");
        failed = true;
    }

    @Override
    public synchronized int hashStart() {
        hashing = true;
        established = true;
        return 0;
    }

    @Override
    public synchronized int hashData(byte[] data, int offset, int length) {
        if (hashing) {
            did("hash:" + length);
        }
        return 0;
    }

    @Override
    public synchronized int hashEnd() {
        hashing = false;
        return 0;
    }

    @Override
    public synchronized boolean isEstablished() {
        return established;
    }

    @Override
    public synchronized int resetEstablished(int locality) {
        if (locality < 3) {
            return 0x3D;
        }
        established = false;
        return 0;
    }

    @Override
    public synchronized BufferSize setBufferSize(int requested) {
        if (requested > 0) {
            buffer = Math.clamp(requested, 2896, 4096);
        }
        return new BufferSize(buffer, 2896, 4096);
    }

    @Override
    public void setProfile(String json) {
        throw new UnsupportedOperationException("a scripted TPM has no profile");
    }

    @Override
    public String info(long flags) {
        return flags == 0 ? "{}" : "{" + "x".repeat(5000) + "}";
    }

    @Override
    public void close() {
        powerOff();
    }
}
