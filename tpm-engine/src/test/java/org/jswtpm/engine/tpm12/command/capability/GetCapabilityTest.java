package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAILEDSELFTEST;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_GetCapability: every area, and every number in it, against swtpm. */
class GetCapabilityTest {
    private static Request of(int area, String subCap) {
        return Request.of(Ordinal.GET_CAPABILITY).u32(area).sized(Bytes.hex(subCap));
    }

    private static Bytes uint32(int value) {
        return Bytes.hex(String.format("%08x", value));
    }

    @Test
    void tellsTheVersion() {
        Tpm12Fixture.started().send(of(0x06, "")).hasParameters("00000004 01010000");
    }

    @Test
    void refusesASubCapOfTheWrongSize() {
        Tpm12Fixture.started().send(of(0x05, "0101")).hasCode(BAD_MODE);
    }

    @Test
    void knowsLittleInFailureMode() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.tpm().enterFailureMode();
        tpm.send(of(0x05, "00000103")).hasParameters("00000004 49424d00");
        tpm.send(of(0x05, "00000101")).hasCode(FAILEDSELFTEST);
        tpm.send(of(0xFF, "00000101")).hasCode(FAILEDSELFTEST);
    }

    @SameAsSwtpm12
    void ordinalsAreThoseOfSwtpm(Tpm12Pair both) {
        for (int code = 0; code < 0x110; code++) {
            both.send(Request.of(Ordinal.GET_CAPABILITY).u32(1).sized(uint32(code)))
                    .isIdentical();
            both.send(Request.of(Ordinal.GET_CAPABILITY).u32(1).sized(uint32(0x4000_0000 + code)))
                    .isIdentical();
        }
    }

    @SameAsSwtpm12
    void areasAreThoseOfSwtpm(Tpm12Pair both) {
        for (int area = 0; area < 0x20; area++) {
            if (area == 0x10) {
                continue; // TPM_CAP_MFR gives the number of swtpm's process
            }
            both.send(of(area, "")).isIdentical();
            for (int sub = 0; sub < 12; sub++) {
                both.send(Request.of(Ordinal.GET_CAPABILITY).u32(area).sized(uint32(sub)))
                        .isIdentical();
                both.send(of(area, String.format("%04x", sub))).isIdentical();
            }
        }
        for (int property = 0x100; property < 0x130; property++) {
            both.send(Request.of(Ordinal.GET_CAPABILITY).u32(5).sized(uint32(property)))
                    .isIdentical();
        }
        both.send(of(0x04, "00000108")).isIdentical();
        both.send(of(0x04, "00000109")).isIdentical();
        both.send(of(0x18, "01020003")).isIdentical();
        both.send(of(0x18, "01020004")).isIdentical();
        both.send(of(0x18, "01030003")).isIdentical();
        both.send(of(0x08, "00000001 0003 0001 0000000c 00000800 00000002 00000000"))
                .isIdentical();
    }
}
