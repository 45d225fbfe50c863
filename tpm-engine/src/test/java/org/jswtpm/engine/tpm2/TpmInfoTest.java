package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.Tpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmInfoTest {
    private final Tpm tpm = Tpm2Fixture.poweredOn().tpm();

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
                "{\"TPMFeatures\":{\"RSAKeySizes\":[1024,2048,3072,4096],\"CamelliaKeySizes\":[128,192,256]}}",
                tpm.info(4));
    }

    @Test
    void hasTheNullProfile() {
        String profile = tpm.info(0x20);
        assertTrue(
                profile.startsWith("{\"ActiveProfile\":{\"Name\":\"null\",\"StateFormatLevel\":1,\"Commands\":\"0x"),
                profile);
        String available = tpm.info(0x40);
        assertTrue(
                available.contains(profile.substring("{\"ActiveProfile\":".length(), profile.length() - 1)), available);
        assertEquals(5, available.split("\\{\"Name\":", -1).length, "four profiles");
    }

    /** As swtpm 0.10 with libtpms 0.11 prints it for a custom profile, and for a TPM that is off. */
    @Test
    void tellsWhatAProfileHasSwitchedOff() {
        Tpm2Fixture custom = Tpm2Fixture.startedWith(
                "{\"Name\":\"custom\",\"Attributes\":\"no-sha1-signing,pct\",\"Algorithms\":\"rsa,rsa-min-size=2048,sha1,hmac,aes,"
                    + "mgf1,keyedhash,xor,sha256,sha384,null,rsassa,rsapss,oaep,ecdsa,ecdh,kdf1-sp800-56a,kdf2,"
                    + "kdf1-sp800-108,ecc,ecc-nist,symcipher,cfb\"}");
        String algorithms = custom.tpm().info(8);
        assertTrue(
                algorithms.contains(
                        "\"Enabled\":\"rsa,rsa-min-size=2048,sha1,hmac,aes,aes-min-size=128,mgf1,keyedhash,xor,"
                            + "sha256,sha384,null,rsassa,rsapss,oaep,ecdsa,ecdh,kdf1-sp800-56a,kdf2,kdf1-sp800-108,ecc,ecc-nist,"
                            + "ecc-nist-p192,ecc-nist-p224,ecc-nist-p256,ecc-nist-p384,ecc-nist-p521,symcipher,cfb\","
                            + "\"Disabled\":\"tdes,sha512,rsaes,ecdaa,sm2,ecschnorr,ecmqv,ecc-bn,ecc-bn-p256,ecc-bn-p638,"
                            + "ecc-sm2-p256,camellia,cmac,ctr,ofb,cbc,ecb\""),
                algorithms);
        assertTrue(custom.tpm().info(0x80).contains("\"Enabled\":\"no-sha1-signing,pct\",\"Disabled\":\"no-unpadded-"));
        custom.tpm().powerOff();
        assertTrue(custom.tpm().info(0x10).contains("\"Enabled\":\"\",\"Disabled\":\"0x11f-0x122,"));
        assertEquals("{}", custom.tpm().info(0x20));
    }

    @Test
    void listsItsCommandsAsRanges() {
        String commands = tpm.info(0x10);
        assertTrue(commands.startsWith("{\"RuntimeCommands\":{\"Implemented\":\"0x11f-0x122,0x124-0x12e,"), commands);
        assertTrue(commands.endsWith("\",\"Disabled\":\"0x199-0x19c\"}}"), commands);
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
