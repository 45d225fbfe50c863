package org.jswtpm.tools.setup;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jswtpm.store.KeyLength;
import org.jswtpm.store.PassphraseKdf;
import org.jswtpm.store.StateKey;
import org.jswtpm.store.StateKeys;
import org.jswtpm.store.StoreException;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;
import org.jswtpm.tools.process.InheritedDescriptor;
import org.jswtpm.tools.process.KernelRandom;

/**
 * What the state is encrypted with: the contents of the file that the command line names. They are read once and wiped
 * when the TPM has its key.
 */
final class StateEncryption implements AutoCloseable {
    private static final int MAX_SIZE = 4096;

    private final byte[] content;
    private final boolean passphrase;
    private final String cipher;

    private StateEncryption(byte[] content, boolean passphrase, String cipher) {
        this.content = content;
        this.passphrase = passphrase;
        this.cipher = cipher;
    }

    /** What the command line asks for; of no key where it asks for none. */
    static StateEncryption of(SetupArguments arguments, ToolLog log) throws SetupException {
        String cipher = arguments.has(SetupOption.CIPHER) ? arguments.get(SetupOption.CIPHER) : "aes-128-cbc";
        if (!cipher.equals("aes-128-cbc") && !cipher.equals("aes-cbc") && !cipher.equals("aes-256-cbc")) {
            throw new SetupException("Unsupported cipher " + cipher + ".");
        }
        if (arguments.has(SetupOption.KEYFILE)) {
            byte[] content = file(arguments.get(SetupOption.KEYFILE), "keyfile");
            log.say("  The TPM's state will be encrypted with a provided key.");
            return new StateEncryption(content, false, cipher);
        }
        if (arguments.has(SetupOption.PWDFILE)) {
            byte[] content = file(arguments.get(SetupOption.PWDFILE), "passphrase file");
            log.say("  The TPM's state will be encrypted using a key derived from a passphrase.");
            return new StateEncryption(content, true, cipher);
        }
        if (arguments.has(SetupOption.KEYFILE_FD)) {
            byte[] content = descriptor(arguments.get(SetupOption.KEYFILE_FD));
            log.say("  The TPM's state will be encrypted with a provided key (fd).");
            return new StateEncryption(content, false, cipher);
        }
        if (arguments.has(SetupOption.PWDFILE_FD)) {
            byte[] content = descriptor(arguments.get(SetupOption.PWDFILE_FD));
            log.say("  The TPM's state will be encrypted using a key derived from a passphrase (fd).");
            return new StateEncryption(content, true, cipher);
        }
        return new StateEncryption(null, false, cipher);
    }

    private static byte[] file(String name, String what) throws SetupException {
        if (!Files.isReadable(Path.of(name))) {
            throw new SetupException(
                    "User " + System.getProperty("user.name") + " cannot read " + what + " " + name + ".");
        }
        try (InputStream in = new FileInputStream(name)) {
            return in.readNBytes(MAX_SIZE);
        } catch (IOException e) {
            throw new SetupException("Could not read the key from " + name + ": " + Reason.of(e));
        }
    }

    private static byte[] descriptor(String number) throws SetupException {
        try {
            return InheritedDescriptor.read(Integer.parseInt(number), MAX_SIZE);
        } catch (IOException e) {
            throw new SetupException("Could not read the key from descriptor " + number + ": " + e.getMessage());
        }
    }

    /** The keys of a store. */
    StateKeys storeKeys() throws SetupException {
        if (content == null) {
            return StateKeys.NONE;
        }
        KeyLength length = cipher.equals("aes-256-cbc") ? KeyLength.BITS_256 : KeyLength.BITS_128;
        try {
            StateKey key = passphrase
                    ? StateKey.fromPassphrase(content, PassphraseKdf.PBKDF2, length)
                    : StateKey.fromHex(content, length);
            return new StateKeys(key, null, KernelRandom::fill);
        } catch (StoreException e) {
            throw new SetupException(e.getMessage());
        }
    }

    /** The value of swtpm's {@code --key}, for a key that comes on its standard input; null for no key. */
    String programOption() {
        return content == null ? null : (passphrase ? "pwdfd=0" : "fd=0") + ",mode=" + cipher;
    }

    /** What a program reads on its standard input. */
    byte[] programInput() {
        return content == null ? new byte[0] : content;
    }

    @Override
    public void close() {
        if (content != null) {
            Arrays.fill(content, (byte) 0);
        }
    }
}
