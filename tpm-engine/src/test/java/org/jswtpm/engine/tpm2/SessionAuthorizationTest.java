package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session area: how it is read, what authorizes, what encrypts and audits. */
class SessionAuthorizationTest {
    private static final Bytes AUTH = Bytes.hex("0a0b0c0d");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** A command that needs the owner's authorization. */
    private static TestCommand byOwner() {
        return TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                .handle(Handle.OWNER)
                .parameters("00");
    }

    private static TestCommand getRandom() {
        return TestCommand.of(CommandCode.GET_RANDOM).parameters("0010");
    }

    private static TestCommand setOwnerAuth(Bytes auth) {
        return TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                .handle(Handle.OWNER)
                .sized(auth);
    }

    /** The octets of a command with this session area, sizes filled in. */
    private static byte[] withArea(String area) {
        int size = area.replace(" ", "").length() / 2;
        return Bytes.hex("8002 %08x 00000130 40000001 %08x %s 00".formatted(10 + 4 + 4 + size + 1, size, area))
                .toArray();
    }

    private static final String PASSWORD = "40000009 0000 01 0000";

    @ParameterizedTest
    @CsvSource({
        "an area that is too small,                 40000009 0000 01 00, 095",
        "a handle that is no session,               40000001 0000 01 0000, 984",
        "a session beyond all,                      02000040 0000 01 0000, 984",
        "a session that is not loaded,              02000001 0000 01 0000, 918",
        "a nonce with a password,                   40000009 0001 aa 01 0000, 98f",
        "a nonce above any digest,                  40000009 0041 01 0000, 995",
        "an area cut in the nonce,                  40000009 0010 01 0000, 99a",
        "reserved attributes,                       40000009 0000 08 0000, 9a1",
        "a password that audits,                    40000009 0000 81 0000, 982",
        "a password above any digest,               40000009 0000 01 0041, 995",
        "a second password without a handle,        40000009 0000 01 0000 40000009 0000 01 0000, a8b",
        "a rest after the session,                  40000009 0000 01 0000 00, a9a",
        "a wrong password,                          40000009 0000 01 0001 aa, 9a2",
    })
    void answersFaultOfTheArea(String name, String area, String code) {
        tpm.send(byOwner(), withArea(area)).hasCode(new TpmRc(Integer.parseInt(code, 16)));
    }

    @Test
    void answersSizeForTheFourthSession() {
        String four = String.join(" ", PASSWORD, PASSWORD, PASSWORD, PASSWORD);
        tpm.send(byOwner(), withArea(four)).hasCode(TpmRc.SIZE.session(4));
    }

    @Test
    void answersSizeForAnAreaBeyondTheCommand() {
        byte[] command = Bytes.hex("8002 0000001b 00000130 40000001 00000020 " + PASSWORD)
                .toArray();
        tpm.send(byOwner(), command).hasCode(TpmRc.SIZE);
    }

    @Test
    void answersAuthMissingWithoutSession() {
        tpm.send(byOwner()).hasCode(TpmRc.AUTH_MISSING);
    }

    @Test
    void answersAuthContextForSessionsOfACommandThatAllowsNone() {
        tpm.send(TestCommand.of(CommandCode.FLUSH_CONTEXT).password("").parameters("80000000"))
                .hasCode(TpmRc.AUTH_CONTEXT);
    }

