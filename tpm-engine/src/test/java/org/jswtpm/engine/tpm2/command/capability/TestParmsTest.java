package org.jswtpm.engine.tpm2.command.capability;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestParmsTest {
    private static final String RSA_2048 = "0001 0010 0010 0800 00000000";

    private static TestCommand testParms(String parameters) {
        return TestCommand.of(CommandCode.TEST_PARMS).parameters(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        RSA_2048 + ", 0",
        "0023 0010 0010 0003 0010, 0",
        "0025 0006 0080 0043, 0",
        "0008 0005 000b, 0",
        // RSA keys of 4096 bits and AES keys of 192 bits are not in the null profile
        "0001 0010 0010 1000 00000000, 1c4",
        "0025 0006 00c0 0043, 1c4",
        "0012, 1ca",
        "0023 0010 0010 0099 0010, 1e6",
        "0008 0005 0010, 1c3",
        "0001 0010, 1da"
    })
    void answers(String parameters, String code) {
        Tpm2Fixture.started().send(testParms(parameters)).hasCode(new TpmRc(Integer.parseInt(code, 16)));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        for (String parameters : new String[] {
            RSA_2048,
            "0001 0010 0010 1000 00000000",
            "0001 0010 0010 0801 00000000",
            "0025 0006 00c0 0043",
            "0012",
            "0023 0010 0010 0099 0010",
            "0008 0005 0010",
            "0001 0010"
        }) {
            both.send(testParms(parameters)).isIdentical();
        }
    }
}
