package org.jswtpm.server.storage;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jswtpm.server.cli.Settings.KeySource;
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
        byte[] octets = octets(source);
        try {
            if (source.passphrase() && octets.length <= SHORT_PASSPHRASE) {
                log.say("Warning: Passphrase is only " + octets.length + " bytes long");
            }
            StateKey key = key(source, octets);
            if (source.remove() && source.file() != null) {
                Files.deleteIfExists(Path.of(source.file()));
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
        try (FileInputStream in = source.file() == null
                ? InheritedDescriptor.of(source.fd(), "--" + source.title()).input()
                : new FileInputStream(source.file())) {
            return octets(source, in);
        } catch (FileNotFoundException e) {
            // the JDK's message is the path and the system's reason
            throw new IOException("Unable to open file " + e.getMessage(), e);
        }
    }

    private static byte[] octets(KeySource source, FileInputStream in) throws IOException {
        try {
            return untilShortRead(in);
        } catch (IOException e) {
            throw new IOException(name(source) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As swtpm reads: who writes a passphrase to a pipe need not close it. */
    private static byte[] untilShortRead(FileInputStream in) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int length = 0;
        int count = in.read(buffer, 0, CHUNK);
        while (count > 0) {
            length += count;
            if (count < CHUNK) {
                break;
            }
            byte[] larger = Arrays.copyOf(buffer, length + CHUNK);
            Arrays.fill(buffer, (byte) 0);
            buffer = larger;
            count = in.read(buffer, length, CHUNK);
        }
        byte[] octets = Arrays.copyOf(buffer, length);
        Arrays.fill(buffer, (byte) 0);
        return octets;
    }
}
