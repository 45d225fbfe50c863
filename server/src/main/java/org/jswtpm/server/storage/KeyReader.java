package org.jswtpm.server.storage;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jswtpm.server.cli.Settings.KeySource;
import org.jswtpm.server.file.FileType;
import org.jswtpm.server.file.OwnFile;
import org.jswtpm.server.log.FailureReason;
import org.jswtpm.server.log.Log;
import org.jswtpm.server.socket.inherited.InheritedDescriptor;
import org.jswtpm.store.KeyLength;
import org.jswtpm.store.PassphraseKdf;
import org.jswtpm.store.StateKey;
import org.jswtpm.store.StoreException;

/** Reads the key or passphrase that an option names; a descriptor is closed then, as swtpm does. */
final class KeyReader {
    private static final int CHUNK = 1024;
    private static final int SHORT_PASSPHRASE = 6;

    private KeyReader() {}

    /** The key; null for no source. */
    static StateKey read(KeySource source, Log log) throws IOException {
        if (source == null) {
            return null;
        }
        OwnFile file = source.remove() && source.file() != null ? OwnFile.at(Path.of(source.file())) : null;
        byte[] octets = octets(source);
        try {
            if (source.passphrase() && octets.length <= SHORT_PASSPHRASE) {
                log.say("Warning: Passphrase is only " + octets.length + " bytes long");
            }
            StateKey key = key(source, octets);
            if (file != null && FileType.of(Path.of(source.file())) == FileType.REGULAR) {
                file.remove();
            }
            return key;
        } catch (StoreException e) {
            throw new IOException(name(source) + " cannot be used: " + e.getMessage() + remedy(source), e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static StateKey key(KeySource source, byte[] octets) throws StoreException {
        KeyLength length = source.bits() == 128 ? KeyLength.BITS_128 : KeyLength.BITS_256;
        if (source.passphrase()) {
            return StateKey.fromPassphrase(
                    octets, source.sha512() ? PassphraseKdf.SHA512 : PassphraseKdf.PBKDF2, length);
        }
        return source.binary() ? StateKey.fromBinary(octets, length) : StateKey.fromHex(octets, length);
    }

    private static String name(KeySource source) {
        return "The " + (source.passphrase() ? "passphrase" : "key") + " of --" + source.title() + " ("
                + (source.file() == null ? "descriptor " + source.fd() : source.file()) + ")";
    }

    private static String remedy(KeySource source) {
        return "; it has to be " + source.bits() + " bits as mode= says, in "
                + (source.binary() ? "octets" : "hexadecimal digits") + " as format= says";
    }

    private static byte[] octets(KeySource source) throws IOException {
        try (FileInputStream in = open(source);
                FileChannel channel = in.getChannel()) {
            return octets(source, channel);
        }
    }

    private static FileInputStream open(KeySource source) throws IOException {
        if (source.file() == null) {
            return InheritedDescriptor.of(source.fd(), "--" + source.title()).input();
        }
        try {
            OwnFile.requireReadable(Path.of(source.file()));
            return new FileInputStream(source.file());
        } catch (FileNotFoundException e) {
            // the JDK's message is the path and the system's reason
            throw new IOException("Unable to open file " + e.getMessage(), e);
        } catch (FileSystemException e) {
            throw new IOException("Unable to open file " + source.file() + " (" + FailureReason.of(e) + ")", e);
        }
    }

    private static byte[] octets(KeySource source, FileChannel in) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK); // the JDK's own would keep the key
        try {
            return untilShortRead(in, buffer);
        } catch (IOException e) {
            throw new IOException(name(source) + " cannot be read: " + FailureReason.of(e), e);
        } finally {
            buffer.clear().put(new byte[CHUNK]);
        }
    }

    /** As swtpm reads: who writes a passphrase to a pipe need not close it. */
    private static byte[] untilShortRead(FileChannel in, ByteBuffer buffer) throws IOException {
        byte[] octets = new byte[0];
        int count;
        do {
            count = Math.max(0, in.read(buffer.clear()));
            byte[] longer = Arrays.copyOf(octets, octets.length + count);
            buffer.flip().get(longer, octets.length, count);
            Arrays.fill(octets, (byte) 0);
            octets = longer;
        } while (count == CHUNK);
        return octets;
    }
}
