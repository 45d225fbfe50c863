package org.jswtpm.engine.tpm12.command.audit;

import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.OWNER_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/** TPM_SetOrdinalAuditStatus, TPM_GetAuditDigest and TPM_GetAuditDigestSigned. */
class AuditTest {
    private static final Bytes NONCE = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");

    private static Request getDigest(int startOrdinal) {
        return Request.of(Ordinal.GET_AUDIT_DIGEST).u32(startOrdinal);
    }

    private static Request getDigestSigned(int keyHandle, boolean closeAudit) {
        return Request.of(Ordinal.GET_AUDIT_DIGEST_SIGNED)
                .handle(keyHandle)
                .u8(closeAudit ? 1 : 0)
                .bytes(NONCE);
    }

    private static Request setStatus(Tpm12Client tpm, int ordinal, boolean isAudited) {
        return Request.of(Ordinal.SET_ORDINAL_AUDIT_STATUS)
                .u32(ordinal)
                .u8(isAudited ? 1 : 0)
                .auth(tpm.oiap(OWNER_AUTH).ending());
    }

    @Test
    void listsTheCommandsThatAreAuditedByDefault() {
        Tpm12Fixture.started()
                .send(getDigest(0x7D))
                .hasParameters("000e 00000000 00000000 0000000000000000000000000000000000000000 00"
                        + "0000000c 0000007d 0000007e 0000008d");
    }

    @SameAsSwtpm12
    void digestsLikeSwtpm(Tpm12Pair both) {
        both.send(getDigest(0)).isIdentical();
        both.send(Request.of(Ordinal.DISABLE_FORCE_CLEAR)).isIdentical();
        both.send(getDigest(0)).isIdentical();
        both.send(Request.of(Ordinal.SET_OWNER_INSTALL).u8(1)).isIdentical();
        both.setPresence();
        both.send(Request.of(Ordinal.SET_OWNER_INSTALL).u8(1)).isIdentical();
        for (int start : new int[] {0, 0x71, 0xFF, 0x100, 0xFFFF_FFFF}) {
            both.send(getDigest(start)).isIdentical();
        }
    }

    @SameAsSwtpm12
    void setsTheStatusLikeSwtpm(Tpm12Pair both) {
        OwnedTpm.own(both.swtpm());
        Twins twins = Twins.of(both);
        for (int ordinal : new int[] {
            0x46, 0x85, 0x2C, 0x52, 0xAA, 0x05, 0xFF, 0x100, 0x4000_000A, 0x4000_000B, 0x4000_000C, 0xFFFF_FFFF
        }) {
            for (boolean isAudited : new boolean[] {true, true, false, true}) {
                twins.send(tpm -> setStatus(tpm, ordinal, isAudited));
                twins.send(tpm -> getDigest(0));
            }
        }
        twins.send(tpm ->
                Request.of(Ordinal.SET_ORDINAL_AUDIT_STATUS).u32(0x46).u8(0).auth(tpm.oiap(SRK_AUTH)));
    }

    @SameAsSwtpm12
    void signsLikeSwtpm(Tpm12Pair both) {
        OwnedTpm.own(both.swtpm());
        int signing = load(both, OwnedTpm.keyInfo("0010", 0, OwnedTpm.SIGNING_PARMS));
        int binding = load(both, OwnedTpm.keyInfo("0014", 0, OwnedTpm.STORAGE_PARMS));
        int free = load(
                both,
                OwnedTpm.keyInfo("0010", 0, OwnedTpm.SIGNING_PARMS).replace("00000000" + "01", "00000000" + "00"));
        Twins twins = Twins.of(both);
        for (int key : new int[] {signing, binding, free, SRK, 0x4000_0001, 0x1234}) {
            for (boolean closeAudit : new boolean[] {false, true}) {
                twins.forgive();
                twins.send(tpm -> getDigestSigned(key, closeAudit));
                twins.send(tpm ->
                        getDigestSigned(key, closeAudit).auth(tpm.oiap(KEY_AUTH).ending()));
                twins.send(tpm -> getDigestSigned(key, closeAudit).auth(tpm.oiap(OWNER_AUTH)));
            }
            twins.send(tpm -> getDigest(0));
        }
        twins.send(tpm -> getDigestSigned(signing, false)
                .auth(tpm.osap(OwnedTpm.ET_KEYHANDLE, signing, KEY_AUTH).ending()));
    }

    private static int load(Tpm12Pair both, String keyInfo) {
        return OwnedTpm.loadKey(both.swtpm(), OwnedTpm.createKey(both.swtpm(), SRK, SRK_AUTH, keyInfo));
    }
}
