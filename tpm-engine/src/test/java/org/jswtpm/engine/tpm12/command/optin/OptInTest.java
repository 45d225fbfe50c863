package org.jswtpm.engine.tpm12.command.optin;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PRESENCE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DEACTIVATED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOOPERATOR;

import java.nio.charset.StandardCharsets;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;

/**
 * TPM_SetOwnerInstall, TPM_OwnerSetDisable, TPM_PhysicalEnable, TPM_PhysicalDisable, TPM_PhysicalSetDeactivated,
 * TPM_SetTempDeactivated, TPM_SetOperatorAuth, and TSC_PhysicalPresence, which they ask for.
 */
class OptInTest {
    private static final byte[] OPERATOR = "the operator's auth!".getBytes(StandardCharsets.US_ASCII);
    private static final Request RANDOM = Request.of(Ordinal.GET_RANDOM).u32(4);

    private static Request presence(int bits) {
        return Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(bits);
    }

    private static Request ownerSetDisable(Tpm12Client tpm, int state, byte[] auth) {
        return Request.of(Ordinal.OWNER_SET_DISABLE)
                .u8(state)
                .auth(tpm.oiap(auth).ending());
    }

    private static Request setOperatorAuth() {
        return Request.of(Ordinal.SET_OPERATOR_AUTH).bytes(Bytes.copyOf(OPERATOR));
    }

    /** TPM_PERMANENT_FLAGS. */
    private static Request flags() {
        return Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000108"));
    }

    @Test
    void whoIsThereSwitchesTheTpm() {
        Tpm12Fixture tpm = Tpm12Fixture.started();
        tpm.send(Request.of(Ordinal.PHYSICAL_DISABLE)).hasCode(BAD_PRESENCE);
        tpm.setPresence();
        tpm.send(Request.of(Ordinal.PHYSICAL_DISABLE)).isSuccess();
        tpm.send(RANDOM).hasCode(DISABLED);
        tpm.send(Request.of(Ordinal.PHYSICAL_ENABLE)).isSuccess();
        tpm.send(RANDOM).isSuccess();
        tpm.send(Request.of(Ordinal.SET_TEMP_DEACTIVATED)).isSuccess();
        tpm.send(RANDOM).hasCode(DEACTIVATED);
        tpm.powerOn();
        tpm.startup(1);
        tpm.send(RANDOM).isSuccess();
    }

    @Test
    void theOperatorDeactivatesUntilTheNextStart() {
        Tpm12Fixture tpm = Tpm12Fixture.startedWithPresence();
        tpm.send(Request.of(Ordinal.SET_TEMP_DEACTIVATED).auth(tpm.oiap(OPERATOR)))
                .hasCode(NOOPERATOR);
        tpm.send(setOperatorAuth()).isSuccess();
        tpm.send(Request.of(Ordinal.SET_TEMP_DEACTIVATED).auth(tpm.oiap(OPERATOR)))
                .isSuccess();
        tpm.send(RANDOM).hasCode(DEACTIVATED);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            for (int bits = 0; bits < 0x10; bits++) {
                tpm.note(presence(bits));
                tpm.note(presence(bits | 0x100));
                tpm.note(Request.of(Ordinal.PHYSICAL_ENABLE));
            }
            for (int bits : new int[] {0x20, 0x18, 0x08, 0x10, 0x220, 0x21, 0x28, 0x400, 0x8000}) {
                tpm.note(presence(bits));
                for (Ordinal ordinal :
                        new Ordinal[] {Ordinal.PHYSICAL_DISABLE, Ordinal.GET_CAPABILITY, Ordinal.PHYSICAL_ENABLE}) {
                    tpm.note(ordinal == Ordinal.GET_CAPABILITY ? flags() : Request.of(ordinal));
                }
                tpm.note(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(bits % 3));
                tpm.note(Request.of(Ordinal.SET_OWNER_INSTALL).u8(bits % 3));
                tpm.note(flags());
            }
            tpm.note(presence(0x08));
            tpm.note(ownerSetDisable(tpm, 2, KeptState.OWNER));
            tpm.note(ownerSetDisable(tpm, 1, KeptState.SRK));
            tpm.note(ownerSetDisable(tpm, 1, KeptState.OWNER));
            tpm.noteCode(RANDOM);
            tpm.note(Request.of(Ordinal.SET_OWNER_INSTALL).u8(1));
            tpm.note(setOperatorAuth());
            tpm.note(ownerSetDisable(tpm, 0, KeptState.OWNER));
            tpm.noteCode(RANDOM);
            tpm.note(Request.of(Ordinal.SET_TEMP_DEACTIVATED).auth(tpm.oiap(OPERATOR)));
            tpm.note(setOperatorAuth());
            tpm.note(presence(0x10));
            tpm.note(setOperatorAuth());
            tpm.note(Request.of(Ordinal.SET_TEMP_DEACTIVATED));
            tpm.note(Request.of(Ordinal.SET_TEMP_DEACTIVATED).auth(tpm.oiap(KeptState.OWNER)));
            tpm.note(Request.of(Ordinal.SET_TEMP_DEACTIVATED)
                    .auth(tpm.oiap(OPERATOR).ending()));
            tpm.noteCode(RANDOM);
            tpm.note(Request.of(Ordinal.SET_TEMP_DEACTIVATED)
                    .auth(tpm.oiap(OPERATOR).ending()));
            tpm.note(flags());
            tpm.note(presence(0x80));
            tpm.note(presence(0x40));
            tpm.note(presence(0x04));
            tpm.note(presence(0x08));
        });
    }
}
