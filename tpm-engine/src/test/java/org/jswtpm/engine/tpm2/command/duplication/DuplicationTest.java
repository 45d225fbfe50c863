package org.jswtpm.engine.tpm2.command.duplication;

import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.AES_128;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.AUTH;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.DATA;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.ECC_KEY;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.KEY;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.NULL;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.PARENTS;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.RSA_KEY;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.SEALED;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.STORAGE;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.SYM_KEY;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.area;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.duplicate;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.imported;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.name;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.primary;
import static org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.rewrap;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.load;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.unseal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests.Blob;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TPM2_Duplicate, TPM2_Rewrap and TPM2_Import. */
class DuplicationTest {
    private static final String[] CIPHERS = {NULL, AES_128, "0006 0100 0042", "0003 00c0 0043", "0026 0080 0010"};

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    /** The plain duplicate is the sensitive area (Part 2, 12.3.2.4), its auth value filled up. */
    @Test
    void withoutProtectionTheSensitiveAreaGoesOut() {
        Handle sealed = primary(tpm, SEALED);
        Blob blob = Blob.ofDuplicate(duplicate(tpm, sealed, Handle.NULL, "", NULL));
        WireReader in = WireReader.over(blob.duplicate(), TpmRc.WIRE_FAULTS);
        assertEquals(blob.duplicate().size() - 2, in.uint16());
        assertEquals(0x0008, in.uint16());
        assertEquals(Bytes.hex(AUTH).then(Bytes.zeros(31)), in.sized2(64));
        Bytes seed = in.sized2(64);
        Bytes data = in.sized2(128);
        assertEquals(Bytes.hex(DATA), data);
        Bytes unique = Bytes.wrap(Hasher.digest(Digest.SHA256, seed.toArray(), data.toArray()));
        Bytes area = area(tpm, sealed);
        assertEquals(unique, area.slice(area.size() - 32, 32));
        assertEquals(new Blob(Bytes.EMPTY, blob.duplicate(), Bytes.EMPTY), blob);
    }

    @Test
    void aKeyForTheInnerProtectionIsMadeIfNoneIsGiven() {
        Handle sealed = primary(tpm, SEALED);
        Handle parent = primary(tpm, ObjectRequests.ECC_STORAGE);
        Blob given = Blob.ofDuplicate(duplicate(tpm, sealed, Handle.NULL, KEY, AES_128));
        assertEquals(Bytes.EMPTY, given.key());
        Blob made = Blob.ofDuplicate(duplicate(tpm, sealed, Handle.NULL, "", AES_128));
        assertEquals(16, made.key().size());
        Bytes area = area(tpm, sealed);
        tpm.send(imported(parent, made.key().toString(), area, made.duplicate(), Bytes.EMPTY, AES_128))
                .isSuccess();
        tpm.send(imported(parent, KEY, area, given.duplicate(), Bytes.EMPTY, AES_128))
                .isSuccess();
    }

    @Test
    void duplicateRefusesInTheOrderOfLibtpms() {
        Handle parent = primary(tpm, ObjectRequests.ECC_STORAGE);
        Handle bound = primary(tpm, ECC_KEY.replace("00040460", "00040472"));
        Handle sign = primary(tpm, ECC_KEY.replace("00040460", "00040c60"));
        duplicate(tpm, bound, bound, KEY, NULL).hasCode(TpmRc.ATTRIBUTES.handle(1));
        duplicate(tpm, sign, bound, KEY, NULL).hasCode(TpmRc.TYPE.handle(2));
        duplicate(tpm, sign, parent, KEY, NULL).hasCode(TpmRc.SYMMETRIC.parameter(2));
        duplicate(tpm, sign, Handle.NULL, "00", AES_128).hasCode(TpmRc.HIERARCHY.handle(2));
        duplicate(tpm, sign, parent, "00", AES_128).hasCode(TpmRc.SIZE.parameter(1));
        duplicate(tpm, sign, parent, "00".repeat(67), AES_128).hasCode(TpmRc.SIZE.parameter(1));
        duplicate(tpm, sign, parent, KEY, "000a 000b").hasCode(TpmRc.SYMMETRIC.parameter(2));
        tpm.send(flush(bound)).isSuccess();
        Handle free = primary(tpm, SEALED);
        duplicate(tpm, free, Handle.NULL, KEY, NULL).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(flush(parent)).isSuccess();
        Handle symmetric = primary(tpm, ObjectRequests.SYM_STORAGE);
        duplicate(tpm, free, symmetric, "", NULL).hasCode(TpmRc.TYPE.handle(2));
    }

