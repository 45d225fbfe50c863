package org.jswtpm.engine.tpm2.command.integrity;

import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TPM2_PCR_SetAuthPolicy and TPM2_PCR_SetAuthValue, which refuse every PCR: no PCR has a policy or an auth value. libtpms 0.9
 * has three that have.
 */
class PcrSetAuthTest {
    private static final String DIGEST = "0020" + "5a".repeat(32);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand setPolicy(String parameters) {
        return TestCommand.of(CommandCode.PCR_SET_AUTH_POLICY)
                .handle(Handle.PLATFORM)
                .password("")
                .parameters(parameters);
    }

    private static TestCommand setValue(int pcr, String parameters) {
        return TestCommand.of(CommandCode.PCR_SET_AUTH_VALUE)
                .handle(new Handle(pcr))
                .password("")
                .parameters(parameters);
    }

    /** @param hasPolicyIn09 whether it is about a PCR to which libtpms 0.9 gives a policy */
    record Fault(String name, TestCommand command, TpmRc answer, boolean hasPolicyIn09) {
        Fault(String name, TestCommand command, TpmRc answer) {
            this(name, command, answer, false);
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("PCR 0", setPolicy(DIGEST + "000b 00000000"), TpmRc.VALUE.parameter(3)),
                new Fault("PCR 20", setPolicy(DIGEST + "000b 00000014"), TpmRc.VALUE.parameter(3), true),
                new Fault("no policy", setPolicy("0000 0010 00000014"), TpmRc.VALUE.parameter(3), true),
                new Fault("PCR 24", setPolicy(DIGEST + "000b 00000018"), TpmRc.VALUE.parameter(3)),
                new Fault("no PCR", setPolicy(DIGEST + "000b"), TpmRc.INSUFFICIENT.parameter(3)),
                new Fault("a policy of another size", setPolicy(DIGEST + "000c 00000000"), TpmRc.SIZE.parameter(1)),
                new Fault("a hash that is none", setPolicy(DIGEST + "0008 00000000"), TpmRc.HASH.parameter(2)),
                new Fault(
                        "a policy too long",
                        setPolicy("0041" + "00".repeat(65) + "000b 00000000"),
                        TpmRc.SIZE.parameter(1)),
                new Fault("value of PCR 0", setValue(0, "0001 aa"), TpmRc.VALUE),
                new Fault("value of PCR 20", setValue(20, "0001 aa"), TpmRc.VALUE, true),
                new Fault("value of PCR 24", setValue(24, "0001 aa"), TpmRc.VALUE.handle(1)),
                new Fault("a value too long", setValue(0, "0041" + "00".repeat(65)), TpmRc.SIZE.parameter(1)),
                new Fault("a value cut off", setValue(0, "0002 00"), TpmRc.INSUFFICIENT.parameter(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(fault.command).hasCode(fault.answer);
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        faults().filter(fault -> !fault.hasPolicyIn09)
                .forEach(fault -> both.send(fault.command).isIdentical());
    }
}
