package org.jswtpm.engine.tpm2.command.duplication;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was reported of libtpms, and is named in docs/security.md. */
class OpenReportsTest {
    private static final String SHA1_DATA = "0008 0004 00000040 0000 0010 0014" + "5a".repeat(20);

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /**
     * stefanberger/libtpms#619: an auth value that is longer than a digest, under a parent without fixedTPM, where nothing checks
     * it. In libtpms padding it counts below zero and overwrites the stack.
     */
    @ParameterizedTest
    @ValueSource(strings = {"0004", "000b"})
    void importTakesNoAuthValueLongerThanADigest(String nameAlg) {
        Handle root = tpm.send(ObjectRequests.createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        Handle parent = ObjectRequests.createAndLoad(
                tpm, root, ObjectRequests.FREE_STORAGE.replaceFirst("000b", nameAlg), "", "");
        Bytes sensitive = new WireWriter()
                .uint16(8)
                .sized2(Bytes.hex("a5".repeat(64)))
                .sized2(Bytes.hex("5b".repeat(20)))
                .sized2(Bytes.hex("c0ffee"))
                .toBytes();
        Bytes duplicate = new WireWriter().sized2(sensitive).toBytes();
        for (Handle each : new Handle[] {parent, root}) {
            tpm.send(DuplicationRequests.imported(
                            each, "", Bytes.hex(SHA1_DATA), duplicate, Bytes.EMPTY, DuplicationRequests.NULL))
                    .hasCode(TpmRc.SIZE.parameter(3));
        }
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0004")).isSuccess();
    }
}
