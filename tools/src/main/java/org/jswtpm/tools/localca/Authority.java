package org.jswtpm.tools.localca;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jswtpm.tools.cert.CaKey;
import org.jswtpm.tools.config.ConfigFile;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.log.ToolLog;
import org.jswtpm.tools.pkcs11.Pkcs11Uri;
import org.jswtpm.tools.process.FlockFile;
import org.jswtpm.tools.process.KernelRandom;
import org.jswtpm.tools.process.NewFile;
import org.jswtpm.tools.process.ProcessEnvironment;

/**
 * The CA: its directory, the key that signs with its certificate, and the last serial number.
 *
 * <p>All that changes it happens under the lock of its directory, and a key appears under its name when it is complete:
 * programs that run at the same time make one CA and no serial number twice.
 */
final class Authority {
    /** RFC 5280, 4.1.2.2. */
    private static final int MAX_SERIAL_BITS = 20 * Byte.SIZE;
    /** The longest file that can hold such a number. */
    private static final int MAX_SERIAL_DIGITS = 49;
    /** The first numbers have 20 digits, as swtpm's, and fit into the 64 bits in which older releases of it count. */
    private static final BigInteger FIRST_SERIAL = BigInteger.TEN.pow(19);

    private static final long FIRST_SERIALS = 8_000_000_000_000_000_000L;

    /** The one that swtpm-create-tpmca sets. */
    private static final String DEFAULT_PIN = "swtpm-tpmca";

    private static final String OWNER_AND_GROUP = "rw-r-----";
    private static final String ALL = "rw-r--r--";

    private final ToolLog log;
    private final Path directory;
    private final String signingKey;
    private final Path issuerCertificate;
    private final Path serialFile;
    private final String password;

    private Authority(ConfigFile config, Path configFile, ToolLog log) throws LocalcaException {
        this.log = log;
        this.directory = Path.of(required(config, "statedir", configFile));
        String key = required(config, "signingkey", configFile);
        // the backslashes are of the time when a shell read the file
        this.signingKey = Pkcs11Uri.isOne(key) ? key.replace("\\;", ";") : key;
        this.issuerCertificate = Path.of(required(config, "issuercert", configFile));
        this.password = password(config);
        String serial = config.get("certserial");
        this.serialFile =
                serial == null ? directory.resolve("certserial") : Path.of(filled(serial, "certserial", configFile));
    }

    /** The CA that a configuration describes, whose directories are made where they are missing. */
    static Authority open(ConfigFile config, Path configFile, ToolLog log) throws LocalcaException {
        Authority authority = new Authority(config, configFile, log);
        authority.makeDirectory(authority.directory, "statedir");
        if (authority.isToken()) {
            setEnvironment(config);
            log.say("CA uses a PKCS#11 key; using SWTPM_PKCS11_PIN");
        } else {
            authority.makeDirectory(Path.of(authority.signingKey).getParent(), "signkey");
        }
        authority.makeDirectory(authority.issuerCertificate.getParent(), "issuercert");
        authority.makeDirectory(authority.serialFile.getParent(), "certserial");
        if (!Files.isReadable(authority.directory) || !Files.isWritable(authority.directory)) {
            throw new LocalcaException(
                    "Need read/write rights on statedir " + authority.directory + " for user " + user() + ".");
        }
        return authority;
    }

    private static String required(ConfigFile config, String name, Path configFile) throws LocalcaException {
        String value = config.get(name);
        if (value == null) {
            throw new LocalcaException("Missing '" + name + "' config value in config file " + configFile + ".");
        }
        return filled(value, name, configFile);
    }

    /** A variable that is not set is empty, as in swtpm; and an empty path would be the directory of who runs this. */
    private static String filled(String value, String name, Path configFile) throws LocalcaException {
        if (value.isEmpty()) {
            throw new LocalcaException("The '" + name + "' config value in config file " + configFile
                    + " is empty; set it, and the variables that it names.");
        }
        return value;
    }

    /** Whether the key is in a PKCS #11 token: then the CA's owner has made it. */
    private boolean isToken() {
        return Pkcs11Uri.isOne(signingKey);
    }

    /** For the token's module, which is loaded later. */
    private static void setEnvironment(ConfigFile config) throws LocalcaException {
        try {
            ProcessEnvironment.set(config.environment());
        } catch (IOException e) {
            throw new LocalcaException("Could not set the environment of the PKCS #11 module: " + e.getMessage());
        }
    }

