package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmInfoTest {
    private final Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, new TestHost());

    /** As swtpm with libtpms 0.11 prints it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "0x00 | {}",
                "0x100 | {}",
                "0x01 | {\"TPMSpecification\":{\"family\":\"2.0\",\"level\": 0,\"revision\": 183}}",
                "0x02 |"
                    + " {\"TPMAttributes\":{\"manufacturer\":\"id:00001014\",\"version\":\"id:20240125\",\"model\":\"swtpm\"}}",
                "0x103 | {\"TPMSpecification\":{\"family\":\"2.0\",\"level\": 0,\"revision\": 183},"
                    + "\"TPMAttributes\":{\"manufacturer\":\"id:00001014\",\"version\":\"id:20240125\",\"model\":\"swtpm\"}}"
            })
    void tellsWhoMadeIt(String flags, String json) {
        assertEquals(json, tpm.info(Long.decode(flags)));
    }

    @Test
    void namesTheSizesThatKeysCanHave() {
        assertEquals(
                "{\"TPMFeatures\":{\"RSAKeySizes\":[1024,2048,3072],\"CamelliaKeySizes\":[128,256]}}", tpm.info(4));
    }

    @Test
    void hasTheNullProfile() {
        String profile = tpm.info(0x20);
        assertTrue(
                profile.startsWith("{\"ActiveProfile\":{\"Name\":\"null\",\"StateFormatLevel\":1,\"Commands\":\"0x"),
                profile);
        assertEquals(
                "{\"AvailableProfiles\":[" + profile.substring("{\"ActiveProfile\":".length(), profile.length() - 1)
                        + "]}",
                tpm.info(0x40));
    }

    @Test
    void listsItsCommandsAsRanges() {
        String commands = tpm.info(0x10);
        assertTrue(commands.startsWith("{\"RuntimeCommands\":{\"Implemented\":\"0x11f-0x122,0x124-0x12e,"), commands);
        assertTrue(commands.endsWith("\",\"Disabled\":\"\"}}"), commands);
    }

    @Test
    void givesAllOfItTogether() {
        String all = tpm.info(0xFF);
        int at = 0;
        for (String key : new String[] {
            "TPMSpecification",
            "TPMAttributes",
            "TPMFeatures",
            "RuntimeAlgorithms",
            "RuntimeCommands",
            "RuntimeAttributes",
            "ActiveProfile",
            "AvailableProfiles"
        }) {
            int next = all.indexOf("\"" + key + "\":");
            assertTrue(next > at, key);
            at = next;
        }
    }
}
