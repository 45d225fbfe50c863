package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured into a PCR is found there, until the next reset. */
class MeasurementTest {
    private static final String SUCCESS = "00000000";

    private final Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, new MemoryHost());

    @BeforeEach
    void switchOn() throws Exception {
        tpm.powerOn();
        tpm("8001 0000000c 00000144 0000"); // TPM2_Startup(CLEAR)
    }

    @AfterEach
    void switchOff() {
        tpm.close();
    }

    @Test
    void aMeasurementExtendsThePcr() throws Exception {
        byte[] measured = MessageDigest.getInstance("SHA-256").digest("kernel".getBytes());
        extendPcr0(measured);

        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        expected.update(new byte[32]);
        assertArrayEquals(expected.digest(measured), pcr0());
    }

    @Test
    void aResetForgetsIt() throws Exception {
        extendPcr0(new byte[32]);
        switchOn();
        assertArrayEquals(new byte[32], pcr0());
    }

    /** TPM2_PCR_Extend of the SHA-256 bank, with the empty password. */
    private void extendPcr0(byte[] digest) {
        tpm("8002 00000041 00000182 00000000 00000009 40000009 0000 00 0000 00000001 000b"
                + HexFormat.of().formatHex(digest));
    }

    /** TPM2_PCR_Read of the SHA-256 bank. */
    private byte[] pcr0() {
        byte[] response = tpm("8001 00000014 0000017e 00000001 000b 03 010000");
        return Arrays.copyOfRange(response, response.length - 32, response.length);
    }

    private byte[] tpm(String command) {
        byte[] response = tpm.execute(HexFormat.of().parseHex(command.replace(" ", "")), 0);
        assertEquals(SUCCESS, HexFormat.of().formatHex(response, 6, 10));
        return response;
    }
}
