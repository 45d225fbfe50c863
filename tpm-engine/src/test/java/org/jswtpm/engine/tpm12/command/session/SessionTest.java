package org.jswtpm.engine.tpm12.command.session;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_AUTHHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_OIAP and TPM_OSAP, and what a session authorizes. */
class SessionTest {
    private static final int KEY = KeptState.SIGNING_KEY;

    private static Request osap(int entityType, int entityValue) {
        return Request.of(Ordinal.OSAP)
                .u16(entityType)
                .u32(entityValue)
                .bytes(Bytes.zeros(20))
                .undigestedResponse(44);
    }

    private static Request sign(int key) {
        return Request.of(Ordinal.SIGN).handle(key).sized(Bytes.zeros(20));
    }

    private static void endSessions(Tpm12Client tpm) {
        tpm.send(Request.of(Ordinal.RESET)).isSuccess();
    }

    @Test
    void aSessionGoesOnUntilItIsEndedOrMisused() {
        Tpm12Fixture tpm = KeptState.started();
        ClientSession session = tpm.oiap(KeptState.SIGNING);
        tpm.send(sign(KEY).auth(session)).isSuccess();
        tpm.send(sign(KEY).auth(session)).isSuccess();
        tpm.send(sign(KEY).auth(session.ending())).isSuccess();
        assertFalse(session.continuesAtTpm());
        tpm.send(sign(KEY).auth(session)).hasCode(INVALID_AUTHHANDLE);
        ClientSession misused = tpm.osap(1, KEY, KeptState.SIGNING);
        tpm.send(sign(KeptState.LEGACY_KEY).auth(misused)).hasCode(AUTHFAIL);
        tpm.send(sign(KEY).auth(misused)).hasCode(INVALID_AUTHHANDLE);
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(osap(0x0701, KEY)).hasCode(INAPPROPRIATE_ENC);
        for (int i = 0; i < 16; i++) {
            tpm.send(Request.of(Ordinal.OIAP)).isSuccess();
        }
        tpm.send(Request.of(Ordinal.OIAP)).hasCode(RESOURCES);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            int[] values = {KEY, 0x4000_0000, 0x4000_0001, 0x4000_0006, 0, 1, 0x1234};
            for (int type = 0; type < 14; type++) {
                endSessions(tpm);
                for (int value : values) {
                    tpm.noteCode(osap(type, value));
                }
            }
            for (int scheme : new int[] {1, 6, 7, 0xFF}) {
                endSessions(tpm);
                tpm.noteCode(osap(scheme << 8 | 1, KEY));
                tpm.noteCode(osap(scheme << 8 | 2, 0));
            }
            endSessions(tpm);
            for (int i = 0; i < 18; i++) {
                tpm.noteCode(i % 2 == 0 ? Request.of(Ordinal.OIAP) : osap(1, KEY));
            }
            endSessions(tpm);
            ClientSession oiap = tpm.oiap(KeptState.SIGNING);
            tpm.note(sign(KEY).auth(oiap));
            tpm.note(sign(KEY).auth(oiap), oiap.continuesAtTpm());
            tpm.note(sign(KEY).auth(oiap.withAuth(KeptState.LEGACY)));
            tpm.note(sign(KEY).auth(oiap.withAuth(KeptState.SIGNING)));
            for (int[] entity : new int[][] {{1, KEY}, {1, 0x4000_0000}, {2, 0}, {4, 0}, {11, 1}}) {
                Reply opened = tpm.noteCode(osap(entity[0], entity[1]));
                if (opened.code() == 0) {
                    tpm.note(sign(KEY).auth(tpm.osap(entity[0], entity[1], KeptState.SIGNING)));
                    tpm.note(
                            Request.of(Ordinal.OWNER_READ_PUBEK).auth(tpm.osap(entity[0], entity[1], KeptState.OWNER)));
                }
                endSessions(tpm);
            }
        });
    }
}
