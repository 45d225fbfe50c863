package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_FAIL;
import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_MISSING;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_LOCKED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_UNINITIALIZED;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;

import java.util.stream.Stream;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_NV_Read, and TPM2_NV_Write and TPM2_NV_ReadLock as far as reading needs them. */
class NvReadTest {
    private static final Handle INDEX = new Handle(0x0180_0001);
    private static final String AUTH = "736563726574";

    /** OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD, READ_STCLEAR; 8 octets. */
    private static final TestCommand DEFINE = TestCommand.of(CommandCode.NV_DEFINE_SPACE)
            .handle(Handle.OWNER)
            .password("")
            .sized(Bytes.hex(AUTH))
            .sized(Bytes.hex("01800001 000b 80060006 0000 0008"));

    private static final TestCommand WRITE =
            byOwner(CommandCode.NV_WRITE).sized(Bytes.hex("a0a1a2a3a4a5a6a7")).parameters("0000");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand byOwner(CommandCode code) {
        return TestCommand.of(code).handle(Handle.OWNER).handle(INDEX).password("");
    }

    private static TestCommand read(String sizeAndOffset) {
        return byOwner(CommandCode.NV_READ).parameters(sizeAndOffset);
    }

    @BeforeEach
    void defineIndex() {
        tpm.send(DEFINE).isSuccess();
    }

    record Fault(String name, String sizeAndOffset, TpmRc answer) {}

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("size above MAX_NV_BUFFER_SIZE", "0401 0000", VALUE.parameter(1)),
                new Fault("size before offset", "ffff 0009", VALUE.parameter(1)),
                new Fault("offset past the end", "0001 0009", VALUE.parameter(2)),
                new Fault("range crosses the end", "0007 0002", NV_RANGE));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        tpm.send(WRITE).isSuccess();
        tpm.send(read(fault.sizeAndOffset)).hasCode(fault.answer);
    }

    @Test
    void readsTheRequestedRange() {
        tpm.send(WRITE).isSuccess();
        tpm.send(read("0004 0002")).hasParameters("0004 a2a3a4a5");
        tpm.send(read("0000 0008")).hasParameters("0000");
    }

    @Test
    void readsNothingThatWasNeverWritten() {
        tpm.send(read("0001 0000")).hasCode(NV_UNINITIALIZED);
    }

    @Test
    void readLockIsReportedBeforeRangeAndEndsWithTheNextStart() {
        tpm.send(WRITE).isSuccess();
        tpm.send(byOwner(CommandCode.NV_READ_LOCK)).isSuccess();
        tpm.send(read("0007 0002")).hasCode(NV_LOCKED);
        tpm.powerOn();
        tpm.send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        tpm.send(read("0001 0000")).hasParameters("0001 a0");
    }

    @Test
    void takesTheAuthValueOfTheIndex() {
        tpm.send(WRITE).isSuccess();
        TestCommand byIndex = TestCommand.of(CommandCode.NV_READ).handle(INDEX).handle(INDEX);
        tpm.send(byIndex.password(AUTH).parameters("0001 0000")).hasParameters("0001 a0");
        tpm.send(byIndex.password("00").parameters("0001 0000")).hasCode(AUTH_FAIL.session(1));
        tpm.send(byIndex.parameters("0001 0000")).hasCode(AUTH_MISSING);
    }

    @Test
    void namesTheHandleThatIsNotThere() {
        tpm.send(TestCommand.of(CommandCode.NV_READ)
                        .handle(Handle.OWNER)
                        .handle(new Handle(0x0180_0002))
                        .password("")
                        .parameters("0001 0000"))
                .hasCode(HANDLE.handle(2));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(DEFINE).isIdentical();
        both.send(read("0001 0000")).isIdentical();
        both.send(WRITE).isIdentical();
        for (String sizeAndOffset : new String[] {"0004 0002", "0008 0000", "0401 0000", "0001 0009", "0007 0002"}) {
            both.send(read(sizeAndOffset)).isIdentical();
        }
    }
}
