package org.jswtpm.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FipsProfileTest {
    private static final String BUILT_IN = "{\"AvailableProfiles\":[{\"Name\":\"null\",\"Algorithms\":\"none\"},"
            + "{\"Name\":\"custom\",\"Algorithms\":\"rsa,rsa-min-size=1024,tdes,camellia,ecc-min-size=192\"}]}";
    private static final String ALL = "no-sha1-signing,no-sha1-verification,no-unpadded-encryption";

    /** Algorithms and attributes before, and after: what swtpm makes of them for a TPM's ActiveProfile. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa,rsa-min-size=1024,tdes,tdes-min-size=128,rsaes | | rsa,rsa-min-size=2048,ecc-min-size=224 | all",
                "rsa,rsa-min-size=3072,ecc-min-size=256 | fips-host | rsa,rsa-min-size=3072,ecc-min-size=256 |"
                        + " fips-host",
                "ecc,ecc-nist-p192,ecc-nist-p256,ecc,camellia-min-size=128 | no-sha1-signing |"
                        + " ecc,ecc-nist-p256,ecc-min-size=224,rsa-min-size=2048 | all",
            })
    void takesOutWhatFipsForbids(String algorithms, String attributes, String allowed, String needed) {
        String given = attributes == null ? "" : ",\"Attributes\":\"" + attributes + "\"";
        String profile = "{\"Name\":\"custom:my\",\"Algorithms\":\"" + algorithms + "\"" + given + "}";

        assertEquals(
                "{\"Name\":\"custom:my\",\"Algorithms\":\"" + allowed + "\",\"Attributes\":\""
                        + (needed.equals("all") ? ALL : needed) + "\"}",
                FipsProfile.restrict(profile, BUILT_IN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Name\":\"null\"} | {\"Name\":\"null\"}",
                "{\"Name\": \"custom\" } | {\"Name\": \"custom\""
                        + " ,\"Algorithms\":\"rsa,rsa-min-size=2048,ecc-min-size=224\",\"Attributes\":\"" + ALL + "\"}",
                "}{ | }{"
            })
    void aProfileWithoutAlgorithmsHasThoseOfTheBuiltInOneAndOthersStay(String profile, String expected) {
        assertEquals(expected, FipsProfile.restrict(profile, BUILT_IN));
    }
}
