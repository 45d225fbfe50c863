package org.jswtpm.engine.tpm12.command.integrity;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_LOCALITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_PCR_INFO;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTLOCAL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTRESETABLE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;

/** TPM_Extend, TPM_PCRRead, TPM_PCR_Reset, TPM_Quote and TPM_Quote2. */
class PcrTest {
    private static final Bytes DIGEST = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    private static final int KEY = KeptState.SIGNING_KEY;

    private static Request extend(int pcr) {
        return Request.of(Ordinal.EXTEND).u32(pcr).bytes(DIGEST);
    }

    private static Request read(int pcr) {
        return Request.of(Ordinal.PCR_READ).u32(pcr);
    }

    private static Request reset(String selection) {
        return Request.of(Ordinal.PCR_RESET).hex(selection);
    }

    private static Request quote(int key, String selection) {
        return Request.of(Ordinal.QUOTE).handle(key).bytes(DIGEST).hex(selection);
    }

    private static Request quote2(int key, String selection, int addVersion) {
        return Request.of(Ordinal.QUOTE2)
                .handle(key)
                .bytes(DIGEST)
                .hex(selection)
                .u8(addVersion);
    }

    private static String sha1(String octets) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, Bytes.hex(octets).toArray()))
                .toString();
    }

    @Test
    void extendsAndResets() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        String value = sha1("00".repeat(20) + DIGEST);
        tpm.send(extend(16)).hasParameters(value);
        tpm.send(read(16)).hasParameters(value);
        tpm.send(reset("0003 000001")).isSuccess();
        tpm.send(read(16)).hasParameters("00".repeat(20));
        tpm.send(read(17)).hasParameters("ff".repeat(20));
    }

    @Test
    void answersFaults() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(extend(24)).hasCode(BADINDEX);
        tpm.send(extend(17)).hasCode(BAD_LOCALITY);
        tpm.send(read(24)).hasCode(BADINDEX);
        tpm.send(reset("0003 000000")).hasCode(INVALID_PCR_INFO);
        tpm.send(reset("0004 00000000")).hasCode(INVALID_PCR_INFO);
        tpm.send(reset("0003 010001")).hasCode(NOTRESETABLE);
        tpm.send(reset("0003 000021")).hasCode(NOTLOCAL);
    }

    @Test
    void quotesWhatAVerifierCanCheck() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(extend(0)).isSuccess();
        Request request = quote(KEY, "0002 0100").auth(tpm.oiap(KeptState.SIGNING));
        WireReader in = tpm.send(request).isSuccess().reader();
        Bytes composite = in.bytes(4 + 4 + 20);
        String info = "01010000 51554f54" + sha1(composite.toString()) + DIGEST;
        Pubkey key = Pubkey.unmarshal(WireReader.over(
                Bytes.hex("00000001 0001 0002 0000000c 00000400 00000002 00000000 00000080")
                        .then(KeptState.SIGNING_MODULUS),
                TpmResult.WIRE_FAULTS));
        assertTrue(LoadedKey.verify(key, Bytes.hex(sha1(info)), in.sized4(128)));
    }

    @SameAsSwtpm12
    void answersLikeSwtpmAtEachLocality(Tpm12Pair both) {
        for (int locality = 0; locality < 5; locality++) {
            both.setLocality(locality);
            for (int pcr = 0; pcr < 26; pcr++) {
                both.send(extend(pcr)).isIdentical();
                both.send(read(pcr)).isIdentical();
            }
            for (int pcr = 0; pcr < 24; pcr++) {
                String octets = String.format("%06x", 1 << (8 * (2 - pcr / 8) + pcr % 8));
                both.send(reset("0003" + octets)).isIdentical();
                both.send(read(pcr)).isIdentical();
            }
        }
        for (String selection : new String[] {
            "0000",
            "0001 00",
            "0002 0100",
            "0002 0000",
            "0003 000000",
            "0003 000081",
            "0004 00000000",
            "0003 0000",
            "ffff"
        }) {
            both.send(reset(selection)).isIdentical();
        }
        both.send(read(-1)).isIdentical();
        both.send(extend(-1)).isIdentical();
    }

    @SameAsSwtpm12
    void quotesLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            tpm.note(extend(0));
            for (String selection : new String[] {"0002 0100", "0003 810001", "0003 000000", "0000", "0004 01000000"}) {
                tpm.note(quote(KEY, selection).auth(tpm.oiap(KeptState.SIGNING).ending()));
                tpm.note(quote2(KEY, selection, 0)
                        .auth(tpm.oiap(KeptState.SIGNING).ending()));
                tpm.note(quote2(KEY, selection, 1)
                        .auth(tpm.oiap(KeptState.SIGNING).ending()));
            }
            int legacy = KeptState.LEGACY_KEY;
            tpm.note(quote(legacy, "0002 0100").auth(tpm.oiap(KeptState.LEGACY).ending()));
            tpm.note(quote2(legacy, "0002 0100", 0)
                    .auth(tpm.osap(1, legacy, KeptState.LEGACY).ending()));
            for (int key : new int[] {KEY, 0x4000_0000, 0x1234, 0x4000_0006}) {
                tpm.note(quote(key, "0002 0100"));
                tpm.note(quote(key, "0002 0100").auth(tpm.oiap(KeptState.SRK)));
                tpm.note(quote2(key, "0002 0100", 0));
                tpm.note(quote2(key, "0002 0100", 0).auth(tpm.oiap(KeptState.SRK)));
            }
            tpm.note(quote2(KEY, "0002 0100", 2).auth(tpm.oiap(KeptState.SIGNING)));
        });
    }
}
