package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.command.hash.HashRequests.NULL;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.SHA_1;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.SHA_256;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.eventSequenceComplete;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hash;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hashSequenceStart;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.sequenceComplete;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.sequenceUpdate;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static final Handle FIRST = new Handle(0x8000_0000);
    private static final Handle PCR_16 = new Handle(16);
    private static final Handle PCR_17 = new Handle(17);
    private static final String ABC = "616263";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    @Test
    void givesTheDigestAndTicketOfAllBuffers() {
        tpm.send(hashSequenceStart("", SHA_256)).isSuccess();
        tpm.send(sequenceUpdate(FIRST, "", "00".repeat(100))).isSuccess();
        tpm.send(sequenceUpdate(FIRST, "", "")).isSuccess();
        var whole =
                tpm.send(hash("00".repeat(100) + ABC, SHA_256, Handle.OWNER)).parameters();
        assertEquals(
                whole, tpm.send(sequenceComplete(FIRST, "", ABC, Handle.OWNER)).parameters());
        tpm.send(sequenceUpdate(FIRST, "", ABC)).hasCode(TpmRc.REFERENCE_H0);
    }

    @Test
    void givesNoTicketIfTheFirstBufferIsNotSafe() {
        for (String first : new String[] {"ff54434700", "ff5443", ""}) {
            tpm.send(hashSequenceStart("", SHA_1)).isSuccess();
            tpm.send(sequenceUpdate(FIRST, "", first)).isSuccess();
            var parameters =
                    tpm.send(sequenceComplete(FIRST, "", "00", Handle.OWNER)).parameters();
            assertEquals("8024400000070000", parameters.slice(22, 8).toString(), first);
        }
    }

    @Test
    void isAuthorizedByItsOwnValue() {
        tpm.send(hashSequenceStart("a1a2", SHA_256)).isSuccess();
        tpm.send(sequenceUpdate(FIRST, "", ABC)).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(sequenceUpdate(FIRST, "a1a200", ABC)).isSuccess();
        tpm.send(sequenceComplete(FIRST, "a1", ABC, Handle.NULL)).hasCode(TpmRc.BAD_AUTH.session(1));
        tpm.send(sequenceComplete(FIRST, "a1a2", ABC, Handle.NULL)).isSuccess();
    }

    @Test
    void extendsAPcrInAllBanks() {
        tpm.send(hashSequenceStart("", NULL)).isSuccess();
        tpm.send(sequenceUpdate(FIRST, "", "61")).isSuccess();
        var digests = tpm.send(eventSequenceComplete(PCR_16, FIRST, "", "6263")).parameters();
        assertEquals(
                tpm.send(TestCommand.of(CommandCode.PCR_EVENT)
                                .handle(Handle.NULL)
                                .password("")
                                .parameters("0003" + ABC))
                        .parameters(),
                digests);
        // SHA-1 over 20 zero octets and the SHA-1 of "abc"
        tpm.send(TestCommand.of(CommandCode.PCR_READ).parameters("00000001 0004 03 000001"))
                .hasParameters(
                        "00000014 00000001 0004 03 000001 00000001 0014" + "ccd5bd41458de644ac34a2478b58ff819bef5acf");
    }

    @Test
    void refusesAnotherKindOfObject() {
        Handle key = tpm.send(ObjectRequests.createPrimary(Handle.NULL, ObjectRequests.HMAC_KEY))
                .handle();
        tpm.send(sequenceUpdate(key, "", ABC)).hasCode(TpmRc.MODE.handle(1));
        tpm.send(sequenceComplete(key, "", ABC, Handle.NULL)).hasCode(TpmRc.MODE.handle(1));
        tpm.send(eventSequenceComplete(PCR_16, key, "", ABC)).hasCode(TpmRc.MODE.handle(2));
        tpm.send(ObjectRequests.flush(key)).isSuccess();

        tpm.send(hashSequenceStart("", NULL)).isSuccess();
        tpm.send(sequenceComplete(FIRST, "", ABC, Handle.NULL)).hasCode(TpmRc.MODE.handle(1));
        tpm.send(eventSequenceComplete(PCR_17, FIRST, "", ABC)).hasCode(TpmRc.LOCALITY);
        tpm.send(eventSequenceComplete(Handle.NULL, FIRST, "", ABC)).isSuccess();
        tpm.send(hashSequenceStart("", SHA_1)).isSuccess();
        tpm.send(eventSequenceComplete(PCR_17, FIRST, "", ABC)).hasCode(TpmRc.MODE.handle(2));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(hashSequenceStart("aa", SHA_256)).isIdentical();
        both.send(sequenceUpdate(FIRST, "aa", ABC)).isIdentical();
        both.send(sequenceUpdate(FIRST, "", ABC)).isIdentical();
        both.send(eventSequenceComplete(PCR_16, FIRST, "aa", ABC)).isIdentical();
        both.send(sequenceComplete(FIRST, "aa", "00".repeat(1024), Handle.NULL)).isIdentical();
        both.send(sequenceComplete(FIRST, "aa", "", Handle.NULL)).isIdentical();
        both.send(hashSequenceStart("aa", "0012")).isIdentical();
        both.send(hashSequenceStart("aa".repeat(65), NULL)).isIdentical();
        both.send(hashSequenceStart("aa".repeat(64), NULL)).isIdentical();
        both.send(sequenceUpdate(FIRST, "aa".repeat(64), ABC)).isIdentical();
        both.send(eventSequenceComplete(PCR_17, FIRST, "aa".repeat(64), ABC)).isIdentical();
        both.send(eventSequenceComplete(PCR_16, FIRST, "aa".repeat(64), ABC)).isIdentical();
        both.send(TestCommand.of(CommandCode.PCR_READ).parameters("00000001 000d 03 000001"))
                .isIdentical();
        for (int i = 0; i < 4; i++) {
            both.send(hashSequenceStart("", SHA_1)).isIdentical();
        }
    }

    /** Each command of sequences, to a sequence of each kind and to a key, which is none. */
    @SameAsSwtpm
    void refusesAnotherKindOfObjectLikeSwtpm(TpmPair both) {
        TestCommand makeKey = ObjectRequests.createPrimary(Handle.NULL, ObjectRequests.HMAC_KEY);
        for (TestCommand make :
                new TestCommand[] {hashSequenceStart("", SHA_256), hashSequenceStart("", NULL), makeKey}) {
            for (Handle pcr : new Handle[] {PCR_16, PCR_17, new Handle(24), Handle.NULL, Handle.OWNER}) {
                both.succeed(make);
                if (make != makeKey) {
                    // libtpms 0.9 answers as if what is no sequence were a parameter
                    both.send(sequenceUpdate(FIRST, "", ABC)).isIdentical();
                }
                both.send(sequenceUpdate(FIRST, "", "00".repeat(1025))).isIdentical();
                both.send(eventSequenceComplete(pcr, FIRST, "aa", ABC)).isIdentical();
                both.send(TestCommand.of(CommandCode.EVENT_SEQUENCE_COMPLETE)
                                .handle(pcr)
                                .handle(FIRST)
                                .password("")
                                .parameters("0000"))
                        .isIdentical();
                both.send(sequenceComplete(FIRST, "", "00".repeat(1025), Handle.NULL))
                        .isIdentical();
                both.send(sequenceComplete(FIRST, "", ABC, Handle.LOCKOUT)).isIdentical();
                both.send(eventSequenceComplete(pcr, FIRST, "", ABC)).isIdentical();
                both.send(sequenceComplete(FIRST, "", ABC, Handle.NULL)).isIdentical();
                both.send(ObjectRequests.flush(FIRST)).isIdentical();
            }
        }
    }
}
