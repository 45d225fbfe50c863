package org.jswtpm.tools.pkcs11;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pkcs11UriTest {
    @Test
    void readsPathAndQuery() throws Exception {
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=My%20CA;id=%00%ff;object=key%3B%c3%a9;type=private"
                + "?module-path=/usr/lib/module.so&pin-value=1%2634");
        assertEquals("My CA", uri.text("token"));
        assertArrayEquals(new byte[] {0, (byte) 0xff}, uri.get("id"));
        assertEquals("key;\u00e9", uri.text("object"));
        assertEquals("/usr/lib/module.so", uri.text("module-path"));
        assertEquals("1&34", new String(uri.pin(), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNotSaidMayBeAnything() throws Exception {
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=a");
        assertTrue(uri.allows("serial", new byte[] {1}));
        assertTrue(uri.allows("token", new byte[] {'a'}));
        assertFalse(uri.allows("token", new byte[] {'b'}));
        assertNull(uri.get("object"));
        assertNull(uri.pin());
        assertTrue(Pkcs11Uri.parse("pkcs11:").allows("token", new byte[0]));
    }

    @Test
    void readsThePinFromAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("pin"), "1234\n");
        for (String source : new String[] {file.toString(), "file:" + file}) {
            Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=a?pin-source=" + source);
            assertEquals("1234", new String(uri.pin(), StandardCharsets.UTF_8));
        }
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:?pin-source=" + directory.resolve("none"));
        assertThrows(Pkcs11Exception.class, uri::pin);
    }

    @ParameterizedTest
    @CsvSource({
        "pkcs11:x, The attribute 'x' of a PKCS #11 URI is not supported.",
        "pkcs11:token=a;slot-id=1, The attribute 'slot-id=1' of a PKCS #11 URI is not supported.",
        "pkcs11:token=a?module-name=b, The attribute 'module-name=b' of a PKCS #11 URI is not supported.",
        "pkcs11:token=%2, Bad percent-encoding in '%2' of a PKCS #11 URI.",
        "pkcs11:token=%zz, Bad percent-encoding in '%zz' of a PKCS #11 URI."
    })
    void refusesWhatItDoesNotUnderstand(String uri, String message) {
        assertEquals(
                message,
                assertThrows(Pkcs11Exception.class, () -> Pkcs11Uri.parse(uri)).getMessage());
    }

    @Test
    void complainsOfAModuleThatIsNotThere() {
        String uri = "pkcs11:token=a?module-path=/nowhere/module.so";
        String message = assertThrows(Pkcs11Exception.class, () -> Pkcs11Key.open(uri, null))
                .getMessage();
        assertTrue(message.startsWith("Could not load the PKCS #11 module /nowhere/module.so"), message);
    }
}
