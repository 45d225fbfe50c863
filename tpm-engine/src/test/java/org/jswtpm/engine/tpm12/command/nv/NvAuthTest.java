package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AREA_LOCKED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH_CONFLICT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_NV_ReadValueAuth and TPM_NV_WriteValueAuth, and what the owner defines, reads and writes. */
class NvAuthTest {
    private static final int INDEX = 0x0001_2345;
    private static final int AUTH = NvPermission.AUTHREAD | NvPermission.AUTHWRITE;
    private static final int OWNER = 0x0002_0002;
    /** TPM_NV_PER_WRITEDEFINE: a write of nothing locks the area. */
    private static final int WRITEDEFINE = 0x2000;
    /** TPM_ET_NV. */
    private static final int ET_NV = 11;

    private static final byte[] AREA_AUTH = "the area's own auth!".getBytes(StandardCharsets.US_ASCII);

    private static Request define(Tpm12Client tpm, int index, int permission, int size) {
        ClientSession owner = tpm.osap(OwnedTpm.ET_OWNER, 0, KeptState.OWNER);
        return Request.of(Ordinal.NV_DEFINE_SPACE)
                .u16(0x18)
                .u32(index)
                .hex("0003 000000 1f 0000000000000000000000000000000000000000")
                .hex("0003 000000 1f 0000000000000000000000000000000000000000")
                .u16(0x17)
                .u32(permission)
                .hex("00 00 00")
                .u32(size)
                .bytes(owner.encrypt(AREA_AUTH))
                .auth(owner);
    }

    private static Request read(Ordinal ordinal, int index, int offset, int size) {
        return Request.of(ordinal).u32(index).u32(offset).u32(size);
    }

    private static Request readAuth(Tpm12Client tpm, int index, int offset, int size) {
        return read(Ordinal.NV_READ_VALUE_AUTH, index, offset, size)
                .auth(tpm.oiap(AREA_AUTH).ending());
    }

    private static Request write(Ordinal ordinal, int index, int offset, String data) {
        return Request.of(ordinal).u32(index).u32(offset).sized(Bytes.hex(data));
    }

    private static Request writeAuth(Tpm12Client tpm, int index, int offset, String data) {
        return write(Ordinal.NV_WRITE_VALUE_AUTH, index, offset, data)
                .auth(tpm.oiap(AREA_AUTH).ending());
    }

    @Test
    void readsAndWritesByTheAuthorizationOfTheArea() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(define(tpm, INDEX, AUTH | WRITEDEFINE, 8)).isSuccess();
        tpm.send(writeAuth(tpm, INDEX, 2, "a0a1a2")).isSuccess();
        tpm.send(readAuth(tpm, INDEX, 1, 4)).hasParameters("00000004 ffa0a1a2");
        tpm.send(writeAuth(tpm, INDEX, 0, "")).isSuccess();
        tpm.send(writeAuth(tpm, INDEX, 0, "00")).hasCode(AREA_LOCKED);
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(define(tpm, INDEX, AUTH, 8)).isSuccess();
        tpm.send(define(tpm, INDEX + 1, OWNER, 8)).isSuccess();
        tpm.send(readAuth(tpm, INDEX + 2, 0, 1)).hasCode(BADINDEX);
        tpm.send(readAuth(tpm, INDEX + 1, 0, 1)).hasCode(AUTH_CONFLICT);
        tpm.send(writeAuth(tpm, INDEX + 1, 0, "00")).hasCode(AUTH_CONFLICT);
        tpm.send(readAuth(tpm, INDEX, 5, 4)).hasCode(NOSPACE);
        tpm.send(read(Ordinal.NV_READ_VALUE_AUTH, INDEX, 0, 1).auth(tpm.oiap(KeptState.OWNER)))
                .hasCode(AUTHFAIL);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            int presence = NvPermission.PPREAD | NvPermission.PPWRITE;
            int[] permissions = {
                AUTH, OWNER, AUTH | WRITEDEFINE, AUTH | presence, AUTH | 0x8000_4000, OWNER | 0x1000, presence
            };
            for (int permission : permissions) {
                tpm.send(Request.of(Ordinal.RESET)).isSuccess();
                tpm.note(define(tpm, INDEX, permission, 4));
                for (String data : new String[] {"a0a1a2a3", "b0b1", "", "c0c1c2c3d0"}) {
                    tpm.note(writeAuth(tpm, INDEX, 1, data));
                    tpm.note(writeAuth(tpm, INDEX, 0, data));
                    tpm.note(write(Ordinal.NV_WRITE_VALUE, INDEX, 0, data)
                            .auth(tpm.oiap(KeptState.OWNER).ending()));
                    tpm.note(write(Ordinal.NV_WRITE_VALUE, INDEX, 0, data));
                }
                for (int size : new int[] {4, 5, 0, 2}) {
                    tpm.note(readAuth(tpm, INDEX, 1, size));
                    tpm.note(readAuth(tpm, INDEX, 0, size));
                    tpm.note(read(Ordinal.NV_READ_VALUE, INDEX, 0, size)
                            .auth(tpm.oiap(KeptState.OWNER).ending()));
                    tpm.note(read(Ordinal.NV_READ_VALUE, INDEX, 0, size));
                }
                tpm.note(read(Ordinal.NV_READ_VALUE_AUTH, INDEX, 0, 1).auth(tpm.oiap(KeptState.SRK)));
                tpm.note(define(tpm, INDEX, permission, 0));
                tpm.note(readAuth(tpm, INDEX, 0, 1));
                tpm.note(writeAuth(tpm, INDEX, 0, "00"));
            }
            tpm.note(define(tpm, INDEX, AUTH, 4));
            tpm.note(read(Ordinal.NV_READ_VALUE_AUTH, INDEX, 0, 4)
                    .auth(tpm.osap(ET_NV, INDEX, AREA_AUTH).ending()));
            tpm.note(write(Ordinal.NV_WRITE_VALUE_AUTH, INDEX, 0, "00")
                    .auth(tpm.osap(OwnedTpm.ET_OWNER, 0, KeptState.OWNER)));
            tpm.note(read(Ordinal.NV_READ_VALUE_AUTH, INDEX, 0, 4));
        });
    }
}
