package org.jswtpm.engine.tpm12.command.endorsement;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NO_ENDORSEMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_CreateEndorsementKeyPair and TPM_ReadPubek. */
class EndorsementKeyTest {
    private static final Bytes NONCE = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final String PARMS = OwnedTpm.STORAGE_PARMS;

    private static Request create(String parms) {
        return Request.of(Ordinal.CREATE_ENDORSEMENT_KEY_PAIR).bytes(NONCE).hex(parms);
    }

    private static Request read() {
        return Request.of(Ordinal.READ_PUBEK).bytes(NONCE);
    }

    @Test
    void aKeyIsMadeOnce() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(read()).hasCode(NO_ENDORSEMENT);
        tpm.send(create(PARMS.replace("0800", "0400"))).hasCode(BAD_KEY_PROPERTY);
        Bytes answer = tpm.send(create(PARMS)).isSuccess().parameters();
        Bytes pubek = answer.slice(0, answer.size() - 20);
        Bytes checksum = Bytes.wrap(Hasher.digest(Digest.SHA1, pubek.toArray(), NONCE.toArray()));
        assertEquals(checksum, answer.slice(answer.size() - 20, 20));
        assertEquals(answer, tpm.send(read()).isSuccess().parameters());
        tpm.send(create(PARMS)).hasCode(DISABLED_CMD);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm(Tpm12Pair both) {
        both.send(read()).isIdentical();
        for (String parms : new String[] {
            PARMS.replace("0800", "0400"),
            PARMS.replace("0800", "1000"),
            PARMS.replace("0003 0001", "0002 0001"),
            PARMS.replace("00000002 00000000", "00000003 00000000"),
            "00000000 0003 0001 00000000",
            "00000006 0003 0001 00000000",
            PARMS + "00"
        }) {
            both.send(create(parms)).isIdentical();
        }
        both.send(create(PARMS.replace("0003 0001", "0003 0002"))).hasSameCode(); // which counts as no signatures
        both.send(create(PARMS)).isIdentical();
        both.send(read()).hasSameCode();
    }
}
