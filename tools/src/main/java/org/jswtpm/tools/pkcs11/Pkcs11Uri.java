package org.jswtpm.tools.pkcs11;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The name of a key in a token (RFC 7512): {@code pkcs11:token=ca;object=key?module-path=/usr/lib/module.so}. What is not
 * said may be anything.
 */
public final class Pkcs11Uri {
    private static final String SCHEME = "pkcs11:";
    /** What is understood; the type is not looked at, since nothing but a private key signs. */
    private static final List<String> ATTRIBUTES = List.of(
            "token",
            "manufacturer",
            "model",
            "serial",
            "object",
            "id",
            "type",
            "module-path",
            "pin-value",
            "pin-source");

    private final Map<String, byte[]> attributes = new HashMap<>();

    private Pkcs11Uri() {}

    /** Whether a text names a key in a token, and no file. */
    public static boolean isOne(String text) {
        return text.startsWith(SCHEME);
    }

    /** Reads a URI. */
    public static Pkcs11Uri parse(String text) throws Pkcs11Exception {
        Pkcs11Uri uri = new Pkcs11Uri();
        int query = text.indexOf('?');
        uri.take(text.substring(SCHEME.length(), query < 0 ? text.length() : query), ';');
        if (query >= 0) {
            uri.take(text.substring(query + 1), '&');
        }
        return uri;
    }

    private void take(String part, char separator) throws Pkcs11Exception {
        int start = 0;
        while (start < part.length()) {
            int end = part.indexOf(separator, start);
            String attribute = part.substring(start, end < 0 ? part.length() : end);
            int equals = attribute.indexOf('=');
            String name = attribute.substring(0, Math.max(equals, 0));
            if (!ATTRIBUTES.contains(name)) {
                throw new Pkcs11Exception("The attribute '" + attribute + "' of a PKCS #11 URI is not supported.");
            }
            attributes.put(name, decode(attribute.substring(equals + 1)));
            start += attribute.length() + 1;
        }
    }

    private static byte[] decode(String text) throws Pkcs11Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                octets.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new Pkcs11Exception("Bad percent-encoding in '" + text + "' of a PKCS #11 URI.");
            }
            octets.write(high << 4 | low);
            i += 2;
        }
        return octets.toByteArray();
    }

    /** The value of an attribute; null where there is none. */
    byte[] get(String name) {
        return attributes.get(name);
    }

    /** The value of an attribute as a text; null where there is none. */
    String text(String name) {
        byte[] value = attributes.get(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** Whether something has the value that an attribute asks for, if it does. */
    boolean allows(String name, byte[] value) {
        byte[] wanted = attributes.get(name);
        return wanted == null || Arrays.equals(wanted, value);
    }

    /** The PIN that the URI gives, or the file that it names; null where there is neither. */
    byte[] pin() throws Pkcs11Exception {
        if (attributes.containsKey("pin-value")) {
            return attributes.get("pin-value");
        }
        String source = text("pin-source");
        if (source == null) {
            return null;
        }
        Path file = Path.of(source.startsWith("file:") ? source.substring("file:".length()) : source);
        try {
            return Files.readString(file).stripTrailing().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Pkcs11Exception("Could not read the PIN from " + file + ".");
        }
    }
}