    private String password(ConfigFile config) {
        String password = config.get("signingkey_password");
        if (password == null && isToken()) {
            String pin = config.get("SWTPM_PKCS11_PIN");
            return pin == null ? DEFAULT_PIN : pin;
        }
        return password;
    }

    private void makeDirectory(Path path, String purpose) throws LocalcaException {
        if (path == null || Files.exists(path)) {
            return;
        }
        log.say("Creating swtpm-localca dir '" + path + "'.");
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwx---")));
        } catch (IOException e) {
            throw new LocalcaException("Could not create directory for '" + purpose + "': " + Reason.of(e));
        }
    }

    /** Makes the CA if there is none, and takes the next serial number. */
    BigInteger nextSerial() throws LocalcaException {
        try (FlockFile _ = lock()) {
            boolean key = isToken() || isThere(Path.of(signingKey), "signing key");
            boolean certificate = isThere(issuerCertificate, "issuer certificate");
            if (isToken() && !certificate) {
                throw new LocalcaException(
                        "Need read rights on issuer certificate " + issuerCertificate + " for user " + user() + ".");
            }
            if (!key || !certificate) {
                log.say("Creating root CA and a local CA's signing key and issuer cert.");
                if (password != null && password.isEmpty()) {
                    throw new LocalcaException("The 'signingkey_password' config value is empty: no key is encrypted"
                            + " with it; set it, and the variables that it names, or leave it out.");
                }
                create();
            }
            BigInteger serial = last().add(BigInteger.ONE);
            if (serial.bitLength() > MAX_SERIAL_BITS) {
                serial = random();
            }
            replace(serialFile, serial.toString(), ALL);
            return serial;
        } catch (IOException e) {
            throw new LocalcaException("Error in the CA's directory " + directory + ": " + Reason.of(e));
        }
    }

    private FlockFile lock() throws LocalcaException {
        Path file = directory.resolve(".lock.swtpm-localca");
        try {
            return FlockFile.lock(file);
        } catch (IOException e) {
            throw new LocalcaException("Could not lock " + file + ": " + Reason.of(e));
        }
    }

    private static boolean isThere(Path file, String what) throws LocalcaException {
        if (Files.isReadable(file)) {
            return true;
        }
        if (Files.exists(file)) {
            throw new LocalcaException("Need read rights on " + what + " " + file + " for user " + user() + ".");
        }
        return false;
    }

    private void create() throws IOException {
        Path keyFile = Path.of(signingKey);
        Path parent = keyFile.toAbsolutePath().getParent();
        CaKey root = CaKey.generate("swtpm-localca-rootca");
        CaKey local = CaKey.generate("swtpm-localca");
        String rootPassword = System.getenv("SWTPM_ROOTCA_PASSWORD");
        replace(
                parent.resolve("swtpm-localca-rootca-privkey.pem"),
                root.toPem(rootPassword == null ? null : rootPassword.toCharArray()),
                OWNER_AND_GROUP);
        replace(parent.resolve("swtpm-localca-rootca-cert.pem"), root.certify(root), ALL);
        replace(issuerCertificate, root.certify(local), ALL);
        // the last one: where it is, the others are
        replace(keyFile, local.toPem(password == null ? null : password.toCharArray()), OWNER_AND_GROUP);
    }

    private BigInteger last() throws IOException {
        if (!Files.isReadable(serialFile)) {
            return random();
        }
        String text = Files.readString(serialFile, StandardCharsets.ISO_8859_1).strip();
        if (text.isEmpty() || text.length() > MAX_SERIAL_DIGITS) {
            return random();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return random();
            }
        }
        return new BigInteger(text);
    }

    private static BigInteger random() {
        return FIRST_SERIAL.add(BigInteger.valueOf(new KernelRandom().nextLong(FIRST_SERIALS)));
    }

    private static void replace(Path file, String content, String mode) throws IOException {
        var permissions = PosixFilePermissions.fromString(mode);
        Path temporary =
                NewFile.in(file.toAbsolutePath().getParent(), file.getFileName().toString());
        try {
            Files.createFile(temporary, PosixFilePermissions.asFileAttribute(permissions));
            Files.writeString(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    /** The private key: a file, or the URI of one in a token. */
    String signingKey() {
        return signingKey;
    }

    /** The certificate of the key. */
    Path issuerCertificate() {
        return issuerCertificate;
    }

    /** What the private key is encrypted with, or the PIN of its token; null where it is not encrypted. */
    String password() {
        return password;
    }
}
