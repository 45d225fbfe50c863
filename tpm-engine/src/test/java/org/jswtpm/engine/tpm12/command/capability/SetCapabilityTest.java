package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_LOCALITY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.Tpm12Pair;
import org.jswtpm.engine.tpm12.Twins;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TPM_SetCapability. */
class SetCapabilityTest {
    private static Request set(int area, int subCap, String value) {
        return Request.of(Ordinal.SET_CAPABILITY)
                .u32(area)
                .sized(Bytes.hex(String.format("%08x", subCap)))
                .sized(Bytes.hex(value));
    }

    enum Fault {
        NO_SUCH_AREA(0, 1, "01", BAD_MODE),
        FLAG_OF_NO_OCTETS(1, 1, "", BAD_PARAMETER),
        FLAG_OF_TWO_OCTETS(1, 1, "0001", BAD_PARAMETER),
        NOBODY_AUTHORIZES(1, 1, "01", AUTHFAIL),
        ONLY_THE_OWNER_MAY(1, 4, "01", AUTHFAIL),
        CANNOT_BE_SET(1, 13, "01", BAD_PARAMETER),
        NO_SUCH_FLAG(1, 21, "01", BAD_PARAMETER),
        ESTABLISHED_AT_LOCALITY_0(1, 18, "00", BAD_LOCALITY),
        VALUE_OF_ONE_OCTET(2, 23, "01", BAD_PARAMETER),
        FORCE_CLEAR_ENABLED_AGAIN(3, 2, "00", BAD_PARAMETER),
        PRESENCE_OF_NOBODY(4, 6, "00000001", BAD_PRESENCE),
        VENDOR(7, 0, "00", BAD_PARAMETER);

        private final int area;
        private final int subCap;
        private final String value;
        private final TpmResult answer;

        Fault(int area, int subCap, String value, TpmResult answer) {
            this.area = area;
            this.subCap = subCap;
            this.value = value;
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersFault(Fault fault) {
        Tpm12Fixture.started().send(set(fault.area, fault.subCap, fault.value)).hasCode(fault.answer);
    }

    @Test
    void whoIsThereDisablesTheTpm() {
        Tpm12Fixture tpm = Tpm12Fixture.startedWithPresence();
        tpm.send(set(1, 1, "01")).isSuccess();
        tpm.send(Request.of(Ordinal.GET_RANDOM).u32(1)).hasCode(DISABLED);
        tpm.send(set(1, 3, "01")).hasCode(DISABLED);
        tpm.send(set(1, 1, "00")).isSuccess();
        tpm.send(Request.of(Ordinal.GET_RANDOM).u32(1)).isSuccess();
    }

    @Test
    void makesNewSecretsForDaa() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        Bytes before = Bytes.copyOf(tpm.host().load(StateKind.PERMANENT).orElseThrow());
        tpm.send(set(2, 25, "")).isSuccess();
        Bytes after = Bytes.copyOf(tpm.host().load(StateKind.PERMANENT).orElseThrow());
        assertEquals(before.size(), after.size());
        assertTrue(!before.equals(after));
    }

    private static void setAll(Tpm12Pair both) {
        for (int area = 0; area <= 8; area++) {
            for (int subCap = 0; subCap <= 28; subCap++) {
                for (String value : new String[] {"01", "00", "00000003", "00000001", ""}) {
                    both.send(set(area, subCap, value)).isIdentical();
                }
            }
        }
        both.send(set(1, 1, "00")).isIdentical();
        both.send(Request.of(Ordinal.SET_CAPABILITY)
                        .u32(1)
                        .sized(Bytes.hex("0001"))
                        .sized(Bytes.hex("01")))
                .isIdentical();
        both.send(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000108")))
                .isIdentical();
        both.send(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000109")))
                .isIdentical();
    }

    @SameAsSwtpm12
    void answersLikeSwtpmWithoutAnOwner(Tpm12Pair both) {
        setAll(both);
        both.setPresence();
        setAll(both);
        both.setLocality(3);
        setAll(both);
    }

    private static void setAsOwner(Twins twins, int area, int subCap, String value, byte[] auth) {
        twins.send(tpm -> set(area, subCap, value).auth(tpm.oiap(auth).ending()));
    }

    @SameAsSwtpm12
    void answersTheOwnerLikeSwtpm(Tpm12Pair both) {
        OwnedTpm.own(both.swtpm());
        Twins twins = Twins.of(both);
        for (int area = 1; area <= 2; area++) {
            for (int subCap = 1; subCap <= 26; subCap++) {
                for (String value : new String[] {"01", "00", "00000003"}) {
                    setAsOwner(twins, area, subCap, value, OwnedTpm.OWNER_AUTH);
                }
            }
        }
        setAsOwner(twins, 1, 1, "01", new byte[20]);
        twins.send(tpm -> Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000108")));
    }
}