    @Test
    void importRefusesInTheOrderOfLibtpms() {
        Handle ecc = primary(tpm, ObjectRequests.ECC_STORAGE);
        Handle symmetric = primary(tpm, ObjectRequests.SYM_STORAGE);
        Handle sealed = primary(tpm, SEALED);
        Bytes area = area(tpm, sealed);
        Bytes fixed = Bytes.hex(area.toString().replaceFirst("00000440", "00000450"));
        Bytes guarded = Bytes.hex(area.toString().replaceFirst("00000440", "00000c40"));
        Bytes one = Bytes.zeros(1);
        tpm.send(flush(sealed)).isSuccess();
        Handle sign = primary(tpm, ECC_KEY);
        tpm.send(imported(sign, KEY, fixed, one, one, NULL)).hasCode(TpmRc.ATTRIBUTES.parameter(2));
        tpm.send(imported(sign, KEY, area, one, one, NULL)).hasCode(TpmRc.TYPE.handle(1));
        tpm.send(imported(ecc, KEY, guarded, one, one, NULL)).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(imported(ecc, "", guarded, one, one, AES_128)).hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(imported(ecc, "", guarded, one, one, NULL)).hasCode(TpmRc.ATTRIBUTES.parameter(1));
        tpm.send(imported(ecc, KEY, guarded, one, Bytes.EMPTY, AES_128)).hasCode(TpmRc.ATTRIBUTES.parameter(4));
        tpm.send(imported(symmetric, KEY, guarded, one, one, AES_128)).hasCode(TpmRc.TYPE.handle(1));
        tpm.send(imported(ecc, KEY, guarded, one, one, AES_128)).hasCode(TpmRc.INSUFFICIENT.parameter(4));
        tpm.send(imported(ecc, "", area, one, Bytes.EMPTY, NULL)).hasCode(TpmRc.INSUFFICIENT.parameter(3));
        tpm.send(imported(ecc, "", area, Bytes.hex("0002 0008 00"), Bytes.EMPTY, NULL))
                .hasCode(TpmRc.SIZE.parameter(3));
    }

    @Test
    void rewrapRefusesInTheOrderOfLibtpms() {
        Handle ecc = primary(tpm, ObjectRequests.ECC_STORAGE);
        Handle sign = primary(tpm, ECC_KEY);
        Bytes one = Bytes.zeros(1);
        tpm.send(rewrap(sign, sign, one, one, Bytes.EMPTY)).hasCode(TpmRc.HANDLE.handle(1));
        tpm.send(rewrap(Handle.NULL, sign, one, one, one)).hasCode(TpmRc.HANDLE.handle(1));
        tpm.send(rewrap(sign, sign, one, one, one)).hasCode(TpmRc.TYPE.handle(1));
        tpm.send(rewrap(ecc, sign, one, one, one)).hasCode(TpmRc.VALUE.parameter(3));
        tpm.send(rewrap(Handle.NULL, sign, one, one, Bytes.EMPTY)).hasCode(TpmRc.TYPE.handle(2));
        tpm.send(rewrap(Handle.NULL, ecc, Bytes.zeros(1517), one, Bytes.EMPTY)).hasCode(TpmRc.VALUE.parameter(1));
        tpm.send(rewrap(Handle.NULL, ecc, Bytes.zeros(1516), one, Bytes.EMPTY)).isSuccess();
        Answer through = tpm.send(rewrap(Handle.NULL, Handle.NULL, Bytes.zeros(1550), one, Bytes.EMPTY));
        assertEquals(new Blob(Bytes.EMPTY, Bytes.zeros(1550), Bytes.EMPTY), Blob.ofRewrap(through));
    }

    @ParameterizedTest
    @ValueSource(strings = {SEALED_TEMPLATE, ECC_TEMPLATE, RSA_TEMPLATE, SYM_TEMPLATE})
    void anObjectMovesToAnotherParentAndBelongsToIt(String kind) {
        move(tpm, tpm, template(kind), ObjectRequests.ECC_STORAGE, AES_128);
    }

