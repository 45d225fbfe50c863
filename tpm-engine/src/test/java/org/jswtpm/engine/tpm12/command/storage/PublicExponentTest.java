package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.OwnedTpm.ET_KEYHANDLE;
import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;

import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_CreateWrapKey for keys with other public exponents than 65537, which the loaded keys then use. */
class PublicExponentTest {
    private static final String[] LEGAL = {"03", "000003", "05", "07", "11", "0101", "010001"};
    private static final String[] ILLEGAL = {"01", "02", "09", "0b", "030000", "010003", "010101", "00000000"};

    private static String parms(String exponent) {
        int size = exponent.length() / 2;
        return "00000001 0001 0002" + String.format("%08x", 12 + size) + "00000200 00000002"
                + String.format("%08x", size) + exponent;
    }

    private static void makesAndUses(Tpm12Client tpm) {
        OwnedTpm.own(tpm);
        for (String exponent : LEGAL) {
            Bytes wrapped = OwnedTpm.createKey(tpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, parms(exponent)));
            int key = OwnedTpm.loadKey(tpm, wrapped);
            tpm.send(Request.of(Ordinal.SIGN)
                            .handle(key)
                            .sized(Bytes.hex("11".repeat(20)))
                            .auth(tpm.oiap(KEY_AUTH)))
                    .isSuccess();
            tpm.send(Request.of(Ordinal.EVICT_KEY).handle(key)).isSuccess();
        }
        for (String exponent : ILLEGAL) {
            ClientSession session = tpm.osap(ET_KEYHANDLE, SRK, SRK_AUTH);
            tpm.send(Request.of(Ordinal.CREATE_WRAP_KEY)
                            .handle(SRK)
                            .bytes(session.encrypt(KEY_AUTH))
                            .bytes(session.encryptSecond(KEY_AUTH))
                            .hex(OwnedTpm.keyInfo("0010", 0, parms(exponent)))
                            .auth(session))
                    .hasCode(BAD_KEY_PROPERTY);
        }
    }

    @Test
    void onlyThoseOfLibtpmsAreUsed() {
        makesAndUses(Tpm12Fixture.started());
    }

    @SameAsSwtpm12
    void swtpmUsesTheSame(Tpm12Pair both) {
        makesAndUses(both.swtpm());
    }
}
