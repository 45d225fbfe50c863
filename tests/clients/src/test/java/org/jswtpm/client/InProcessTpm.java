package org.jswtpm.client;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import tss.TpmDevice;

/** A TPM 2.0 without a process, a socket or a file, as a device of TSS.Java. */
final class InProcessTpm extends TpmDevice {
    private final Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, new Memory());
    private byte[] response;
    private int locality;

    @Override
    public boolean connect() {
        powerCtl(true);
        return true;
    }

    @Override
    public void dispatchCommand(byte[] command) {
        response = tpm.execute(command, locality);
    }

    @Override
    public byte[] getResponse() {
        return response;
    }

    @Override
    public boolean responseReady() {
        return response != null;
    }

    @Override
    public void setLocality(int locality) {
        this.locality = locality;
    }

    @Override
    public void powerCtl(boolean on) {
        try {
            if (on) {
                tpm.powerOn();
            } else {
                tpm.powerOff();
            }
        } catch (StateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tpm.close();
    }

    /** State that lives as long as the object, and the clocks and the entropy of the Java runtime. */
    private static final class Memory implements Host {
        private final Map<StateKind, byte[]> state = new EnumMap<>(StateKind.class);
        private final SecureRandom entropy = new SecureRandom();

        @Override
        public void fillEntropy(byte[] target) {
            entropy.nextBytes(target);
        }

        @Override
        public long monotonicMillis() {
            return System.nanoTime() / 1_000_000;
        }

        @Override
        public long wallClockMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public Optional<byte[]> load(StateKind kind) {
            return Optional.ofNullable(state.get(kind)).map(byte[]::clone);
        }

        @Override
        public void commit(StateKind kind, byte[] blob) {
            state.put(kind, blob.clone());
        }

        @Override
        public void delete(StateKind kind) {
            state.remove(kind);
        }
    }
}
