package org.jswtpm.engine.tpm2.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    private static final String FEWEST =
            "rsa,hmac,aes,mgf1,keyedhash,xor,sha256,sha384,null,oaep,ecdsa,ecdh,kdf1-sp800-56a,"
                    + "kdf2,kdf1-sp800-108,ecc,ecc-nist-p256,ecc-nist-p384,symcipher,cfb";

    private static Profile custom(String more) throws ProfileException {
        return Profile.ofUser("{\"Name\":\"custom\"" + more + "}");
    }

    /** What libtpms 0.11 makes of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Name\":\"null\"} | 1",
                "{ \"Name\" : \"default-v1\" } | 7",
                "{\"Name\":\"default-v2\"} | 8",
                "{\"Name\":\"custom\"} | 8",
                "{\"Name\":\"custom:mine\",\"StateFormatLevel\":2} | 2",
                "{\"Name\":\"custom\",\"StateFormatLevel\":5,\"StateFormatLevel\":3} | 3",
                "{\"Name\":\"custom\",\"Algorithms\":\"" + FEWEST + ",rsa-min-size=2048\"} | 8",
                "{\"Name\":\"custom\",\"Algorithms\":\"" + FEWEST + "\"} | 5",
                "{\"Name\":\"custom\",\"Algorithms\":\"" + FEWEST + ",hmac-min-key-size=112\"} | 7",
                "{\"Name\":\"custom\",\"Algorithms\":\"" + FEWEST + "\",\"Attributes\":\"pct\"} | 7"
            })
    void hasTheLevelThatItNeeds(String json, int level) throws ProfileException {
        assertEquals(level, Profile.ofUser(json).stateFormatLevel());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | misses a {",
                "{} | has no Name",
                "{\"Name\":\"\"} | has no Name",
                "{\"Name\":null} | neither a string nor a number",
                "{\"Name\":\"null\"}x | must end",
                "{\"Name\":\"null\" | misses a }",
                "{\"Name\":\"none\"} | no profile none",
                "{\"Name\":\"default-v1\",\"Attributes\":\"\"} | default-v1 does not allow any customization",
                "{\"Name\":\"null\",\"StateFormatLevel\":1} | null does not allow any customization",
                "{\"Name\":\"custom\",\"StateFormatLevel\":1} | at least StateFormatLevel 2",
                "{\"Name\":\"custom\",\"StateFormatLevel\":9} | the highest one is 8",
                "{\"Name\":\"custom\",\"StateFormatLevel\":99999999999} | the highest one is 8",
                "{\"Name\":\"custom\",\"Commands\":\"0x11f-0x19c\"} | 0x123, which is not implemented",
                "{\"Name\":\"custom\",\"Commands\":\"0x11f,x\"} | cannot be read: x",
                "{\"Name\":\"custom\",\"Commands\":\"0x11f\"} | must have the command 0x120",
                "{\"Name\":\"custom\",\"StateFormatLevel\":2,\"Commands\":\"0x199\"} | needs StateFormatLevel 3",
                "{\"Name\":\"custom\",\"Algorithms\":\"rsa\"} | must have the algorithm hmac",
                "{\"Name\":\"custom\",\"Algorithms\":\"sm4\"} | sm4, which is not supported",
                "{\"Name\":\"custom\",\"Algorithms\":\"rsa-min-size=4097\"} | key size",
                "{\"Name\":\"custom\",\"Algorithms\":\"rsa-min-size=x\"} | key size",
                "{\"Name\":\"custom\",\"Algorithms\":\"" + FEWEST
                        + ",aes-min-size=256,rsa-min-size=2048\"} | aes-min-size=128",
                "{\"Name\":\"custom\",\"Attributes\":\"fast\"} | fast, which is not supported",
                "{\"Name\":\"custom\",\"StateFormatLevel\":6,\"Attributes\":\"pct\"} | needs StateFormatLevel 7"
            })
    void isRefusedWithAReason(String json, String reason) {
        String message =
                assertThrows(ProfileException.class, () -> Profile.ofUser(json)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void leavesOutTheCommandsThatItsLevelDoesNotKnow() throws ProfileException {
        Profile profile = custom(",\"StateFormatLevel\":4");
        assertTrue(profile.commandList().endsWith(",0x197,0x199-0x19a"), profile.commandList());
        assertTrue(profile.commands().isEnabled(CommandCode.ECC_ENCRYPT));
        assertFalse(profile.commands().isEnabled(CommandCode.POLICY_PARAMETERS));
    }

    @Test
    void knowsTheKeySizesOfItsLevel() throws ProfileException {
        Profile old = custom(",\"StateFormatLevel\":3");
        assertFalse(old.algorithms().isEnabled(AlgId.AES, 192));
        assertTrue(custom(",\"StateFormatLevel\":4").algorithms().isEnabled(AlgId.AES, 192));
        assertFalse(Profile.ofUser("{\"Name\":\"default-v1\"}").algorithms().isEnabled(AlgId.RSA, 4096));
        assertTrue(Profile.ofUser("{\"Name\":\"default-v2\"}").algorithms().isEnabled(AlgId.RSA, 4096));
    }

    @Test
    void switchesOffWhatItDoesNotName() throws ProfileException {
        Profile profile = custom(
                ",\"Algorithms\":\"" + FEWEST + ",ecc-min-size=256,ecc-nist-p192,ecc-nist-p521,aes-min-size=256\"");
        assertFalse(profile.algorithms().isEnabled(AlgId.SHA1));
        assertFalse(profile.algorithms().isEnabled(AlgId.AES, 128));
        assertFalse(profile.algorithms().isEnabled(EccCurve.NIST_P192), "shorter than the profile wants");
        assertTrue(profile.algorithms().isEnabled(EccCurve.NIST_P521));
        assertFalse(profile.algorithms().isEnabled(EccCurve.BN_P256));
    }

    @Test
    void keepsTheLastOfWordsThatComeAgain() throws ProfileException {
        Profile profile = custom(",\"Algorithms\":\"rsa-min-size=1024," + FEWEST + ",rsa-min-size=2048,sha1,sha1\"");
        assertEquals(FEWEST + ",rsa-min-size=2048,sha1", profile.algorithmList());
    }

    @Test
    void sumsAttributesUp() throws ProfileException {
        Profile profile = custom(",\"Attributes\":\"fips-host\"");
        assertTrue(profile.demands(ProfileAttribute.NO_SHA1_VERIFICATION));
        assertFalse(profile.demands(ProfileAttribute.NO_SHA1_HMAC_CREATION));
        assertTrue(custom(",\"Attributes\":\"no-sha1-hmac\"").demands(ProfileAttribute.NO_SHA1_HMAC_CREATION));
    }

    @Test
    void isReadBackFromWhatItWritesIntoAState() throws ProfileException {
        Profile profile =
                custom(",\"StateFormatLevel\":7,\"Description\":\"mine\",\"Attributes\":\"pct,no-sha1-hmac\"");
        Profile again = Profile.ofState(profile.toJson());
        assertEquals(profile.toJson(), again.toJson());
        assertEquals(profile.attributes(), again.attributes());
        assertThrows(ProfileException.class, () -> Profile.ofState(""), "no profile");
        assertThrows(ProfileException.class, () -> Profile.ofState("{\"Name\":\"default-v1\"}"), "no level");
    }

    /** Found by ProfileFuzzer: the state that it makes would end there. */
    @Test
    void hasNoZeroInIt() {
        ProfileException refused = assertThrows(
                ProfileException.class, () -> Profile.ofUser("{\"Name\":\"custom:a\0b\",\"StateFormatLevel\":7}"));
        assertEquals("The profile has a zero in it, at character 17", refused.getMessage());
    }

    /** The state counts the octets of a profile, and a zero behind them, in 16 bits. */
    @Test
    void isNoLongerThanAStateCanHold() throws ProfileException {
        Profile shortOne = Profile.ofUser(withSpaces(0));
        int room = 0xFFFF - 1 - shortOne.toJson().length();
        assertEquals(0xFFFF - 1, Profile.ofUser(withSpaces(room)).toJson().length());
        assertThrows(ProfileException.class, () -> Profile.ofUser(withSpaces(room + 1)));
    }

    private static String withSpaces(int count) throws ProfileException {
        String commands = Profile.ofUser("{\"Name\":\"default-v1\"}").commandList();
        return "{\"Name\":\"custom\",\"Commands\":\"" + commands + " ".repeat(count) + "\"}";
    }
}