    @Test
    void trailingZerosOfAPasswordDoNotCount() {
        tpm.send(setOwnerAuth(AUTH).password("")).isSuccess();
        tpm.send(byOwner().password("0a0b0c0d0000")).isSuccess();
        tpm.send(byOwner().password("0a0b0c0d00ff")).hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @Test
    void anHmacSessionAuthorizesAgainAndAgain() {
        tpm.send(setOwnerAuth(AUTH).password("")).isSuccess();
        ClientSession session = tpm.startHmacSession().auth(AUTH);
        tpm.send(byOwner().session(session)).isSuccess();
        tpm.send(byOwner().session(session)).isSuccess();
        tpm.send(byOwner().session(session.auth(Bytes.EMPTY))).hasCode(TpmRc.BAD_AUTH.session(1));
    }

    @Test
    void aSessionEndsWithoutContinueSession() {
        ClientSession session = tpm.startHmacSession().attributes(0);
        tpm.send(byOwner().session(session)).isSuccess();
        tpm.send(byOwner().session(session)).hasCode(TpmRc.REFERENCE_S0);
    }

    @Test
    void aFailedCommandKeepsTheSessionAndItsNonce() {
        ClientSession session = tpm.startHmacSession().attributes(0);
        TestCommand wrong = TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                .handle(Handle.OWNER)
                .parameters("7f");
        tpm.send(wrong.session(session)).hasCode(TpmRc.VALUE.parameter(1));
        tpm.send(byOwner().session(session)).isSuccess();
    }

    @Test
    void aBoundSessionNeedsTheAuthValueOfOtherEntitiesOnly() {
        tpm.send(setOwnerAuth(AUTH).password("")).isSuccess();
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.OWNER, AUTH, 0);
        tpm.send(byOwner().session(session.authNotIncluded())).isSuccess();
        TestCommand byPlatform = TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                .handle(Handle.PLATFORM)
                .parameters("00");
        tpm.send(byPlatform.session(session.auth(Bytes.EMPTY))).isSuccess();
    }

