package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;

import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_Sign with each signature scheme. */
class SignTest {
    private static final int KEY = KeptState.SIGNING_KEY;

    private static Request sign(int key, int size) {
        return Request.of(Ordinal.SIGN).handle(key).sized(Bytes.zeros(size));
    }

    private static Bytes key(Tpm12Client tpm, String schemes) {
        String parms = OwnedTpm.SIGNING_PARMS.replace("0001 0002", schemes).replace("00000800", "00000200");
        return OwnedTpm.createKey(tpm, OwnedTpm.SRK, KeptState.SRK, OwnedTpm.keyInfo("0010", 0, parms));
    }

    private static int load(Tpm12Client tpm, Bytes key) {
        return tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(OwnedTpm.SRK)
                        .bytes(key)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KeptState.SRK).ending()))
                .isSuccess()
                .reader()
                .uint32();
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(sign(KEY, 20)).hasCode(AUTHFAIL);
        tpm.send(sign(KEY, 20).auth(tpm.oiap(KeptState.OWNER))).hasCode(AUTHFAIL);
        tpm.send(sign(KEY, 0).auth(tpm.oiap(KeptState.SIGNING))).hasCode(BAD_PARAMETER);
        tpm.send(sign(KEY, 19).auth(tpm.oiap(KeptState.SIGNING))).hasCode(BAD_PARAMETER);
        tpm.send(sign(OwnedTpm.SRK, 20).auth(tpm.oiap(KeptState.SRK))).hasCode(INVALID_KEYUSAGE);
    }

    @SameAsSwtpm12
    void signsAndRefusesLikeSwtpm() throws Exception {
        Tpm12Fixture maker = KeptState.started();
        Bytes der = key(maker, "0001 0003");
        Bytes info = key(maker, "0001 0004");
        KeptState.compare(tpm -> {
            int derKey = load(tpm, der);
            int infoKey = load(tpm, info);
            for (int size : new int[] {0, 1, 19, 20, 21, 52, 53, 54, 64, 128, 3000}) {
                tpm.note(sign(KEY, size).auth(tpm.oiap(KeptState.SIGNING).ending()));
                tpm.note(sign(KeptState.LEGACY_KEY, size)
                        .auth(tpm.oiap(KeptState.LEGACY).ending()));
                tpm.note(sign(derKey, size).auth(tpm.oiap(OwnedTpm.KEY_AUTH).ending()));
                tpm.noteCode(
                        sign(infoKey, size).auth(tpm.oiap(OwnedTpm.KEY_AUTH).ending()));
            }
            for (int key : new int[] {KEY, OwnedTpm.SRK, 0x1234, 0x4000_0006, infoKey}) {
                tpm.note(sign(key, 20));
                tpm.note(sign(key, 20).auth(tpm.oiap(KeptState.OWNER)));
            }
            tpm.note(sign(KEY, 20).auth(tpm.osap(1, KEY, KeptState.SIGNING).ending()));
            tpm.note(sign(KEY, 20).auth(tpm.osap(1, KeptState.LEGACY_KEY, KeptState.LEGACY)));
            tpm.note(sign(KEY, 20)
                    .auth(tpm.osap(1, KEY, KeptState.SIGNING).ending())
                    .auth(tpm.oiap(KeptState.SIGNING)));
        });
    }
}
