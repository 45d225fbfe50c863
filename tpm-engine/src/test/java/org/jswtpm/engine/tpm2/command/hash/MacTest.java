package org.jswtpm.engine.tpm2.command.hash;

import static org.jswtpm.engine.tpm2.command.hash.HashRequests.AES_KEY;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.CMAC;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.JEFE;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.JEFE_DATA;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.JEFE_MAC;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.NULL;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.SHA_1;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.SHA_256;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.aesKey;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.hmacKey;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.mac;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.macStart;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.sequenceComplete;
import static org.jswtpm.engine.tpm2.command.hash.HashRequests.sequenceUpdate;

import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;

/** TPM2_MAC and TPM2_MAC_Start, with the codes of TPM2_HMAC and TPM2_HMAC_Start. */
class MacTest {
    private static final String SIGN = "00040440";
    private static final String NO_TICKET = "8024 40000007 0000";
    /** The first block of the examples of SP 800-38B, D.1, and its CMAC. */
    private static final String BLOCK = "6bc1bee22e409f96e93d7e117393172a";

    private static final String BLOCK_MAC = "070a16b46b4d4144f79bdd9dd04a287c";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private Handle load(TestCommand key) {
        return tpm.send(key).handle();
    }

    @Test
    void makesTheHmacOfRfc4231() {
        Handle key = load(hmacKey(JEFE, SIGN, "0005 000b"));
        tpm.send(mac(key, JEFE_DATA, NULL)).hasParameters("0020" + JEFE_MAC);
        tpm.send(mac(key, JEFE_DATA, SHA_256)).hasParameters("0020" + JEFE_MAC);
    }

    @Test
    void takesTheAlgorithmOfTheCommandForAKeyWithoutOne() {
        Handle key = load(hmacKey(JEFE, "00060440", NULL));
        tpm.send(mac(key, JEFE_DATA, SHA_256)).hasParameters("0020" + JEFE_MAC);
        tpm.send(mac(key, JEFE_DATA, NULL)).hasCode(TpmRc.VALUE.parameter(2));
        tpm.send(mac(key, JEFE_DATA, CMAC)).hasCode(TpmRc.SCHEME.parameter(2));
    }

    @Test
    void makesTheCmacsOfSp80038b() {
        Handle key = load(aesKey(SIGN, CMAC));
        tpm.send(mac(key, BLOCK, CMAC)).hasParameters("0010" + BLOCK_MAC);
        tpm.send(mac(key, "", NULL)).hasParameters("0010 bb1d6929e95937287fa37d129b756746");
    }

    @Test
    void refusesInTheOrderOfLibtpms() {
        Handle ecc = load(ObjectRequests.createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN));
        tpm.send(mac(ecc, "00", NULL)).hasCode(TpmRc.TYPE.handle(1));
        tpm.send(ObjectRequests.flush(ecc)).isSuccess();

        Handle hmac = load(hmacKey(JEFE, SIGN, "0005 000b"));
        tpm.send(mac(hmac, "00", SHA_1)).hasCode(TpmRc.VALUE.parameter(2));
        tpm.send(mac(hmac, "00", "0012")).hasCode(TpmRc.SYMMETRIC.parameter(2));
        tpm.send(mac(hmac, "00".repeat(1025), "0012")).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(ObjectRequests.flush(hmac)).isSuccess();

        Handle cipher = load(aesKey("00020440", "0043"));
        tpm.send(mac(cipher, "00", CMAC)).hasCode(TpmRc.VALUE.parameter(2));
        tpm.send(mac(cipher, "00", NULL)).hasCode(TpmRc.SCHEME.parameter(2));
    }

    @Test
    void makesAMacOfManyBuffers() {
        Handle key = load(hmacKey(JEFE, SIGN, "0005 000b"));
        Handle sequence = tpm.send(macStart(key, "aa", NULL)).handle();
        tpm.send(sequenceUpdate(sequence, "aa", JEFE_DATA.substring(0, 6))).isSuccess();
        tpm.send(sequenceComplete(sequence, "aa", JEFE_DATA.substring(6), Handle.OWNER))
                .hasParameters("0020" + JEFE_MAC + NO_TICKET);
        tpm.send(sequenceUpdate(sequence, "aa", "00")).hasCode(TpmRc.REFERENCE_H0);

        Handle aes = load(aesKey(SIGN, CMAC));
        sequence = tpm.send(macStart(aes, "", CMAC)).handle();
        tpm.send(sequenceUpdate(sequence, "", BLOCK)).isSuccess();
        tpm.send(sequenceComplete(sequence, "", "", Handle.NULL)).hasParameters("0010" + BLOCK_MAC + NO_TICKET);
    }

    @Test
    void needsASlotForASequence() {
        Handle key = load(hmacKey(JEFE, SIGN, "0005 000b"));
        tpm.send(macStart(key, "", NULL)).isSuccess();
        tpm.send(macStart(key, "", NULL)).isSuccess();
        tpm.send(macStart(key, "", NULL)).hasCode(TpmRc.OBJECT_MEMORY);
        tpm.send(macStart(key, "", SHA_1)).hasCode(TpmRc.VALUE.parameter(2));
    }

    @SameAsSwtpm
    void answersLikeSwtpm(TpmPair both) {
        both.send(hmacKey(JEFE, "00060440", NULL)).isIdentical();
        both.send(aesKey(SIGN, CMAC)).isIdentical();
        Handle hmac = new Handle(0x8000_0000);
        Handle aes = new Handle(0x8000_0001);
        for (Handle key : new Handle[] {hmac, aes}) {
            for (String scheme : new String[] {NULL, SHA_1, SHA_256, CMAC, "0043", "0012"}) {
                both.send(mac(key, AES_KEY, scheme)).isIdentical();
                both.send(macStart(key, "aa", scheme)).isIdentical();
                both.send(sequenceUpdate(new Handle(0x8000_0002), "aa", BLOCK)).isIdentical();
                both.send(sequenceComplete(new Handle(0x8000_0002), "aa", "", Handle.OWNER))
                        .isIdentical();
            }
        }
        both.send(ObjectRequests.flush(hmac)).isIdentical();
        both.send(hmacKey(JEFE, "00000440", NULL)).isIdentical();
        both.send(mac(hmac, "00", SHA_1)).isIdentical();
        both.send(macStart(aes, "", NULL)).isIdentical();
        both.send(mac(new Handle(0x8000_0002), "00", SHA_1)).isIdentical();
    }
}
