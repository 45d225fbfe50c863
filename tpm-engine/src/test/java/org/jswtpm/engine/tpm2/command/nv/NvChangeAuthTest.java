package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.command.nv.NvRequests.AUTH;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.BY_ALL;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.INDEX;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.byIndex;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.define;
import static org.jswtpm.engine.tpm2.command.nv.NvRequests.readPublic;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM2_NV_ChangeAuth, which only a policy authorizes. */
class NvChangeAuthTest {
    private static final int NO_DA = 1 << 25;
    private static final Bytes NEW_AUTH = Bytes.hex("6e6577");

    private final Tpm2Fixture tpm = Tpm2Fixture.started();
    private final ClientSession session = policySession();

    /** Its policy: the command, and the auth value by an HMAC. */
    private ClientSession policySession() {
        ClientSession started = tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0);
        extendPolicy(started);
        Bytes policy = tpm.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(started.handle()))
                .read()
                .sized2(64);
        tpm.send(define(Handle.OWNER, AUTH, "000b", BY_ALL, policy.toString(), 8))
                .isSuccess();
        return started.auth(Bytes.hex(AUTH));
    }

    private void extendPolicy(ClientSession started) {
        tpm.send(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                        .handle(started.handle())
                        .parameters("0000013b"))
                .isSuccess();
        tpm.send(TestCommand.of(CommandCode.POLICY_AUTH_VALUE).handle(started.handle()))
                .isSuccess();
    }

    private TestCommand changeAuth(Bytes newAuth) {
        Bytes parameters = tpm.send(readPublic()).parameters();
        return TestCommand.of(CommandCode.NV_CHANGE_AUTH)
                .handle(INDEX, parameters.slice(parameters.size() - 34, 34))
                .sized(newAuth);
    }

    private TestCommand write(Bytes password) {
        return byIndex(CommandCode.NV_WRITE, password.toString())
                .sized(Bytes.hex("01"))
                .parameters("0000");
    }

    /** The response is sealed with the new auth value, so the client cannot check it with the old one. */
    @Test
    void theNewAuthValueIsTheOneThatCounts() {
        byte[] response = tpm.exchange(
                changeAuth(NEW_AUTH.then(Bytes.zeros(2))).session(session).toArray());
        assertEquals(0, response[9]);
        tpm.send(write(Bytes.hex(AUTH))).hasCode(TpmRc.AUTH_FAIL.session(1));
        tpm.send(write(NEW_AUTH)).isSuccess();
    }

    @Test
    void noPasswordAndNoOtherPolicyAuthorizesIt() {
        tpm.send(changeAuth(NEW_AUTH)).hasCode(TpmRc.AUTH_MISSING);
        tpm.send(changeAuth(NEW_AUTH).password(AUTH)).hasCode(TpmRc.AUTH_TYPE);
        ClientSession other =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).authNotIncluded();
        tpm.send(changeAuth(NEW_AUTH).session(other)).hasCode(TpmRc.POLICY_FAIL.session(1));
    }

    @Test
    void anAuthValueIsNotLongerThanADigestOfTheNameAlgorithm() {
        tpm.send(changeAuth(Bytes.hex("5a".repeat(33))).session(session)).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(write(Bytes.hex(AUTH))).isSuccess();
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        ClientSession restricted = both.startPolicySession();
        TestCommand bare = TestCommand.of(CommandCode.NV_CHANGE_AUTH).handle(INDEX);
        TestCommand byPolicy = bare.session(restricted);
        both.refuse(byPolicy.sized(NEW_AUTH));
        Bytes policy = Bytes.wrap(Hasher.digest(
                Digest.SHA256, new byte[32], Bytes.hex("0000016c 0000013b").toArray()));
        both.succeed(define(Handle.OWNER, AUTH, "000b", BY_ALL | NO_DA, policy.toString(), 8));
        both.refuse(bare.sized(NEW_AUTH));
        both.refuse(bare.password(AUTH).sized(NEW_AUTH));
        both.refuse(byPolicy.sized(NEW_AUTH));
        both.succeed(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                .handle(restricted.handle())
                .parameters("0000013b"));
        both.refuseOtherLengths(byPolicy.sized(NEW_AUTH));
        both.refuse(byPolicy.sized(Bytes.hex("5a".repeat(33))));
        both.refuse(byPolicy.sized(Bytes.hex("5a".repeat(65))));
        both.succeed(byPolicy.sized(NEW_AUTH.then(Bytes.zeros(2))));
        both.refuse(write(Bytes.hex(AUTH)));
        both.succeed(write(NEW_AUTH));
        both.refuse(byPolicy.sized(NEW_AUTH));
    }
}
