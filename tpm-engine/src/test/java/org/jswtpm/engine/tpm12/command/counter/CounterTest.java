package org.jswtpm.engine.tpm12.command.counter;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_COUNTER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_AUTHHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_CreateCounter, TPM_IncrementCounter, TPM_ReadCounter, TPM_ReleaseCounter, TPM_ReleaseCounterOwner. */
class CounterTest {
    private static final byte[] AUTH = "auth of the counter!".getBytes(StandardCharsets.US_ASCII);

    private static Request create(Tpm12Client tpm, String label) {
        ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        return Request.of(Ordinal.CREATE_COUNTER)
                .bytes(osap.encrypt(AUTH))
                .hex(label)
                .auth(osap);
    }

    private static Request increment(Tpm12Client tpm, int countId, byte[] auth) {
        return Request.of(Ordinal.INCREMENT_COUNTER)
                .u32(countId)
                .auth(tpm.oiap(auth).ending());
    }

    private static Request read(int countId) {
        return Request.of(Ordinal.READ_COUNTER).u32(countId);
    }

    private static Request release(Tpm12Client tpm, Ordinal ordinal, int countId, byte[] auth) {
        return Request.of(ordinal).u32(countId).auth(tpm.oiap(auth).ending());
    }

    @Test
    void countsOnFromTheLargest() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(create(tpm, "61626364")).hasParameters("00000000 000e 61626364 00000001");
        tpm.send(increment(tpm, 0, AUTH)).hasParameters("000e 61626364 00000002");
        tpm.send(create(tpm, "65666768")).hasParameters("00000001 000e 65666768 00000003");
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(read(0)).hasParameters("000e 61626364 00000002");
        tpm.send(increment(tpm, 1, AUTH)).hasParameters("000e 65666768 00000004");
    }

    @Test
    void oneCounterIsUsedInABoot() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(create(tpm, "61626364")).isSuccess();
        tpm.send(create(tpm, "65666768")).isSuccess();
        tpm.send(increment(tpm, 1, AUTH)).isSuccess();
        tpm.send(increment(tpm, 0, AUTH)).hasCode(BAD_COUNTER);
        tpm.send(release(tpm, Ordinal.RELEASE_COUNTER, 1, AUTH)).isSuccess();
        tpm.send(increment(tpm, 0, AUTH)).hasCode(BAD_COUNTER);
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(increment(tpm, 0, AUTH)).isSuccess();
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = KeptState.started();
        ClientSession oiap = tpm.oiap(KeptState.OWNER);
        tpm.send(Request.of(Ordinal.CREATE_COUNTER).bytes(Bytes.zeros(24)).auth(oiap))
                .hasCode(BAD_MODE);
        tpm.send(increment(tpm, 0, AUTH)).hasCode(BAD_COUNTER);
        tpm.send(read(8)).hasCode(BAD_COUNTER);
        tpm.send(read(-1)).hasCode(BAD_COUNTER);
        for (int i = 0; i < 8; i++) {
            tpm.send(create(tpm, "61626364")).isSuccess();
        }
        tpm.send(create(tpm, "61626364")).hasCode(RESOURCES);
        tpm.send(increment(tpm, 2, KeptState.OWNER)).hasCode(AUTHFAIL);
        tpm.send(release(tpm, Ordinal.RELEASE_COUNTER_OWNER, 2, AUTH)).hasCode(AUTHFAIL);
        tpm.send(release(tpm, Ordinal.RELEASE_COUNTER_OWNER, 8, KeptState.OWNER))
                .hasCode(BAD_COUNTER);
    }

    @Test
    void releaseEndsTheSessionsOfTheCounter() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(create(tpm, "61626364")).isSuccess();
        ClientSession bound = tpm.osap(EntityType.COUNTER, 0, AUTH);
        tpm.send(release(tpm, Ordinal.RELEASE_COUNTER_OWNER, 0, KeptState.OWNER))
                .isSuccess();
        tpm.send(create(tpm, "61626364")).isSuccess();
        tpm.send(Request.of(Ordinal.INCREMENT_COUNTER).u32(0).auth(bound)).hasCode(INVALID_AUTHHANDLE);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            tpm.note(read(0));
            for (int i = 0; i < 9; i++) {
                tpm.note(create(tpm, "6162636" + i));
            }
            for (int id : new int[] {3, 3, 4, -1, 9}) {
                tpm.note(increment(tpm, id, AUTH));
                tpm.note(read(id));
            }
            tpm.note(increment(tpm, 3, KeptState.OWNER));
            ClientSession bound = tpm.osap(EntityType.COUNTER, 3, AUTH);
            tpm.note(Request.of(Ordinal.INCREMENT_COUNTER).u32(3).auth(bound));
            tpm.note(Request.of(Ordinal.RELEASE_COUNTER).u32(3).auth(bound));
            tpm.note(Request.of(Ordinal.TERMINATE_HANDLE).handle(bound.handle()));
            tpm.note(release(tpm, Ordinal.RELEASE_COUNTER, 3, AUTH));
            tpm.note(release(tpm, Ordinal.RELEASE_COUNTER_OWNER, 4, KeptState.OWNER));
            tpm.note(release(tpm, Ordinal.RELEASE_COUNTER_OWNER, 4, AUTH));
            tpm.note(create(tpm, "71626364"));
            tpm.note(increment(tpm, 3, AUTH));
            tpm.note(Request.of(Ordinal.GET_CAPABILITY).u32(5).sized(Bytes.hex("0000010f")));
        });
    }
}
