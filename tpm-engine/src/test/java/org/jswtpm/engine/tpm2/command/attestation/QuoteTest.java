package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.command.signing.SigningRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM2_Quote. */
class QuoteTest {
    /** PCRs 0 and 16 of SHA-256. */
    private static final String SELECTION = "00000001 000b 03 010001";

    private static final String RESTRICTED_RSA = "0001 000b 00050472 0000 0010 0014 000b 0800 00000000 0000";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static TestCommand quote(Handle signer, String scheme, String selection) {
        return TestCommand.of(CommandCode.QUOTE)
                .handle(signer)
                .password("")
                .sized(Bytes.hex("6e6f6e6365"))
                .parameters(scheme)
                .parameters(selection);
    }

    private static TestCommand extend(int pcr) {
        return TestCommand.of(CommandCode.PCR_EXTEND)
                .handle(new Handle(pcr))
                .password("")
                .parameters("00000001 000b")
                .parameters(Bytes.hex("5a".repeat(32)));
    }

    @Test
    void aRestrictedKeyQuotesTheDigestOfThePcrs() throws GeneralSecurityException {
        tpm.send(extend(16)).isSuccess();
        Bytes pcr = Bytes.wrap(Hasher.digest(
                Digest.SHA256, new byte[32], Bytes.hex("5a".repeat(32)).toArray()));
        Bytes digest = Bytes.wrap(Hasher.digest(Digest.SHA256, new byte[32], pcr.toArray()));
        Answer created = tpm.send(createPrimary(Handle.ENDORSEMENT, RESTRICTED_RSA));
        Attest attest = Attest.of(tpm.send(quote(created.handle(), NULL_SCHEME, SELECTION)));
        assertEquals(0x8018, attest.type());
        assertEquals(Bytes.hex(SELECTION + "0020" + digest), attest.attested());
        SigningRequests.assertGenuine(created.read().sized2(0xffff), attest.octets(), attest.signature());
    }

    @Test
    void answersFaults() {
        Handle key =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN)).handle();
        Handle storage = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        tpm.send(quote(Handle.NULL, "0018 000b", SELECTION)).hasCode(TpmRc.SCHEME.parameter(2));
        tpm.send(quote(storage, NULL_SCHEME, SELECTION)).hasCode(TpmRc.KEY.handle(1));
        tpm.send(quote(key, "001c 000b", SELECTION)).hasCode(TpmRc.SCHEME.parameter(2));
        tpm.send(quote(key, NULL_SCHEME, "00000005")).hasCode(TpmRc.SIZE.parameter(3));
        tpm.send(quote(key, NULL_SCHEME, "00000001 000b 04 01000000")).hasCode(TpmRc.VALUE.parameter(3));
        tpm.send(TestCommand.of(CommandCode.QUOTE)
                        .handle(key)
                        .sized(Bytes.EMPTY)
                        .parameters(NULL_SCHEME)
                        .parameters(SELECTION))
                .hasCode(TpmRc.AUTH_MISSING);
    }

    @SameAsSwtpm
    void quotesWhatSwtpmQuotes(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        ours.send(extend(5)).isSuccess();
        both.swtpm().send(extend(5)).isSuccess();
        for (String template :
                new String[] {ObjectRequests.HMAC_KEY, "0023 000c 00050472 0000 0010 0018 000d 0004 0010 0000 0000"}) {
            Handle key = ours.send(createPrimary(Handle.OWNER, template)).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, template)).isSuccess();
            for (String selection : new String[] {
                SELECTION,
                "00000000",
                "00000001 000b 03 200000",
                "00000001 000b 03 000000",
                "00000004 0004 03 ffffff 000b 03 ffffff 000c 03 ffffff 000d 03 ffffff",
                "00000002 000b 03 200000 000b 03 200000"
            }) {
                TestCommand command = quote(key, NULL_SCHEME, selection);
                assertEquals(
                        Attest.of(both.swtpm().send(command)).relativeTo(both.swtpm()),
                        Attest.of(ours.send(command)).relativeTo(ours));
            }
            both.swtpm().send(flush(key)).isSuccess();
            ours.send(flush(key)).isSuccess();
        }
    }

    @SameAsSwtpm
    void refusesLikeSwtpm(TpmPair both) {
        for (String template : new String[] {
            ObjectRequests.ECC_SIGN,
            ObjectRequests.ECC_STORAGE,
            ObjectRequests.RSA_DECRYPT,
            RESTRICTED_RSA,
            ObjectRequests.HMAC_KEY,
            ObjectRequests.AES_KEY
        }) {
            Handle key = both.make(createPrimary(Handle.OWNER, template));
            for (String scheme :
                    new String[] {NULL_SCHEME, "0018 000b", "0018 000c", "0014 000b", "0005 000b", "0019"}) {
                for (String selection : new String[] {
                    SELECTION,
                    "00000005",
                    "00000001 000b 04 01000000",
                    "00000001 0010 03 010000",
                    "00000001 000b 03 01",
                    ""
                }) {
                    both.send(quote(key, scheme, selection)).hasSameCode();
                }
            }
            both.refuse(TestCommand.of(CommandCode.QUOTE)
                    .handle(key)
                    .password("01")
                    .sized(Bytes.EMPTY)
                    .parameters(NULL_SCHEME)
                    .parameters(SELECTION));
            both.send(flush(key)).isIdentical();
        }
        both.refuse(quote(Handle.NULL, "0018 000b", "00000005"));
        both.refuse(quote(Handle.OWNER, NULL_SCHEME, SELECTION));
    }
}
