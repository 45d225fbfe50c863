package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jswtpm.store.FileModes;
import org.jswtpm.store.FileOptions;
import org.jswtpm.store.StateName;
import org.jswtpm.store.StoreError;
import org.jswtpm.store.StoreException;

/**
 * All state files in one regular file or block device: {@code docs/state/swtpm-files.md}, section 4.
 *
 * <p>The header is read at each access, as another process may have written while the lock was not held.
 */
public final class LinearMedium implements Medium {
    private static final Set<OpenOption> OPEN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
    private static final long MAX_STORE_SIZE = 0xFFFF_FFFFL;

    private final FileOptions options;
    private final FileMode mode;
    private final FileModes modes;
    private final StepHook hook;
    private final WipedBuffer buffer = new WipedBuffer();
    private LockableFile store; // null until it is first needed
    private boolean resizable;
    private boolean made; // by this medium

    /** A medium over {@code options.file()}, which is not looked at yet. */
    public LinearMedium(FileOptions options) {
        this(options, StepHook.NONE, new SecureModes());
    }

    /** As {@link #LinearMedium(FileOptions)}, with an observer of the steps of each write. */
    public LinearMedium(FileOptions options, StepHook hook, FileModes modes) {
        this.options = options;
        this.hook = hook;
        this.modes = modes;
        mode = new FileMode(options.mode());
    }

    @Override
    public Optional<byte[]> read(StateName name) throws StoreException {
        int slot = name.ordinal();
        try {
            LinearHeader header = open(false) ? header() : null;
            if (header == null || !header.isUsed(slot)) {
                return Optional.empty();
            }
            if (header.length(slot) > MAX_FILE_SIZE) {
                throw new StoreException(StoreError.SIZE, "it has " + header.length(slot) + " octets, too many");
            }
            return Optional.of(readAt(header.offset(slot), (int) header.length(slot)));
        } catch (IOException e) {
            throw FailureText.failure("cannot read " + name.suffix() + " in", options.file(), e);
        }
    }

    @Override
    public void write(StateName name, byte[] contents) throws StoreException {
        try {
            if (contents.length > MAX_FILE_SIZE) {
                throw new StoreException(StoreError.SIZE, contents.length + " octets are too many");
            }
            open(true);
            LinearHeader header = header();
            replace(header == null ? new LinearHeader() : header, name.ordinal(), contents);
        } catch (IOException e) {
            throw FailureText.failure("cannot write " + name.suffix() + " in", options.file(), e);
        }
    }

    private void replace(LinearHeader header, int slot, byte[] contents) throws IOException {
        long section = LinearHeader.sectionLength(contents.length);
        long offset = header.free(section, -1);
        long limit = resizable ? MAX_STORE_SIZE : Math.min(channel().size(), MAX_STORE_SIZE);
        if (offset + section > limit) { // no room for old and new contents
            section = contents.length;
            offset = header.free(section, slot);
        }
        if (offset + section > limit) {
            throw new StoreException(StoreError.SIZE, "no room for " + contents.length + " octets");
        }
        writeAt(offset, contents);
        if (offset + section > channel().size()) {
            writeAt(offset + section - 1, new byte[1]);
        }
        channel().force(false);
        hook.done(WriteStep.SECTION_WRITTEN);
        header.put(slot, offset, contents.length, section);
        writeHeader(header);
    }

    private void writeHeader(LinearHeader header) throws IOException {
        writeAt(0, header.toBytes());
        channel().force(false);
        hook.done(WriteStep.HEADER_WRITTEN);
    }

    @Override
    public boolean delete(StateName name) throws StoreException {
        try {
            LinearHeader header = open(false) ? header() : null;
            if (header == null || !header.isUsed(name.ordinal())) {
                return false;
            }
            header.clear(name.ordinal());
            writeHeader(header);
            if (resizable) {
                channel().truncate(header.end());
            }
            return true;
        } catch (IOException e) {
            throw FailureText.failure("cannot delete " + name.suffix() + " in", options.file(), e);
        }
    }

    @Override
    public OptionalLong size(StateName name) throws StoreException {
        try {
            LinearHeader header = open(false) ? header() : null;
            return header == null || !header.isUsed(name.ordinal())
                    ? OptionalLong.empty()
                    : OptionalLong.of(header.length(name.ordinal()));
        } catch (IOException e) {
            throw FailureText.failure("cannot look at " + name.suffix() + " in", options.file(), e);
        }
    }

