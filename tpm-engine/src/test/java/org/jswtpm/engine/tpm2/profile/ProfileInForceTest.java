package org.jswtpm.engine.tpm2.profile;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** What a TPM with a profile answers; the codes are those of libtpms 0.11. */
class ProfileInForceTest {
    private static final String RSA = "0001 000b 00060472 0000 0010 0010 0800 00000000 0000";
    private static final String ECC = "0023 000b 00040472 0000 0010 0010 0003 0010 0000 0000";
    private static final String HMAC = "0008 000b 00060472 0000 0010 0000";
    private static final Bytes SHA1_DIGEST = Bytes.zeros(20);

    private static Tpm2Fixture with(String attributes) {
        return Tpm2Fixture.startedWith("{\"Name\":\"custom\",\"Attributes\":\"" + attributes + "\"}");
    }

    private static Handle key(Tpm2Fixture tpm, String template) {
        return tpm.send(createPrimary(Handle.OWNER, template)).handle();
    }

    private static TestCommand ofCurve(CommandCode code) {
        return TestCommand.of(code).parameters("0003");
    }

    @Test
    void aProfileIsForANewTpm() throws ProfileException, StateException {
        Tpm2Fixture tpm = Tpm2Fixture.started();
        tpm.tpm().setProfile("{\"Name\":\"default-v1\"}");
        StateException refusal =
                assertThrows(StateException.class, () -> tpm.tpm().powerOn());
        assertEquals(9, refusal.resultCode(), "TPM_FAIL, as swtpm answers CMD_INIT");
    }

    @Test
    void aProfileIsKeptInTheState() {
        Tpm2Fixture tpm = Tpm2Fixture.startedWith("{\"Name\":\"default-v1\"}");
        String active = tpm.tpm().info(0x20);
        assertTrue(active.contains("default-v1"));
        tpm.powerOn();
        assertEquals(active, tpm.tpm().info(0x20));
    }

    @Test
    void commandsThatAreSwitchedOffAreUnknown() {
        Tpm2Fixture tpm =
                Tpm2Fixture.startedWith("{\"Name\":\"custom\",\"Commands\":\"0x11f-0x122,0x124-0x12e,0x130-0x140,"
                        + "0x142-0x159,0x15b-0x15e,0x160-0x165,0x167-0x174,0x176-0x178,0x17a,0x17c-0x193\"}");
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0004")).hasCode(TpmRc.COMMAND_CODE);
        tpm.send(TestCommand.of(CommandCode.READ_CLOCK)).isSuccess();
    }

    @Test
    void noUnpaddedEncryption() {
        Tpm2Fixture tpm = with("no-unpadded-encryption");
        TestCommand encrypt = TestCommand.of(CommandCode.RSA_ENCRYPT).handle(key(tpm, RSA));
        tpm.send(encrypt.parameters("0001 01 0010 0000")).hasCode(TpmRc.SCHEME);
        TestCommand padded = TestCommand.of(CommandCode.RSA_ENCRYPT).handle(new Handle(0x8000_0000));
        tpm.send(padded.parameters("0001 01 0015 0000")).isSuccess();
    }

    @Test
    void noSha1Signing() {
        Tpm2Fixture tpm = with("no-sha1-signing");
        tpm.send(sign(key(tpm, RSA), SHA1_DIGEST, "0014 0004")).hasCode(TpmRc.HASH);
        tpm.send(sign(key(tpm, ECC), SHA1_DIGEST, "0018 0004")).hasCode(TpmRc.HASH);
        tpm.send(sign(new Handle(0x8000_0001), Bytes.zeros(32), "0018 000b")).isSuccess();
        tpm.send(sign(key(tpm, HMAC), SHA1_DIGEST, "0005 0004")).isSuccess();
    }

    @Test
    void noSha1Verification() {
        Tpm2Fixture tpm = with("no-sha1-verification");
        Handle rsa = key(tpm, RSA);
        Bytes signature = tpm.send(sign(rsa, SHA1_DIGEST, "0014 0004")).parameters();
        tpm.send(verify(rsa, SHA1_DIGEST, signature)).hasCode(TpmRc.HASH.parameter(2));
        Handle ecc = key(tpm, ECC);
        Bytes ecdsa = tpm.send(sign(ecc, SHA1_DIGEST, "0018 0004")).parameters();
        tpm.send(verify(ecc, SHA1_DIGEST, ecdsa)).hasCode(TpmRc.HASH.parameter(2));
    }

    @Test
    void noSha1Hmac() {
        Tpm2Fixture tpm = with("no-sha1-hmac-creation");
        Handle key = key(tpm, HMAC);
        tpm.send(sign(key, SHA1_DIGEST, "0005 0004")).hasCode(TpmRc.HASH);
        Tpm2Fixture other = with("no-sha1-hmac-verification");
        Handle ofOther = key(other, HMAC);
        Bytes signature = other.send(sign(ofOther, SHA1_DIGEST, "0005 0004")).parameters();
        other.send(verify(ofOther, SHA1_DIGEST, signature)).hasCode(TpmRc.HASH.parameter(2));
    }

    @Test
    void noHmacKeysThatAreTooShort() {
        Tpm2Fixture tpm =
                Tpm2Fixture.startedWith("{\"Name\":\"custom\",\"Algorithms\":\"rsa,hmac,hmac-min-key-size=264,aes,mgf1,"
                    + "keyedhash,xor,sha256,sha384,null,oaep,ecdsa,ecdh,kdf1-sp800-56a,kdf2,kdf1-sp800-108,ecc,ecc-nist,"
                    + "symcipher,cfb\"}");
        tpm.send(sign(key(tpm, HMAC), Bytes.zeros(32), "0005 000b")).hasCode(TpmRc.KEY_SIZE);
    }

    @Test
    void noEccKeyDerivation() {
        Tpm2Fixture tpm = with("no-ecc-key-derivation");
        tpm.send(ofCurve(CommandCode.EC_EPHEMERAL)).hasCode(TpmRc.TYPE);
        Tpm2Fixture.startedWith("{\"Name\":\"default-v2\"}")
                .send(ofCurve(CommandCode.EC_EPHEMERAL))
                .isSuccess();
    }

    /** Nothing is to be seen of these tests as long as they pass. */
    @Test
    void keysThatAreTriedOutAreTheSameKeys() {
        Tpm2Fixture tpm = with("pct,drbg-continous-test");
        tpm.send(createPrimary(Handle.OWNER, RSA)).isSuccess();
        tpm.send(createPrimary(Handle.OWNER, ECC)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0020")).isSuccess();
    }
}
