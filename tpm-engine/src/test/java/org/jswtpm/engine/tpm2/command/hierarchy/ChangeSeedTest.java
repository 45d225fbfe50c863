package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TPM2_ChangeEPS and TPM2_ChangePPS. */
class ChangeSeedTest {
    private enum Seed {
        EPS(CommandCode.CHANGE_EPS, Handle.ENDORSEMENT, Handle.OWNER),
        PPS(CommandCode.CHANGE_PPS, Handle.PLATFORM, Handle.ENDORSEMENT);

        private final CommandCode code;
        private final Handle changed;
        private final Handle kept;

        Seed(CommandCode code, Handle changed, Handle kept) {
            this.code = code;
            this.changed = changed;
            this.kept = kept;
        }

        TestCommand change() {
            return TestCommand.of(code).handle(Handle.PLATFORM).password("");
        }
    }

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private Bytes keyOf(Handle hierarchy) {
        Answer answer = tpm.send(createPrimary(hierarchy, ObjectRequests.ECC_SIGN));
        tpm.send(flush(answer.handle())).isSuccess();
        Bytes parameters = answer.parameters();
        return parameters.slice(parameters.size() - 34, 34);
    }

    @ParameterizedTest
    @EnumSource
    void changesTheKeysOfItsHierarchyOnly(Seed seed) {
        Bytes changed = keyOf(seed.changed);
        Bytes kept = keyOf(seed.kept);
        tpm.send(seed.change()).isSuccess();
        assertNotEquals(changed, keyOf(seed.changed));
        assertEquals(kept, keyOf(seed.kept));
    }

    @ParameterizedTest
    @EnumSource
    void flushesTheObjectsOfItsHierarchyOnly(Seed seed) {
        Handle flushed =
                tpm.send(createPrimary(seed.changed, ObjectRequests.ECC_SIGN)).handle();
        Handle kept =
                tpm.send(createPrimary(seed.kept, ObjectRequests.ECC_SIGN)).handle();
        tpm.send(seed.change()).isSuccess();
        tpm.send(readPublic(flushed)).hasCode(TpmRc.REFERENCE_H0);
        tpm.send(readPublic(kept)).isSuccess();
    }

    @Test
    void onlyThePlatformMayChangeThem() {
        tpm.send(TestCommand.of(CommandCode.CHANGE_EPS)
                        .handle(Handle.ENDORSEMENT)
                        .password(""))
                .hasCode(TpmRc.VALUE.handle(1));
        tpm.send(TestCommand.of(CommandCode.CHANGE_PPS).handle(Handle.OWNER).password(""))
                .hasCode(TpmRc.VALUE.handle(1));
    }

    @SameAsSwtpm
    void takesAuthorizationsAwayLikeSwtpm(TpmPair both) {
        for (Handle hierarchy : new Handle[] {Handle.ENDORSEMENT, Handle.PLATFORM}) {
            both.send(TestCommand.of(CommandCode.SET_PRIMARY_POLICY)
                            .handle(hierarchy)
                            .password("")
                            .sized(Bytes.hex("22".repeat(32)))
                            .parameters("000b"))
                    .isIdentical();
        }
        both.send(TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                        .handle(Handle.ENDORSEMENT)
                        .password("")
                        .sized(Bytes.hex("0102")))
                .isIdentical();
        both.send(Seed.EPS.change()).isIdentical();
        both.send(Seed.PPS.change()).isIdentical();
        both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000009 40000001 00000010"))
                .isIdentical();
        both.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 00000200 00000002"))
                .isIdentical();
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        for (Seed seed : Seed.values()) {
            TestCommand bare = TestCommand.of(seed.code);
            both.refuse(bare.handle(Handle.PLATFORM));
            both.refuse(bare.handle(Handle.PLATFORM).password("01"));
            both.refuse(seed.change().parameters("00"));
            for (Handle hierarchy : new Handle[] {Handle.OWNER, Handle.ENDORSEMENT, Handle.LOCKOUT, Handle.NULL}) {
                both.refuse(bare.handle(hierarchy).password(""));
            }
        }
        both.succeed(TestCommand.of(CommandCode.HIERARCHY_CONTROL)
                .handle(Handle.PLATFORM)
                .password("")
                .parameters("4000000c 00"));
        both.refuse(Seed.EPS.change());
        both.refuse(Seed.PPS.change());
    }
}
