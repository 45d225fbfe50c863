package org.jswtpm.engine.tpm2.command.integrity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TPM2_PCR_Allocate. */
class PcrAllocateTest {
    private static final String SHA_256_ONLY = "00000004 0004 03 000000 000b 03 ffffff 000c 03 000000 000d 03 000000";
    private static final TestCommand BANKS =
            TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000005 00000000 00000001");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand allocate(String selections) {
        return bare(Handle.PLATFORM, selections).password("");
    }

    private static TestCommand bare(Handle hierarchy, String selections) {
        return TestCommand.of(CommandCode.PCR_ALLOCATE).handle(hierarchy).parameters(selections);
    }

    @Test
    void allocatesAtTheNextStart() {
        tpm.send(allocate(SHA_256_ONLY)).hasParameters("01 00000018 00000300 00000f60");
        String before = tpm.send(BANKS).parameters().toString();
        tpm.send(TestCommand.of(CommandCode.SHUTDOWN).parameters("0000")).isSuccess();
        assertEquals(before, tpm.send(BANKS).parameters().toString());
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(BANKS)
                .hasParameters("00 00000005 00000004 0004 03 000000 000b 03 ffffff 000c 03 000000 000d 03 000000");
    }

    @ParameterizedTest
    @CsvSource({
        "00000005, 1d5",
        "00000001 0010 03 ffffff, 1c3",
        "00000001 0012 03 ffffff, 1c3",
        "00000001 000b 04 ffffffff, 1c4",
        "00000001 000b 02 ffff, 1c4",
        "00000001 000b 03 ffff, 1da",
        "00000004 0004 03 000000 000b 03 000000 000c 03 000000 000d 03 000000, 127"
    })
    void answersFault(String selections, String code) {
        tpm.send(allocate(selections)).hasCode(new TpmRc(Integer.parseInt(code, 16)));
    }

    @Test
    void asksForTheAuthorizationOfThePlatform() {
        tpm.send(bare(Handle.PLATFORM, SHA_256_ONLY)).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(bare(Handle.PLATFORM, SHA_256_ONLY).password("01")).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(bare(Handle.OWNER, SHA_256_ONLY).password("")).hasCode(TpmRc.VALUE.handle(1));
        ClientSession session = tpm.startHmacSession();
        tpm.send(bare(Handle.PLATFORM, SHA_256_ONLY).session(session)).isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (String selections : new String[] {
            "00000000",
            "00000005",
            "00000001 0010 03 ffffff",
            "00000001 0012 03 ffffff",
            "00000001 000b 04 ffffffff",
            "00000001 000b 02 ffff",
            "00000001 000b 00",
            "00000001 000b 03 000000",
            "00000002 000b 03 000000 000b 03 ffffff",
            "00000002 000b 03 ffffff 000b 03 0000ff",
            "00000004 0004 03 000000 000b 03 000000 000c 03 000000 000d 03 000000",
            "00000004 0004 03 fffffe 000b 03 010000 000c 03 000000 000d 03 000000",
            "00000004 0004 03 000000 000b 03 010002 000c 03 000000 000d 03 000000",
            "00000004 0004 03 000000 000b 03 010000 000c 03 000000 000d 03 000000",
            SHA_256_ONLY
        }) {
            both.send(allocate(selections)).isIdentical();
            both.send(BANKS).isIdentical();
        }
        both.refuse(bare(Handle.PLATFORM, SHA_256_ONLY));
        both.refuse(bare(Handle.PLATFORM, SHA_256_ONLY).password("01"));
        both.refuse(bare(Handle.OWNER, SHA_256_ONLY).password(""));
    }
}
