package org.jswtpm.store.medium;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jswtpm.store.StateName;

/** State files in memory, wiped when they are replaced or the medium is closed. Nobody else can see them. */
public final class MemoryMedium implements Medium {
    private final byte[][] files = new byte[StateName.values().length][]; // null where there is none
    private boolean locked;

    @Override
    public Optional<byte[]> read(StateName name) {
        byte[] file = files[name.ordinal()];
        return file == null ? Optional.empty() : Optional.of(file.clone());
    }

    @Override
    public void write(StateName name, byte[] contents) {
        delete(name);
        files[name.ordinal()] = contents.clone();
    }

    @Override
    public boolean delete(StateName name) {
        byte[] file = files[name.ordinal()];
        if (file == null) {
            return false;
        }
        Arrays.fill(file, (byte) 0);
        files[name.ordinal()] = null;
        return true;
    }

    @Override
    public OptionalLong size(StateName name) {
        byte[] file = files[name.ordinal()];
        return file == null ? OptionalLong.empty() : OptionalLong.of(file.length);
    }

    @Override
    public String place(StateName name) {
        return "mem://" + name.suffix();
    }

    @Override
    public String absence(StateName name) {
        return "it begins empty";
    }

    @Override
    public boolean exchangeBackup() {
        return false;
    }

    @Override
    public void lock(int retries) {
        locked = true;
    }

    @Override
    public void unlock() {
        locked = false;
    }

    @Override
    public boolean isLocked() {
        return locked;
    }

    @Override
    public void close() {
        locked = false;
        for (StateName name : StateName.values()) {
            delete(name);
        }
    }
}