    @Test
    void aBoundSessionIsBoundNoMoreWhenTheAuthValueChanges() {
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.OWNER, Bytes.EMPTY, 0);
        tpm.send(setOwnerAuth(AUTH).password("")).isSuccess();
        tpm.send(byOwner().session(session.auth(AUTH))).isSuccess();
    }

    @Test
    void theResponseToAChangeOfTheAuthValueIsMadeWithTheNewOne() {
        ClientSession session = tpm.startHmacSession();
        byte[] command = setOwnerAuth(AUTH).session(session).toArray();
        tpm.send(setOwnerAuth(AUTH).session(session.auth(AUTH)), command).isSuccess();
    }

    @ParameterizedTest
    @CsvSource({"SHA1, 128", "SHA256, 256", "SHA384, 128", "SHA512, 256"})
    void parametersAreEncryptedByAes(Digest hash, int bits) {
        ClientSession session = tpm.startSession(0, hash, Handle.OWNER, Bytes.EMPTY, bits);
        tpm.send(setOwnerAuth(AUTH)
                        .session(ClientSession.password(Bytes.EMPTY))
                        .session(session.authNotIncluded().attributes(ClientSession.CONTINUE | ClientSession.DECRYPT)))
                .isSuccess();
        tpm.send(byOwner().password("0a0b0c0d")).isSuccess();
    }

    @Test
    void theAuthValueIsPartOfTheKeyOfAnAuthorizingSession() {
        tpm.send(setOwnerAuth(AUTH).password("")).isSuccess();
        ClientSession session = tpm.startXorSession(Digest.SHA256).auth(AUTH);
        byte[] command = setOwnerAuth(Bytes.hex("77"))
                .session(session.attributes(ClientSession.CONTINUE | ClientSession.DECRYPT))
                .toArray();
        tpm.send(byOwner(), command).isSuccess();
        tpm.send(byOwner().password("77")).isSuccess();
    }

    @Test
    void responsesAreEncrypted() {
        ClientSession session = tpm.startSession(0, Digest.SHA256, Handle.OWNER, Bytes.EMPTY, 128)
                .authNotIncluded()
                .attributes(ClientSession.CONTINUE | ClientSession.ENCRYPT);
        assertEquals(18, tpm.send(getRandom().session(session)).parameters().size());
    }

    @Test
    void aSessionThatDoesNothingIsRefused() {
        ClientSession session = tpm.startHmacSession();
        tpm.send(getRandom().session(session)).hasCode(TpmRc.ATTRIBUTES.session(1));
    }

    @Test
    void encryptionNeedsAnAlgorithmAndAParameterThatAllowsIt() {
        ClientSession session = tpm.startHmacSession();
        int encrypt = ClientSession.CONTINUE | ClientSession.ENCRYPT;
        tpm.send(getRandom().session(session.attributes(encrypt))).hasCode(TpmRc.SYMMETRIC.session(1));
        tpm.send(byOwner().session(session.attributes(encrypt))).hasCode(TpmRc.ATTRIBUTES.session(1));
    }

    @Test
    void theSameSessionMayNotComeTwice() {
        ClientSession session = tpm.startHmacSession();
        byte[] area = byOwner().session(session).session(session).toArray();
        tpm.send(byOwner(), area).hasCode(TpmRc.HANDLE.session(2));
    }

    @Test
    void anAuditSessionIsExclusiveUntilAnotherCommandComes() {
        ClientSession session =
                tpm.startHmacSession().authNotIncluded().attributes(ClientSession.CONTINUE | ClientSession.AUDIT);
        tpm.send(getRandom().session(session)).isSuccess();
        assertEquals(
                ClientSession.CONTINUE | ClientSession.AUDIT | ClientSession.AUDIT_EXCLUSIVE,
                session.answeredAttributes());
        tpm.send(getRandom().session(session)).isSuccess();
        assertEquals(
                ClientSession.CONTINUE | ClientSession.AUDIT | ClientSession.AUDIT_EXCLUSIVE,
                session.answeredAttributes());
        tpm.send(getRandom()).isSuccess();
        tpm.send(getRandom()
                        .session(session.attributes(
                                ClientSession.CONTINUE | ClientSession.AUDIT | ClientSession.AUDIT_EXCLUSIVE)))
                .hasCode(TpmRc.EXCLUSIVE);
        tpm.send(getRandom().session(session.attributes(ClientSession.CONTINUE | ClientSession.AUDIT)))
                .isSuccess();
        assertEquals(ClientSession.CONTINUE | ClientSession.AUDIT, session.answeredAttributes());
    }

    @Test
    void aTrialSessionAuthorizesNothing() {
        ClientSession trial = tpm.startSession(3, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0);
        tpm.send(byOwner().session(trial.authNotIncluded())).hasCode(TpmRc.ATTRIBUTES.session(1));
    }

    @Test
    void aPolicySessionIsNoUseWithoutAPolicy() {
        ClientSession policy = tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0);
        tpm.send(byOwner().session(policy.authNotIncluded())).hasCode(TpmRc.AUTH_UNAVAILABLE);
    }

    @SameAsSwtpm
    void faultsOfTheAreaAreAnsweredLikeSwtpm(TpmPair both) {
        String[] areas = {
            "40000009 0000 01 00",
            "40000001 0000 01 0000",
            "02000040 0000 01 0000",
            "02000001 0000 01 0000",
            "03000001 0000 01 0000",
            "40000009 0001 aa 01 0000",
            "40000009 0041 01 0000",
            "40000009 0010 01 0000",
            "40000009 0000 08 0000",
            "40000009 0000 81 0000",
            "40000009 0000 01 0041",
            PASSWORD + PASSWORD,
            PASSWORD + "00",
            PASSWORD + PASSWORD + PASSWORD + PASSWORD,
            "40000009 0000 01 0001 aa",
            PASSWORD,
        };
        for (String area : areas) {
            both.send(byOwner(), withArea(area)).isIdentical();
        }
        both.send(byOwner()).isIdentical();
        both.send(TestCommand.of(CommandCode.FLUSH_CONTEXT).password("").parameters("80000000"))
                .isIdentical();
    }

    @SameAsSwtpm
    void theSameClientSpeaksToBoth(TpmPair both) {
        for (TpmClient client : new TpmClient[] {both.ours(), both.swtpm()}) {
            client.send(setOwnerAuth(AUTH).password("")).isSuccess();
            ClientSession hmac = client.startHmacSession().auth(AUTH);
            client.send(byOwner().session(hmac)).isSuccess();
            ClientSession bound = client.startSession(0, Digest.SHA384, Handle.OWNER, AUTH, 256)
                    .authNotIncluded()
                    .attributes(ClientSession.CONTINUE | ClientSession.ENCRYPT | ClientSession.AUDIT);
            client.send(getRandom().session(bound)).isSuccess();
            ClientSession xor = client.startXorSession(Digest.SHA1)
                    .auth(AUTH)
                    .attributes(ClientSession.CONTINUE | ClientSession.ENCRYPT);
            client.send(getRandom().session(xor.auth(Bytes.EMPTY))).isSuccess();
        }
    }
}
