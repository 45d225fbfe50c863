package org.jswtpm.tools.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Templates as the TCG's documents lay them out, field by field. */
class KeyTemplateTest {
    private static final String POLICY_A = "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa";
    private static final String POLICY_B_SHA384 =
            "b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12";

    /** EK Credential Profile 2.0, B.3.3. */
    @Test
    void template1IsThatOfAnRsa2048Key() {
        assertTemplate(
                "0001" + "000b" + "000300b2" + "0020" + POLICY_A + "000600800043" + "0010" + "0800" + "00000000"
                        + "0100" + "00".repeat(256),
                KeyTemplate.endorsement(KeyAlgorithm.RSA_2048, false, false));
    }

    /** EK Credential Profile 2.0, B.3.4. */
    @Test
    void template2IsThatOfAnEccP256Key() {
        assertTemplate(
                "0023" + "000b" + "000300b2" + "0020" + POLICY_A + "000600800043" + "0010" + "0003" + "0010"
                        + ("0020" + "00".repeat(32)).repeat(2),
                KeyTemplate.endorsement(KeyAlgorithm.ECC_P256, false, false));
    }

    /** EK Credential Profile 2.0, B.4.5: the high range. */
    @Test
    void templateH3IsThatOfAnEccP384Key() {
        assertTemplate(
                "0023" + "000c" + "000300f2" + "0030" + POLICY_B_SHA384 + "000601000043" + "0010" + "0004" + "0010"
                        + "0000" + "0000",
                KeyTemplate.endorsement(KeyAlgorithm.ECC_P384, false, false));
    }

    @Test
    void aKeyThatMaySignIsNotRestrictedAndHasNoCipher() {
        String start = "0001" + "000b";
        String end = "0020" + POLICY_A + "0010" + "0010" + "0800" + "00000000" + "0100" + "00".repeat(256);
        assertTemplate(start + "000400b2" + end, KeyTemplate.endorsement(KeyAlgorithm.RSA_2048, true, false));
        assertTemplate(start + "000600b2" + end, KeyTemplate.endorsement(KeyAlgorithm.RSA_2048, true, true));
    }

    /** Keys for Device Identity and Attestation 1.0, 7.3.4.2: H-3 and H-4. */
    @Test
    void deviceKeysAreToldApartByTheirUniqueFields() {
        String p256 = "0018" + "000b" + "0003" + "0010";
        assertTemplate(
                "0023" + "000b" + "000500f2" + "0020"
                        + "5437182326e414fca797d5f174615a1641f61255797c3a2b22c21d120b2d1e07" + "0010" + p256 + "0003"
                        + "49414b" + "0000",
                KeyTemplate.attestation(KeyAlgorithm.ECC_P256));
        assertTemplate(
                "0023" + "000b" + "000400f2" + "0020"
                        + "ad6b3a2284fd698a0710bf5cc1b9bdf15e2532e3f601fa4b93a6a8fa8de579ea" + "0010" + p256 + "0006"
                        + "494445564944" + "0000",
                KeyTemplate.identity(KeyAlgorithm.ECC_P256));
    }

    private static void assertTemplate(String hex, KeyTemplate template) {
        assertEquals(hex, HexFormat.of().formatHex(template.octets()));
    }
}
