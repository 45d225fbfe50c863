package org.jswtpm.engine.tpm2.command.integrity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HASH;
import static org.jswtpm.engine.tpm2.structure.TpmRc.INSUFFICIENT;
import static org.jswtpm.engine.tpm2.structure.TpmRc.LOCALITY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM2_PCR_Extend, TPM2_PCR_Event, TPM2_PCR_Read and TPM2_PCR_Reset. */
class PcrExtendTest {
    private static final String ONES = "11".repeat(32);
    private static final TestCommand READ_16 =
            TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000b 03 000001");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand onPcr(CommandCode code, int pcr) {
        return TestCommand.of(code).handle(new Handle(pcr)).password("");
    }

    private static TestCommand extend(int pcr, String digests) {
        return onPcr(CommandCode.PCR_EXTEND, pcr).parameters(digests);
    }

    @Test
    void extendsOneBank() {
        tpm.send(extend(16, "00000001 000b" + ONES)).isSuccess();
        // SHA-256 of 32 zeros and 32 octets 11, made with Python's hashlib
        tpm.send(READ_16)
                .hasParameters("00000014 00000001 000b 03 000001 00000001 0020"
                        + "8878b15a7d6a3a4f464e8f9f42591dbc0cf4bedea0ec309003d2b2ee53655ef8");
    }

    @Test
    void resetsToZero() {
        tpm.send(extend(16, "00000001 000b" + ONES)).isSuccess();
        tpm.send(onPcr(CommandCode.PCR_RESET, 16)).isSuccess();
        tpm.send(READ_16).hasParameters("00000014 00000001 000b 03 000001 00000001 0020" + "00".repeat(32));
    }

    @Test
    void answersFaults() {
        tpm.send(extend(24, "00000000")).hasCode(VALUE.handle(1));
        tpm.send(extend(17, "00000001 000b" + ONES)).hasCode(LOCALITY);
        tpm.send(extend(16, "00000005")).hasCode(SIZE.parameter(1));
        tpm.send(extend(16, "00000001 0010")).hasCode(HASH.parameter(1));
        tpm.send(extend(16, "00000001 000b 1111")).hasCode(INSUFFICIENT.parameter(1));
        tpm.send(extend(16, "00000000 00")).hasCode(SIZE);
        tpm.send(onPcr(CommandCode.PCR_RESET, 0)).hasCode(LOCALITY);
    }

    @Test
    void localityOpensItsPcrs() {
        tpm.setLocality(2);
        tpm.send(extend(20, "00000001 000b" + ONES)).isSuccess();
        tpm.send(onPcr(CommandCode.PCR_RESET, 20)).isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(extend(16, "00000002 0004" + "22".repeat(20) + "000b" + ONES)).isIdentical();
        both.send(onPcr(CommandCode.PCR_EVENT, 16).parameters("0003 616263")).isIdentical();
        both.send(READ_16).isIdentical();
        both.send(onPcr(CommandCode.PCR_RESET, 16)).isIdentical();
        both.send(READ_16).isIdentical();
    }

    @SameAsSwtpm
    void extendsAndRefusesLikeSwtpm(TpmPair both) {
        String one = "00000001 000b" + ONES;
        for (int pcr : new int[] {0, 15, 16, 17, 18, 19, 23, 24, 0x4000_0007, 0x4000_0001}) {
            both.send(extend(pcr, one)).isIdentical();
            both.send(onPcr(CommandCode.PCR_EVENT, pcr).parameters("0003 616263"))
                    .isIdentical();
            both.send(onPcr(CommandCode.PCR_RESET, pcr)).isIdentical();
        }
        both.refuse(
                TestCommand.of(CommandCode.PCR_EXTEND).handle(new Handle(16)).parameters(one));
        both.refuse(TestCommand.of(CommandCode.PCR_EXTEND)
                .handle(new Handle(16))
                .password("01")
                .parameters(one));
        both.refuse(TestCommand.of(CommandCode.PCR_RESET).handle(new Handle(16)).password("01"));
        both.refuse(TestCommand.of(CommandCode.PCR_EVENT)
                .handle(new Handle(16))
                .password("01")
                .parameters("0000"));
        both.succeed(extend(16, "00000000"));
        both.succeed(extend(16, "00000002 000b" + ONES + "000b" + ONES));
        for (String digests : new String[] {"00000005", "00000001 0010", "00000001 0012" + ONES, "ffffffff"}) {
            both.refuse(extend(16, digests));
        }
        both.succeed(onPcr(CommandCode.PCR_EVENT, 16).sized(Bytes.zeros(1024)));
        both.refuse(onPcr(CommandCode.PCR_EVENT, 16).sized(Bytes.zeros(1025)));
    }

    @SameAsSwtpm
    void readsLikeSwtpm(TpmPair both) {
        both.succeed(extend(16, "00000002 0004" + "22".repeat(20) + "000b" + ONES));
        for (String selections : new String[] {
            "00000000",
            "00000001 000b 03 000000",
            "00000001 000b 03 ffffff",
            "00000001 000b 00",
            "00000001 000b 02 0100",
            "00000001 000b 04 00000100",
            "00000001 0010 03 000001",
            "00000001 0012 03 000001",
            "00000002 000b 03 000001 000b 03 010001",
            "00000004 0004 03 000001 000b 03 000001 000c 03 000001 000d 03 000001",
            "00000005",
        }) {
            both.send(TestCommand.of(CommandCode.PCR_READ).parameters(selections))
                    .isIdentical();
        }
        both.refuse(READ_16.password(""));
    }
}