    private static final String SEALED_TEMPLATE = "sealed data";
    private static final String ECC_TEMPLATE = "an ECC key";
    private static final String RSA_TEMPLATE = "an RSA key";
    private static final String SYM_TEMPLATE = "a symmetric key";

    private static String template(String kind) {
        return switch (kind) {
            case SEALED_TEMPLATE -> SEALED;
            case ECC_TEMPLATE -> ECC_KEY;
            case RSA_TEMPLATE -> RSA_KEY;
            default -> SYM_KEY;
        };
    }

    /** The one duplicates for a parent that the other has too, and the other imports, loads and reads. */
    private static void move(TpmClient one, TpmClient other, String template, String parentTemplate, String cipher) {
        Handle object = primary(one, template);
        Bytes area = area(one, object);
        Handle parent = primary(one, parentTemplate);
        Blob blob = Blob.ofDuplicate(duplicate(one, object, parent, "", cipher));
        one.send(flush(object)).isSuccess();
        one.send(flush(parent)).isSuccess();
        Handle newParent = primary(other, parentTemplate);
        Answer imported =
                other.send(imported(newParent, blob.key().toString(), area, blob.duplicate(), blob.seed(), cipher));
        Bytes privateArea = imported.read().sized2(0xffff);
        Handle loaded = other.send(load(newParent, new ObjectRequests.Created(privateArea, area)))
                .handle();
        assertEquals(area, area(other, loaded));
        if (template.equals(SEALED)) {
            other.send(unseal(loaded, AUTH)).hasParameters("0003" + DATA);
        }
        other.send(flush(loaded)).isSuccess();
        other.send(flush(newParent)).isSuccess();
    }

    @SameAsSwtpm
    void theOneDuplicatesAndTheOtherImports(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (String parent : PARENTS) {
            for (String cipher : CIPHERS) {
                move(ours, both.swtpm(), SEALED, parent, cipher);
                move(both.swtpm(), ours, SEALED, parent, cipher);
            }
        }
        for (String template : List.of(ECC_KEY, RSA_KEY, SYM_KEY, STORAGE)) {
            move(ours, both.swtpm(), template, ObjectRequests.ECC_STORAGE, AES_128);
            move(both.swtpm(), ours, template, ObjectRequests.RSA_STORAGE, NULL);
        }
    }

    /** The whole way: to an old parent, by one to a new parent, and by the other into it. */
    @SameAsSwtpm
    void theOneRewrapsForTheOther(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        for (int i = 0; i < PARENTS.size(); i++) {
            String from = PARENTS.get(i);
            String to = PARENTS.get((i + 1) % PARENTS.size());
            rewrapAndImport(ours, both.swtpm(), from, to);
            rewrapAndImport(both.swtpm(), ours, from, to);
        }
    }

    private static void rewrapAndImport(TpmClient one, TpmClient other, String from, String to) {
        Handle object = primary(one, SEALED);
        Bytes area = area(one, object);
        Handle oldParent = primary(one, from);
        Blob blob = Blob.ofDuplicate(duplicate(one, object, oldParent, KEY, AES_128));
        one.send(flush(object)).isSuccess();
        one.send(flush(oldParent)).isSuccess();
        oldParent = primary(other, from);
        Handle newParent = primary(other, to);
        Blob out = Blob.ofRewrap(other.send(rewrap(oldParent, Handle.NULL, blob.duplicate(), name(area), blob.seed())));
        Blob next = Blob.ofRewrap(other.send(rewrap(Handle.NULL, newParent, out.duplicate(), name(area), Bytes.EMPTY)));
        assertEquals(
                blob.duplicate().size() - out.duplicate().size(),
                from.startsWith("0001 0004") ? 22 : from.contains("000c 0003") ? 50 : 34);
        other.send(flush(oldParent)).isSuccess();
        other.send(flush(newParent)).isSuccess();
        newParent = primary(one, to);
        one.send(imported(newParent, KEY, area, next.duplicate(), next.seed(), AES_128))
                .isSuccess();
        one.send(flush(newParent)).isSuccess();
    }
}
