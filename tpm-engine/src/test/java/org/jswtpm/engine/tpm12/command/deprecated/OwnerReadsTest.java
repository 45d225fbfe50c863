package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_AUTHHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.KEY_OWNER_CONTROL;

import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/**
 * What the owner reads and writes: TPM_DirWriteAuth, TPM_DirRead, TPM_OwnerReadPubek, TPM_DisablePubekRead,
 * TPM_OwnerReadInternalPub, TPM_ReadPubek, TPM_GetCapabilityOwner, TPM_ResetLockValue; and TPM_EvictKey, TPM_Terminate_Handle and
 * TPM_Reset, which ask nobody.
 */
class OwnerReadsTest {
    private static final Bytes DIGEST = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final Request RESET = Request.of(Ordinal.RESET);

    private static Request byOwner(Tpm12Client tpm, Ordinal ordinal, byte[] auth) {
        return Request.of(ordinal).auth(tpm.oiap(auth).ending());
    }

    private static Request dirWrite(Tpm12Client tpm, int index, byte[] auth) {
        return Request.of(Ordinal.DIR_WRITE_AUTH)
                .u32(index)
                .bytes(DIGEST)
                .auth(tpm.oiap(auth).ending());
    }

    private static Request dirRead(int index) {
        return Request.of(Ordinal.DIR_READ).u32(index);
    }

    private static Request readInternal(Tpm12Client tpm, int handle, byte[] auth) {
        return Request.of(Ordinal.OWNER_READ_INTERNAL_PUB)
                .u32(handle)
                .auth(tpm.oiap(auth).ending());
    }

    private static Request readPubek() {
        return Request.of(Ordinal.READ_PUBEK).bytes(DIGEST);
    }

    private static Request evict(int key) {
        return Request.of(Ordinal.EVICT_KEY).handle(key);
    }

    private static Request terminate(int session) {
        return Request.of(Ordinal.TERMINATE_HANDLE).handle(session);
    }

    @Test
    void theOwnerWritesTheRegister() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(dirRead(0)).hasParameters("00".repeat(20));
        tpm.send(dirWrite(tpm, 0, KeptState.OWNER)).isSuccess();
        tpm.send(dirRead(0)).hasParameters(DIGEST.toString());
        tpm.send(dirWrite(tpm, 1, KeptState.OWNER)).hasCode(BADINDEX);
        tpm.send(dirRead(1)).hasCode(BADINDEX);
        tpm.send(dirWrite(tpm, 0, KeptState.SRK)).hasCode(AUTHFAIL);
    }

    @Test
    void theOwnerReadsKeysThatAreHidden() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes endorsementKey = tpm.send(byOwner(tpm, Ordinal.OWNER_READ_PUBEK, KeptState.OWNER))
                .isSuccess()
                .parameters();
        tpm.send(readInternal(tpm, 0x4000_0006, KeptState.OWNER)).hasParameters(endorsementKey.toString());
        tpm.send(readInternal(tpm, KeptState.SIGNING_KEY, KeptState.OWNER)).hasCode(BAD_PARAMETER);
        tpm.send(byOwner(tpm, Ordinal.DISABLE_PUBEK_READ, KeptState.OWNER)).isSuccess();
        tpm.send(readPubek()).hasCode(DISABLED_CMD);
    }

    @Test
    void sessionsEnd() {
        Tpm12Fixture tpm = KeptState.started();
        ClientSession session = tpm.oiap(KeptState.OWNER);
        tpm.send(terminate(session.handle())).isSuccess();
        tpm.send(terminate(session.handle())).hasCode(INVALID_AUTHHANDLE);
        int other = tpm.oiap(KeptState.OWNER).handle();
        tpm.send(RESET).isSuccess();
        tpm.send(terminate(other)).hasCode(INVALID_AUTHHANDLE);
        tpm.send(evict(KeptState.SIGNING_KEY)).hasCode(KEY_OWNER_CONTROL);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            for (int index : new int[] {0, 1, -1}) {
                tpm.note(dirWrite(tpm, index, KeptState.OWNER));
                tpm.note(dirRead(index));
            }
            tpm.note(dirWrite(tpm, 0, KeptState.SRK));
            for (int handle : new int[] {0x4000_0006, 0x4000_0000, 0x4000_0001, KeptState.SIGNING_KEY, 0}) {
                tpm.note(readInternal(tpm, handle, KeptState.OWNER));
            }
            tpm.note(readInternal(tpm, 0x4000_0006, KeptState.SRK));
            tpm.note(readPubek());
            for (Ordinal ordinal :
                    new Ordinal[] {Ordinal.OWNER_READ_PUBEK, Ordinal.GET_CAPABILITY_OWNER, Ordinal.DISABLE_PUBEK_READ
                    }) {
                tpm.note(byOwner(tpm, ordinal, KeptState.OWNER));
                tpm.note(byOwner(tpm, ordinal, KeptState.OWNER));
                tpm.note(Request.of(ordinal));
            }
            tpm.note(readPubek());
            tpm.note(byOwner(tpm, Ordinal.GET_CAPABILITY_OWNER, KeptState.OWNER));
            ClientSession session = tpm.osap(2, 0, KeptState.OWNER);
            tpm.note(Request.of(Ordinal.GET_CAPABILITY_OWNER).auth(session));
            tpm.note(
                    Request.of(Ordinal.TERMINATE_HANDLE),
                    tpm.send(terminate(session.handle())).code());
            tpm.note(
                    Request.of(Ordinal.TERMINATE_HANDLE),
                    tpm.send(terminate(session.handle())).code());
            tpm.note(terminate(0));
            tpm.note(RESET);
            for (int key : new int[] {KeptState.SIGNING_KEY, 0x4000_0000, 0x4000_0006, 0x1234}) {
                tpm.note(evict(key));
            }
            tpm.note(byOwner(tpm, Ordinal.RESET_LOCK_VALUE, KeptState.OWNER));
            tpm.note(Request.of(Ordinal.RESET_LOCK_VALUE));
            tpm.note(byOwner(tpm, Ordinal.RESET_LOCK_VALUE, KeptState.SRK));
            tpm.note(byOwner(tpm, Ordinal.RESET_LOCK_VALUE, KeptState.OWNER));
        });
    }
}
