package org.jswtpm.engine.tpm2.command.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TPM2_PolicyCapability and TPM2_PolicyParameters, which the null profile does not have. */
class PolicyCapabilityTest {
    private static final String HASH = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    /** TPM_ALG_AES is there. */
    private static final String AES_IS_THERE = "0002 0006 0000 0000 00000000 00000006";

    private final Tpm2Fixture tpm = Tpm2Fixture.startedWith("{\"Name\":\"default-v1\"}");

    private Handle session(int type) {
        return tpm.startSession(type, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0)
                .handle();
    }

    private Answer capability(Handle session, String parameters) {
        return tpm.send(
                TestCommand.of(CommandCode.POLICY_CAPABILITY).handle(session).parameters(parameters));
    }

    private Answer parameters(Handle session, String parameters) {
        return tpm.send(
                TestCommand.of(CommandCode.POLICY_PARAMETERS).handle(session).parameters(parameters));
    }

    private Bytes digest(Handle session) {
        return tpm.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(session))
                .read()
                .sized2(64);
    }

    private static Bytes extended(String octets) {
        return Bytes.wrap(
                Hasher.digest(Digest.SHA256, new byte[32], Bytes.hex(octets).toArray()));
    }

    /** Part 3, 23.25: the hash of operandB, offset, operation, capability and property. */
    @Test
    void extendsTheDigest() {
        Handle session = session(PolicyScene.POLICY);
        capability(session, AES_IS_THERE).isSuccess();
        byte[] arguments = Hasher.digest(
                Digest.SHA256, Bytes.hex("0006 0000 0000 00000000 00000006").toArray());
        assertEquals(extended("0000019b" + Bytes.wrap(arguments)), digest(session));
    }

    /** Operand, offset, operation, capability, property, answer; as libtpms 0.11 answers under the profile default-v1. */
    @ParameterizedTest
    @CsvSource({
        "algorithm,             0002 0006 0000 0000, 00000000 00000006, 0",
        "no such algorithm,     0002 0002 0000 0000, 00000000 00000002, 126",
        "none is not equal,     0000 ffff 0001,      00000000 00000002, 0",
        "command with handles,  0001 04 0000 0000,   00000002 00000120, 0",
        "no such command,       0000 0000 0000,      00000002 0000019d, 126",
        "property,              0004 322e3000 0004 0000, 00000006 00000100, 0",
        "behind the property,   0000 0009 0000,      00000006 00000100, 2c4",
        "beyond the property,   0002 0000 0007 0000, 00000006 00000100, 1d5",
        "curve,                 0000 0002 0000,      00000008 00000003, 0",
        "PCR property,          0001 03 0004 0000,   00000007 00000000, 0",
        "PCR,                   0000 0000 0000,      00000001 00000017, 0",
        "PCR that is none,      0000 0000 0000,      00000001 00000018, 126",
        "owner,                 0000 0000 0000,      00000001 40000001, 0",
        "object that is none,   0000 0000 0000,      00000001 80000000, 126",
        "loaded session,        0000 0000 0000,      00000001 02000000, 0",
        "the same as saved,     0000 0000 0000,      00000001 03000000, 0",
        "handle of no kind,     0000 0000 0001,      00000001 90000000, 5cb",
        "policy of the owner,   0000 0000 0000,      00000009 40000001, 0",
        "policy of nobody,      0000 0000 0001,      00000009 80000000, 5c4",
        "PCRs,                  0000 0000 0001,      00000005 00000000, 4c4",
        "timers,                0000 0000 0001,      0000000a 40000110, 4c4"
    })
    void asksForOneElement(String name, String condition, String element, String answer) {
        Handle session = session(PolicyScene.POLICY);
        TpmRc expected = new TpmRc(Integer.parseInt(answer, 16));
        capability(session, condition + element).hasCode(expected);
        Handle trial = session(PolicyScene.TRIAL);
        capability(trial, condition + element).isSuccess();
        if (expected.equals(TpmRc.SUCCESS)) {
            assertEquals(digest(trial), digest(session), name);
        }
    }

    @Test
    void parametersRestrictASessionOnce() {
        Handle session = session(PolicyScene.POLICY);
        parameters(session, "0000").hasCode(TpmRc.SIZE.parameter(1));
        parameters(session, "0020" + HASH).isSuccess();
        assertEquals(extended("0000019c" + HASH), digest(session));
        parameters(session, "0000").hasCode(TpmRc.SIZE.parameter(1));
        parameters(session, "0020" + HASH).hasCode(TpmRc.CPHASH);
    }

    @Test
    void parametersAuthorizeOneCommandWithThem() {
        ClientSession session =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).authNotIncluded();
        byte[] pHash = Hasher.digest(Digest.SHA256, Bytes.hex("00000130 00").toArray());
        parameters(session.handle(), "0020" + Bytes.wrap(pHash)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.SET_PRIMARY_POLICY)
                        .handle(Handle.OWNER)
                        .password("")
                        .sized(digest(session.handle()))
                        .parameters("000b"))
                .isSuccess();
        TestCommand adjust = TestCommand.of(CommandCode.CLOCK_RATE_ADJUST)
                .handle(Handle.OWNER)
                .session(session);
        tpm.send(adjust.parameters("01")).hasCode(TpmRc.POLICY_FAIL.session(1));
        tpm.send(adjust.parameters("00")).isSuccess();
    }
}