    @Override
    public String place(StateName name) {
        return name.suffix() + " in " + options.file();
    }

    @Override
    public String absence(StateName name) throws StoreException {
        try {
            if (made || !open(false)) {
                return "nothing is there";
            }
            if (header() != null) {
                return "it has none";
            }
            byte[] beginning = readAt(0, (int) Math.min(channel().size(), LinearHeader.SIZE));
            if (beginning.length == 0) {
                return "it is empty";
            }
            return isZero(beginning) ? "it begins with zeros" : "the device is no linear store";
        } catch (IOException e) {
            throw FailureText.failure("cannot look at", options.file(), e);
        }
    }

    @Override
    public boolean exchangeBackup() {
        return false;
    }

    @Override
    public void lock(int retries) throws StoreException {
        try {
            open(true);
            if (!store.lock(retries)) {
                // swtpm's words: tests and scripts look for them
                throw new StoreException(
                        StoreError.FAIL,
                        "SWTPM_NVRAM_LinearFile_Lock: Could not lock backend-uri file://" + options.file()
                                + ": Resource temporarily unavailable (it is locked by another process)");
            }
        } catch (IOException e) {
            throw FailureText.failure("cannot lock", options.file(), e);
        }
    }

    @Override
    public void unlock() throws StoreException {
        if (store == null) {
            return;
        }
        try {
            store.unlock();
        } catch (IOException e) {
            throw FailureText.failure("cannot unlock", options.file(), e);
        }
    }

    @Override
    public boolean isLocked() {
        return store != null && store.isLocked();
    }

    @Override
    public void close() throws StoreException {
        if (store == null) {
            return;
        }
        LockableFile closing = store;
        store = null;
        try {
            closing.close();
        } catch (IOException e) {
            throw FailureText.failure("cannot close", options.file(), e);
        }
    }

    /** Opens the store if it is not open; false if there is none and it is not to be made. */
    private boolean open(boolean create) throws IOException {
        if (store != null) {
            return true;
        }
        Path file = resolved();
        FileStatus found = statusIfThere(file);
        if (found == null && !create) {
            return false;
        }
        made = found == null;
        store = LockableFile.open(file, create ? CREATE : OPEN, mode.attribute());
        if (store == null) {
            throw new StoreException(StoreError.FAIL, "another store of this process has it open");
        }
        try {
            lookAt(file);
        } catch (IOException e) {
            close();
            throw e;
        }
        return true;
    }

    /** The file; or, where that is a link to a block device, the device. Any other link is not followed. */
    private Path resolved() throws IOException {
        Path file = options.file();
        boolean leadsToDevice =
                Files.isSymbolicLink(file) && FileStatus.of(file).isBlockDevice();
        return leadsToDevice ? file.toRealPath() : file;
    }

    /** Its status, if it can be a store; null where there is nothing. */
    private static FileStatus statusIfThere(Path file) throws IOException {
        FileStatus status;
        try {
            status = FileStatus.of(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (!status.isRegular() && !status.isBlockDevice()) {
            throw new StoreException(StoreError.FAIL, "it is no regular file and no block device");
        }
        return status;
    }

    private void lookAt(Path file) throws IOException {
        FileStatus status = statusIfThere(file);
        if (status == null) {
            throw new NoSuchFileException(file.toString());
        }
        resizable = status.isRegular();
        if (!resizable && channel().size() < LinearHeader.SIZE) {
            throw new StoreException(StoreError.SIZE, "the device has no room for a header");
        }
        if (mode.isGiven() && mode.mustApply(status.permissions())) {
            modes.set(file, mode.bits());
        }
    }

    /** The header; null where the store is to be formatted. */
    private LinearHeader header() throws IOException {
        long size = channel().size();
        byte[] octets = readAt(0, (int) Math.min(size, LinearHeader.SIZE));
        if (LinearHeader.isThere(octets)) {
            return LinearHeader.read(octets, size);
        }
        if (resizable && !isZero(octets)) {
            throw new StoreException(StoreError.FAIL, "it is not empty and no linear store");
        }
        return null;
    }

    private static boolean isZero(byte[] octets) {
        for (byte octet : octets) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    private FileChannel channel() {
        return store.channel();
    }

    private byte[] readAt(long offset, int length) throws IOException {
        byte[] contents = new byte[length];
        buffer.read(channel(), offset, contents);
        return contents;
    }

    private void writeAt(long offset, byte[] contents) throws IOException {
        buffer.write(channel(), offset, contents);
    }
}
