package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jswtpm.store.DirectoryOptions;
import org.jswtpm.store.FileModes;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * State files in a directory, each replaced as a whole: {@code docs/state/swtpm-files.md}, section 1.
 *
 * <p>A committed file is never written to. Whatever step a write ends at, the last contents that {@link #write} returned
 * for can be read.
 */
public final class DirectoryMedium implements Medium {
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    /** Read, too, so that a FIFO in its place keeps nobody waiting. */
    private static final Set<OpenOption> LOCK_FILE = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final int LOCK_FILE_MODE = 0660;

    private final DirectoryOptions options;
    private final StepHook hook;
    private final FileModes modes;
    private final FileMode mode;
    private final WipedBuffer buffer = new WipedBuffer();
    private final Path[] files;
    private final Path[] temporaries;
    private final Backup backup; // null if none is kept
    private boolean umaskMasks; // whether a file made with the given mode was seen to have another one
    private boolean umaskKnown;
    private LockableFile lock;

    /** A medium over {@code options.directory()}, which is not looked at yet. */
    public DirectoryMedium(DirectoryOptions options) {
        this(options, StepHook.NONE, new SecureModes());
    }

    /** As {@link #DirectoryMedium(DirectoryOptions)}, with an observer of the steps of each write. */
    public DirectoryMedium(DirectoryOptions options, StepHook hook, FileModes modes) {
        this.options = options;
        this.hook = hook;
        this.modes = modes;
        mode = new FileMode(options.mode());
        StateName[] names = StateName.values();
        String version = options.tpm2() ? "2" : "";
        files = new Path[names.length];
        temporaries = new Path[names.length];
        for (StateName name : names) {
            files[name.ordinal()] = options.directory().resolve("tpm" + version + "-00." + name.suffix());
            temporaries[name.ordinal()] = options.directory().resolve("TMP" + version + "-00." + name.suffix());
        }
        int permanent = StateName.PERMALL.ordinal();
        backup = options.backup() ? new Backup(files[permanent], temporaries[permanent], hook) : null;
    }

    private boolean hasBackup(StateName name) {
        return backup != null && name == StateName.PERMALL;
    }

    @Override
    public Optional<byte[]> read(StateName name) throws StoreException {
        Path file = files[name.ordinal()];
        try {
            Optional<byte[]> contents = readIfThere(file);
            if (contents.isEmpty() && hasBackup(name) && backup.restore()) {
                return readIfThere(file);
            }
            return contents;
        } catch (IOException e) {
            throw FailureText.failure("cannot read", file, e);
        }
    }

    private Optional<byte[]> readIfThere(Path file) throws IOException {
        try {
            return Optional.of(read(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private byte[] read(Path file) throws IOException {
        if (mode.mustApply(StateFile.status(file).permissions())) {
            modes.set(file, mode.bits());
        }
        try (FileChannel channel = StateFile.open(file)) {
            long size = channel.size();
            if (size > MAX_FILE_SIZE) {
                throw new StoreException(StoreError.SIZE, "it has " + size + " octets, more than " + MAX_FILE_SIZE);
            }
            byte[] contents = new byte[(int) size];
            buffer.read(channel, 0, contents);
            return contents;
        }
    }

    @Override
    public void write(StateName name, byte[] contents) throws StoreException {
        Path file = files[name.ordinal()];
        Path temporary = temporaries[name.ordinal()];
        if (contents.length > MAX_FILE_SIZE) {
            throw new StoreException(StoreError.SIZE, contents.length + " octets are too many for " + file);
        }
        boolean made = false;
        try {
            StateFile.isThere(file);
            try (FileChannel channel = create(temporary)) {
                made = true;
                writeTemporary(channel, contents);
            }
            if (hasBackup(name)) {
                backup.keep();
            }
            StateFile.move(temporary, file);
            hook.done(WriteStep.RENAMED);
            syncDirectory();
        } catch (IOException e) {
            if (made) {
                removeAfter(e, temporary);
            }
            throw FailureText.failure("cannot write", file, e);
        }
    }

    private void writeTemporary(FileChannel channel, byte[] contents) throws IOException {
        hook.done(WriteStep.TEMPORARY_CREATED);
        buffer.write(channel, 0, contents);
        hook.done(WriteStep.TEMPORARY_WRITTEN);
        if (options.fsync()) {
            channel.force(true);
            hook.done(WriteStep.TEMPORARY_SYNCED);
        }
    }

    /** With {@code fsync}, makes the renames durable. */
    private void syncDirectory() throws IOException {
        if (options.fsync()) {
            try (FileChannel directory = FileChannel.open(options.directory(), StandardOpenOption.READ)) {
                directory.force(true);
            }
            hook.done(WriteStep.DIRECTORY_SYNCED);
        }
    }

    /**
     * Opens a file that was not there before; one that a crash left over is removed.
     *
     * <p>The umask does not change while the process runs, so only the first file is asked what it made of a given mode.
     */
    private FileChannel create(Path temporary) throws IOException {
        if (umaskMasks) {
            StateFile.remove(temporary);
            return modes.create(temporary, mode.bits());
        }
        FileChannel channel = createMasked(temporary);
        if (umaskKnown || !mode.isGiven()) {
            return channel;
        }
        try {
            umaskMasks = mode.mustApply(StateFile.status(temporary).permissions());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        umaskKnown = true;
        if (!umaskMasks) {
            return channel;
        }
        channel.close();
        return create(temporary);
    }

    private FileChannel createMasked(Path temporary) throws IOException {
        try {
            return FileChannel.open(temporary, CREATE, mode.attribute());
        } catch (FileAlreadyExistsException e) {
            StateFile.remove(temporary);
            return FileChannel.open(temporary, CREATE, mode.attribute());
        }
    }

    private static void removeAfter(IOException failure, Path temporary) {
        try {
            StateFile.remove(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public boolean delete(StateName name) throws StoreException {
        Path file = files[name.ordinal()];
        try {
            return StateFile.remove(file);
        } catch (IOException e) {
            throw FailureText.failure("cannot delete", file, e);
        }
    }

    @Override
    public OptionalLong size(StateName name) throws StoreException {
        Path file = files[name.ordinal()];
        try {
            OptionalLong size = sizeIfThere(file);
            return size.isEmpty() && hasBackup(name) ? sizeIfThere(backup.path()) : size;
        } catch (IOException e) {
            throw FailureText.failure("cannot look at", file, e);
        }
    }

    private static OptionalLong sizeIfThere(Path file) throws IOException {
        try {
            return OptionalLong.of(StateFile.status(file).size());
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public String place(StateName name) {
        return files[name.ordinal()].toString();
    }

    @Override
    public String absence(StateName name) {
        return "nothing is there";
    }

    @Override
    public boolean exchangeBackup() throws StoreException {
        if (backup == null) {
            return false;
        }
        try {
            boolean exchanged = backup.exchange();
            syncDirectory();
            return exchanged;
        } catch (IOException e) {
            throw FailureText.failure("cannot exchange backup and", files[StateName.PERMALL.ordinal()], e);
        }
    }

    @Override
    public void lock(int retries) throws StoreException {
        if (lock != null) {
            return;
        }
        Path file = options.directory().resolve(".lock");
        try {
            StateFile.isThere(file);
            lock = LockableFile.openLocked(file, LOCK_FILE, FileMode.attribute(LOCK_FILE_MODE), retries);
        } catch (IOException e) {
            throw FailureText.failure("cannot lock", file, e);
        }
        if (lock == null) {
            // swtpm's words: tests and scripts look for them
            throw new StoreException(
                    StoreError.FAIL,
                    "SWTPM_NVRAM_Lock_Dir: Could not lock access to lockfile: Resource temporarily unavailable (" + file
                            + " is locked by another process)");
        }
    }

    @Override
    public void unlock() throws StoreException {
        if (lock == null) {
            return;
        }
        LockableFile held = lock;
        lock = null;
        try {
            held.close();
        } catch (IOException e) {
            throw FailureText.failure("cannot unlock", options.directory(), e);
        }
    }

    @Override
    public boolean isLocked() {
        return lock != null;
    }

    @Override
    public void close() throws StoreException {
        unlock();
    }
}
