package org.jswtpm.tools.cert;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jswtpm.tools.log.Reason;
import org.jswtpm.tools.process.InheritedDescriptor;

/** The forms that a {@code pwd} option may have. */
final class Passwords {
    private static final int MAX_SIZE = 255;

    private Passwords() {}

    /** The password that {@code --signkey-pwd} or {@code --signkey-password} gives; null where there is none. */
    static char[] of(CertArguments arguments) throws CertException {
        if (arguments.has(CertOption.SIGNKEY_PWD)) {
            return read(arguments.get(CertOption.SIGNKEY_PWD));
        }
        String password = arguments.get(CertOption.SIGNKEY_PASSWORD);
        return password == null ? null : password.toCharArray();
    }

    /** The PIN of a PKCS #11 token: a password, or else {@code SWTPM_PKCS11_PIN}; null where there is none. */
    static byte[] pin(CertArguments arguments) throws CertException {
        char[] password = of(arguments);
        String pin = password == null ? System.getenv("SWTPM_PKCS11_PIN") : new String(password);
        return pin == null ? null : pin.getBytes(StandardCharsets.UTF_8);
    }

    private static char[] read(String text) throws CertException {
        if (text.startsWith("fd:")) {
            return descriptor(text.substring(3));
        }
        if (text.startsWith("file:")) {
            return file(text.substring(5));
        }
        if (text.startsWith("env:")) {
            String value = System.getenv(text.substring(4));
            if (value == null) {
                throw new CertException("Could not get password from environment variable.");
            }
            return value.toCharArray();
        }
        return (text.startsWith("pass:") ? text.substring(5) : text).toCharArray();
    }

    private static char[] descriptor(String number) throws CertException {
        try {
            return text(InheritedDescriptor.read(Integer.parseUnsignedInt(number), MAX_SIZE));
        } catch (NumberFormatException e) {
            throw new CertException("Bad file descriptor for password.");
        } catch (IOException e) {
            throw new CertException("Could not read password from file descriptor: " + Reason.of(e));
        }
    }

    private static char[] file(String path) throws CertException {
        try (InputStream in = new FileInputStream(path)) {
            return text(in.readNBytes(MAX_SIZE));
        } catch (FileNotFoundException e) {
            throw new CertException("Could not open password file for reading: " + Reason.of(e));
        } catch (IOException e) {
            throw new CertException("Could not read password from file descriptor: " + Reason.of(e));
        }
    }

    /** Byte for byte up to a zero, as swtpm reads it; the octets are wiped. */
    private static char[] text(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Arrays.fill(octets, (byte) 0);
        int end = text.indexOf(0);
        return (end < 0 ? text : text.substring(0, end)).toCharArray();
    }
}
