package org.jswtpm.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    /** The codes are those of Part 2, 6.6.3, and of errors that a TPM answered. */
    @ParameterizedTest
    @CsvSource({
        "0, TPM_RC_SUCCESS",
        "1e, TPM_RC_BAD_TAG",
        "100, TPM_RC_INITIALIZE",
        "101, TPM_RC_FAILURE",
        "143, TPM_RC_COMMAND_CODE",
        "155, TPM_RC_SENSITIVE",
        "1c4, TPM_RC_VALUE for parameter 1",
        "9a2, TPM_RC_BAD_AUTH for session 1",
        "98e, TPM_RC_AUTH_FAIL for session 1",
        "18b, TPM_RC_HANDLE for handle 1",
        "2cb, TPM_RC_HANDLE for parameter 2",
        "9a, TPM_RC_INSUFFICIENT",
        "fe7, TPM_RC_ECC_POINT for parameter 15",
        "902, TPM_RC_OBJECT_MEMORY",
        "907, TPM_RC_LOCALITY",
        "923, TPM_RC_NV_UNAVAILABLE",
        "17f, response code 0x17f",
        "1f, response code 0x1f",
        "1000, response code 0x1000"
    })
    void namesResponseCodes(String code, String name) {
        assertEquals(name, ResponseNames.describe(Integer.parseInt(code, 16)));
    }

    /** The first and the last code, those beside a gap, and commands that are cut off. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8001 0000000c 00000144 0000 | TPM2_Startup()",
                "8002 00000012 0000011f 01800001 4000000c | TPM2_NV_UndefineSpaceSpecial(0x01800001, 0x4000000c),"
                        + " authorized",
                "8002 0000000e 00000122 40000001 | TPM2_NV_UndefineSpace(0x40000001), authorized",
                "8001 0000000a 00000123 | command 0x123",
                "8002 0000000e 00000124 4000000c | TPM2_ChangeEPS(0x4000000c), authorized",
                "8002 0000000e 0000014e 40000001 01800001 | TPM2_NV_Read(0x40000001, 0x01800001), authorized",
                "8001 00000012 00000176 40000007 40000007 | TPM2_StartAuthSession(0x40000007, 0x40000007)",
                "8001 0000000e 00000149 01800001 01800002 03000000 | TPM2_PolicyNV(0x01800001, 0x01800002, 0x03000000)",
                "8001 0000000e 00000197 80000000 | TPM2_CertifyX509(0x80000000)",
                "8001 0000000a 000001a1 | TPM2_PolicyTransportSPDM()",
                "8001 0000000a 000001a2 | command 0x1a2",
                "8001 0000000a 0000011e | command 0x11e",
                "8001 0000000a 0000 | incomplete command"
            })
    void namesCommandsAndTheirHandles(String command, String text) {
        assertEquals(text, CommandNames.describe(HexFormat.of().parseHex(command.replace(" ", ""))));
    }

    /** TPM Main Part 2, 16 and 17. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00c1 0000000c 00000099 0001 | TPM_Startup()",
                "00c2 0000000e 00000017 40000000 | TPM_Seal(0x40000000), authorized",
                "00c3 00000012 00000032 01000001 01000002 | TPM_CertifyKey(0x01000001, 0x01000002), authorized",
                "00c1 0000000e 000000cf 1000f000 | TPM_NV_ReadValue(0x1000f000)",
                "00c1 0000000a 0000000a | TPM_OIAP()",
                "00c1 0000000a 000000f2 | TPM_TickStampBlob()",
                "00c1 0000000c 4000000a 0020 | TSC_PhysicalPresence()",
                "00c1 0000000a 00000003 | command 0x3"
            })
    void namesCommandsOfATpm12(String command, String text) {
        byte[] octets = HexFormat.of().parseHex(command.replace(" ", ""));
        assertTrue(Tpm12Names.isCommand(octets));
        assertEquals(text, Tpm12Names.describe(octets));
    }

    /** The line that Debian's swtpm, at level 20, has of this command. */
    @Test
    void tellsOfACommandOfATpm12AsLibtpmsDoes() {
        byte[] octets = HexFormat.of().parseHex("00c10000000e0000004600000010");
        assertEquals(
                "TPM_Process_GetCommandParams: tag 00c1 paramSize 14 ordinal 00000046", Tpm12Names.process(octets));
    }

    @ParameterizedTest
    @CsvSource({
        "0, TPM_SUCCESS",
        "1, TPM_AUTHFAIL",
        "26, TPM_INVALID_POSTINIT",
        "803, TPM_DEFEND_LOCK_RUNNING",
        "900, result 0x900"
    })
    void namesResultsOfATpm12(String code, String name) {
        assertEquals(name, Tpm12Names.describe(Integer.parseInt(code, 16)));
    }
}
