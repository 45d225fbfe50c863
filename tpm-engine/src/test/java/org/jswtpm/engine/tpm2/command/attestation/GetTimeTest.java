package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.command.signing.SigningRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** TPM2_GetTime. */
class GetTimeTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand getTime(Handle signer) {
        return TestCommand.of(CommandCode.GET_TIME)
                .handle(Handle.ENDORSEMENT)
                .handle(signer)
                .password("")
                .password("")
                .sized(Bytes.EMPTY)
                .parameters(NULL_SCHEME);
    }

    private static Bytes readClock(TpmClient tpm) {
        return tpm.send(TestCommand.of(CommandCode.READ_CLOCK)).parameters();
    }

    @Test
    void tellsTimeClockAndVersionOpenlyWhoeverSigns() throws GeneralSecurityException {
        tpm.host().advance(12_345);
        Answer created = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        for (Handle signer : new Handle[] {created.handle(), Handle.NULL}) {
            Attest attest = Attest.of(tpm.send(getTime(signer)));
            assertEquals(0x8019, attest.type());
            assertEquals(
                    new WireWriter()
                            .bytes(readClock(tpm))
                            .uint64(Attest.firmwareVersionOf(tpm))
                            .toBytes(),
                    attest.attested());
        }
        Attest attest = Attest.of(tpm.send(getTime(created.handle())));
        SigningRequests.assertGenuine(created.read().sized2(0xffff), attest.octets(), attest.signature());
    }

    @Test
    void answersFaults() {
        Handle storage = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(getTime(storage)).hasCode(TpmRc.KEY.handle(2));
        TestCommand byOwner = TestCommand.of(CommandCode.GET_TIME)
                .handle(Handle.OWNER)
                .handle(Handle.NULL)
                .password("")
                .password("")
                .sized(Bytes.EMPTY)
                .parameters(NULL_SCHEME);
        tpm.send(byOwner).hasCode(TpmRc.VALUE.handle(1));
        tpm.send(TestCommand.of(CommandCode.GET_TIME).handle(Handle.ENDORSEMENT).handle(Handle.NULL))
                .hasCode(TpmRc.AUTH_MISSING);
    }

    @SameAsSwtpm
    void obfuscatesOutsideLikeSwtpm(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        Attest expected = Attest.of(both.swtpm().send(getTime(Handle.NULL)));
        Attest attest = Attest.of(ours.send(getTime(Handle.NULL)));
        assertEquals(
                expected.relativeTo(both.swtpm()).firmwareVersion(),
                attest.relativeTo(ours).firmwareVersion());
        assertEquals(
                expected.relativeTo(both.swtpm()).resetCount(),
                attest.relativeTo(ours).resetCount());
        assertEquals(counts(readClock(both.swtpm())), counts(expected.attested()));
        assertEquals(counts(readClock(ours)), counts(attest.attested()));
    }

    /** Reset and restart counts of a TPMS_TIME_INFO. */
    private static Bytes counts(Bytes timeInfo) {
        WireReader in = WireReader.over(timeInfo, TpmRc.WIRE_FAULTS);
        in.skip(16);
        return in.bytes(9);
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        Handle storage = both.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE));
        Handle signer = both.make(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        TestCommand byEndorsement = TestCommand.of(CommandCode.GET_TIME).handle(Handle.ENDORSEMENT);
        both.refuse(getTime(storage));
        both.refuse(TestCommand.of(CommandCode.GET_TIME)
                .handle(Handle.OWNER)
                .handle(signer)
                .password("")
                .password("")
                .parameters("0000 0010"));
        both.refuse(byEndorsement.handle(signer).password("").parameters("0000 0010"));
        both.refuse(byEndorsement.handle(signer).password("").password("01").parameters("0000 0010"));
        both.refuse(byEndorsement.handle(signer).password("01").password("").parameters("0000 0010"));
        both.refuse(byEndorsement.handle(storage).password("01").password("01").parameters("0000 0010"));
        TestCommand signed = byEndorsement.handle(signer).password("").password("");
        both.refuse(signed.parameters("0000 0018 000c"));
        both.refuse(signed.parameters("0000 0014 000b"));
        both.refuse(signed.parameters("0000 0005 000b"));
        both.refuse(signed.sized(Bytes.zeros(67)).parameters("0010"));
        both.refuseOtherLengths(signed.parameters("0001 aa 0018 000b"));
    }
}
