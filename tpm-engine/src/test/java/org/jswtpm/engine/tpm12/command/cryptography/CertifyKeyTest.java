package org.jswtpm.engine.tpm12.command.cryptography;

import static org.jswtpm.engine.tpm12.OwnedTpm.KEY_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.OWNER_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.SIGNING_PARMS;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK;
import static org.jswtpm.engine.tpm12.OwnedTpm.SRK_AUTH;
import static org.jswtpm.engine.tpm12.OwnedTpm.STORAGE_PARMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** TPM_CertifyKey and TPM_CertifyKey2. */
class CertifyKeyTest {
    private static final Bytes NONCE = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final String ZEROS = "0000000000000000000000000000000000000000";
    private static final String SHORT_PARMS = "00000001 0001 0002 0000000c 00000400 00000002 00000000";

    /** TPM_KEY12, a signing key, with TPM_PCR_INFO_LONG of PCRs that are zero or not selected. */
    private static String boundKey(String locality, String selection) {
        return "0028 0000 0010 00000000 01" + SHORT_PARMS + "00000036 0006 1f" + locality + "0003 000000 0003"
                + selection + ZEROS + digestOfZeros(selection) + "00000000 00000000";
    }

    /** TPM_KEY, a signing key, with TPM_PCR_INFO. */
    private static String boundKey11(String selection) {
        return "01010000 0010 00000002 03" + SHORT_PARMS + "0000002d 0003" + selection + digestOfZeros(selection)
                + ZEROS + "00000000 00000000";
    }

    private static String digestOfZeros(String selection) {
        if (selection.equals("000000")) {
            return ZEROS;
        }
        byte[] composite = Bytes.hex("0003" + selection + "00000014" + ZEROS).toArray();
        return Bytes.wrap(Hasher.digest(Digest.SHA1, composite)).toString();
    }

    private static Request certify(int certHandle, int keyHandle) {
        return Request.of(Ordinal.CERTIFY_KEY)
                .handle(certHandle)
                .handle(keyHandle)
                .bytes(NONCE);
    }

    private static Request certify2(int keyHandle, int certHandle) {
        return Request.of(Ordinal.CERTIFY_KEY2)
                .handle(keyHandle)
                .handle(certHandle)
                .bytes(NONCE)
                .bytes(NONCE);
    }

    private static int load(Tpm12Client tpm, String keyInfo) {
        return OwnedTpm.loadKey(tpm, OwnedTpm.createKey(tpm, SRK, SRK_AUTH, keyInfo));
    }

    @Test
    void vouchesForAKey() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        OwnedTpm.own(tpm);
        Bytes signing = OwnedTpm.createKey(tpm, SRK, SRK_AUTH, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS));
        int handle = OwnedTpm.loadKey(tpm, signing);
        WireReader reader = tpm.send(
                        certify(handle, handle).auth(tpm.oiap(KEY_AUTH)).auth(tpm.oiap(KEY_AUTH)))
                .isSuccess()
                .reader();
        TpmKey key = TpmKey.unmarshal(WireReader.over(signing, TpmResult.WIRE_FAULTS));
        Bytes info = reader.bytes(80);
        Bytes digest = Bytes.wrap(Hasher.digest(Digest.SHA1, key.pubKey().toArray()));
        assertEquals(
                Bytes.hex("01010000 0010 00000000 01" + SIGNING_PARMS)
                        .then(digest)
                        .then(NONCE)
                        .then(Bytes.hex("00 00000000")),
                info);
        assertEquals(256, reader.uint32());
        assertTrue(RsaSignature.verifyPkcs1(
                OwnedTpm.rsa(key), Digest.SHA1, Hasher.digest(Digest.SHA1, info.toArray()), reader.octets(256)));
    }

    @SameAsSwtpm12
    void certifiesAndRefusesLikeSwtpm(Tpm12Pair both) {
        Tpm12Client tpm = both.swtpm();
        OwnedTpm.own(tpm);
        int[] keys = {
            load(tpm, OwnedTpm.keyInfo("0010", 0, SIGNING_PARMS)),
            load(tpm, OwnedTpm.keyInfo("0011", 2, STORAGE_PARMS)),
            load(
                    tpm,
                    "0028 0000 0015 00000000 00 00000001 0003 0002 0000000c 00000400 00000002 00000000" + "00000000"
                            + "00000000 00000000"),
            load(
                    tpm,
                    "01010000 0010 00000000 00 00000001 0001 0003 0000000c 00000200 00000002 00000000" + "00000000"
                            + "00000000 00000000"),
            load(tpm, boundKey("1f", "010000")),
            load(tpm, boundKey("1f", "000001")),
            load(tpm, boundKey("01", "000000")),
            load(tpm, boundKey11("020000")),
            SRK,
            0x1234,
        };
        Twins twins = Twins.of(both);
        for (int first : keys) {
            for (int second : keys) {
                byte[] firstAuth = first == SRK ? SRK_AUTH : KEY_AUTH;
                byte[] secondAuth = second == SRK ? SRK_AUTH : KEY_AUTH;
                for (Supplier<Request> request : requests(first, second)) {
                    twins.send(client -> request.get());
                    twins.send(
                            client -> request.get().auth(client.oiap(secondAuth).ending()));
                    twins.send(client -> request.get()
                            .auth(client.oiap(firstAuth).ending())
                            .auth(client.oiap(secondAuth).ending()));
                }
            }
        }
        for (Supplier<Request> request : requests(keys[0], keys[0])) {
            twins.send(client -> request.get().auth(client.oiap(OWNER_AUTH)).auth(client.oiap(KEY_AUTH)));
            twins.send(client -> request.get().auth(client.oiap(KEY_AUTH)).auth(client.oiap(OWNER_AUTH)));
        }
        twins.send(client -> certify(keys[2], keys[0]).auth(client.oiap(OWNER_AUTH)));
        twins.send(client -> certify2(keys[2], keys[2]).auth(client.oiap(OWNER_AUTH)));
    }

    private static List<Supplier<Request>> requests(int first, int second) {
        return List.of(() -> certify(first, second), () -> certify2(first, second));
    }
}
