package org.jswtpm.engine.tpm12.command.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AREA_LOCKED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.MAXNVWRITES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_NV_DefineSpace, TPM_NV_ReadValue, TPM_NV_WriteValue, and those with the area's own authorization. */
class NvSpaceTest {
    private static final int INDEX = 0x0001_2345;
    private static final int PP = NvPermission.PPREAD | NvPermission.PPWRITE;
    private static final int AUTH = NvPermission.AUTHREAD | NvPermission.AUTHWRITE;
    private static final byte[] AREA_AUTH = "the area's own auth!".getBytes(StandardCharsets.US_ASCII);

    private static Request define(int index, int permission, int size) {
        return Request.of(Ordinal.NV_DEFINE_SPACE)
                .u16(0x18)
                .u32(index)
                .hex("0003 000000 1f 0000000000000000000000000000000000000000")
                .hex("0003 000000 1f 0000000000000000000000000000000000000000")
                .u16(0x17)
                .u32(permission)
                .hex("00 00 00")
                .u32(size)
                .bytes(Bytes.copyOf(AREA_AUTH));
    }

    private static Request lockNv() {
        return define(0xFFFF_FFFF, 0, 0);
    }

    private static Request read(int index, int offset, int size) {
        return Request.of(Ordinal.NV_READ_VALUE).u32(index).u32(offset).u32(size);
    }

    private static Request write(int index, int offset, String data) {
        return Request.of(Ordinal.NV_WRITE_VALUE).u32(index).u32(offset).sized(Bytes.hex(data));
    }

    @Test
    void readsWhatWasWritten() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(define(INDEX, PP, 8)).isSuccess();
        tpm.send(read(INDEX, 0, 8)).hasParameters("00000008 ffffffffffffffff");
        tpm.send(write(INDEX, 2, "a0a1a2")).isSuccess();
        tpm.send(read(INDEX, 1, 4)).hasParameters("00000004 ffa0a1a2");
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(read(INDEX, 2, 3)).hasParameters("00000003 a0a1a2");
        tpm.send(read(INDEX, 6, 3)).hasCode(NOSPACE);
        tpm.send(read(INDEX, 0xFFFF_FFFF, 2)).hasCode(NOSPACE);
        tpm.send(read(INDEX + 1, 0, 1)).hasCode(BADINDEX);
    }

    @Test
    void asksForPresenceOnceNvIsLocked() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(define(INDEX, PP, 8)).isSuccess();
        tpm.send(lockNv()).isSuccess();
        tpm.send(read(INDEX, 0, 1)).hasCode(BAD_PRESENCE);
        tpm.setPresence();
        tpm.send(read(INDEX, 0, 1)).isSuccess();
    }

    @Test
    void canBeLockedUntilTheNextStart() {
        Tpm12Fixture tpm = Tpm12Fixture.startedWithPresence();
        tpm.send(define(INDEX, PP | NvPermission.READ_STCLEAR | NvPermission.WRITE_STCLEAR, 8))
                .isSuccess();
        tpm.send(lockNv()).isSuccess();
        tpm.send(write(INDEX, 0, "")).isSuccess();
        tpm.send(write(INDEX, 0, "00")).hasCode(AREA_LOCKED);
        tpm.send(read(INDEX, 0, 0)).isSuccess();
        tpm.send(read(INDEX, 0, 1)).hasCode(DISABLED_CMD);
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08)).isSuccess();
        tpm.send(write(INDEX, 0, "00")).isSuccess();
        tpm.send(read(INDEX, 0, 1)).hasParameters("00000001 00");
    }

    @Test
    void limitsTheWritesBeforeThereIsAnOwner() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(define(INDEX, PP, 1)).isSuccess();
        for (int i = 1; i < 64; i++) {
            tpm.send(write(INDEX, 0, i % 2 == 0 ? "00" : "01")).isSuccess();
        }
        tpm.send(write(INDEX, 0, "02")).hasCode(MAXNVWRITES);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm(Tpm12Pair both) {
        both.setPresence();
        for (int index :
                new int[] {INDEX, 0, 0x1000_0001, 0x1000_1234, 0x0100_0000, 0xF004, 0x0001_1600, 0x0001_1602}) {
            for (int permission : new int[] {0, PP, AUTH, PP | AUTH, 0x0002_0002, 0x0006_0002, 0x0002_0006, 0x2000}) {
                both.send(define(index, permission, 8)).isIdentical();
                both.send(Request.of(Ordinal.GET_CAPABILITY).u32(0x11).u32(4).u32(index))
                        .isIdentical();
                both.send(write(index, 3, "a0a1a2")).isIdentical();
                both.send(read(index, 2, 6)).isIdentical();
                both.send(read(index, 2, 7)).isIdentical();
                both.send(define(index, permission, 0)).isIdentical();
                both.send(Request.of(Ordinal.GET_CAPABILITY).u32(0x0D).u32(0)).isIdentical();
            }
        }
    }

    @SameAsSwtpm12
    void answersLikeSwtpmOnceNvIsLocked(Tpm12Pair both) {
        int[] permissions = {PP, AUTH, 0x0002_0002, PP | 0x8000_4000, PP | 0xA000, PP | 0x1000, 1};
        for (int i = 0; i < permissions.length; i++) {
            both.send(define(INDEX + i, permissions[i], 4)).isIdentical();
        }
        both.send(lockNv()).isIdentical();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < permissions.length; i++) {
                both.send(write(INDEX + i, 1, "a0a1")).isIdentical();
                both.send(write(INDEX + i, 0, "a0a1a2a3")).isIdentical();
                both.send(read(INDEX + i, 0, 4)).isIdentical();
                both.send(read(INDEX + i, 0, 0)).isIdentical();
                both.send(read(INDEX + i, 0, 4)).isIdentical();
                both.send(write(INDEX + i, 0, "")).isIdentical();
                both.send(write(INDEX + i, 0, "b0")).isIdentical();
                both.send(define(INDEX + i, permissions[i], 4)).isIdentical();
            }
            both.send(write(0, 0, "")).isIdentical();
            both.send(write(0, 0, "00")).isIdentical();
            both.setPresence();
        }
        both.send(define(0x1000_1234, PP, 4)).isIdentical();
        both.send(define(INDEX + 1, AUTH, 0)).isIdentical();
    }
}
