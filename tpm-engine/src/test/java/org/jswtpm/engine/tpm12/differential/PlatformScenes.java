package org.jswtpm.engine.tpm12.differential;

import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Stories without authorization: PCRs, SHA-1, capabilities, self-test, presence, all ordinals there are and are not. */
final class PlatformScenes {
    private static final int TPM_CAP_MFR = 0x10;

    private final Exchange tpm;
    private final Peers peers;
    private final Dice dice;

    PlatformScenes(Exchange tpm, Peers peers, Dice dice) {
        this.tpm = tpm;
        this.peers = peers;
        this.dice = dice;
    }

    /** Plays one scene, chosen at random. */
    void play() {
        switch (dice.below(11)) {
            case 0, 1 -> pcrs();
            case 2 -> sha1();
            case 3, 4, 5 -> capabilities();
            case 6 -> tests();
            case 7 -> presence();
            case 8 -> ordinals();
            case 9 -> hashSequence();
            default -> powerCycle();
        }
    }

    /** TPM_PCR_SELECTION. */
    static Bytes selection(Dice dice) {
        int size = dice.number(0, 1, 2, 3, 3, 3, 3, 4);
        WireWriter out = new WireWriter().uint16(size);
        for (int i = 0; i < size; i++) {
            out.uint8(dice.once(2) ? 0 : 1 << dice.below(8));
        }
        return out.toBytes();
    }

    private void pcrs() {
        peers.setLocality(dice.below(5));
        int pcr = dice.below(26);
        tpm.exact(Request.of(Ordinal.EXTEND).u32(pcr).bytes(dice.octets(20)));
        tpm.exact(Request.of(Ordinal.PCR_READ).u32(pcr));
        tpm.exact(Request.of(Ordinal.PCR_RESET).bytes(selection(dice)));
        tpm.exact(Request.of(Ordinal.PCR_READ).u32(16 + dice.below(8)));
        tpm.exact(Request.of(Ordinal.TSC_RESET_ESTABLISHMENT_BIT));
        peers.setLocality(0);
    }

    private void sha1() {
        tpm.exact(Request.of(Ordinal.SHA1_START));
        for (int i = dice.below(3); i >= 0; i--) {
            tpm.exact(Request.of(Ordinal.SHA1_UPDATE).sized(dice.octets(dice.number(0, 1, 64, 128, 2048))));
        }
        if (dice.once(2)) {
            tpm.exact(Request.of(Ordinal.SHA1_COMPLETE).sized(dice.octets(dice.below(66))));
        } else {
            tpm.exact(
                    Request.of(Ordinal.SHA1_COMPLETE_EXTEND).u32(dice.below(25)).sized(dice.octets(dice.below(66))));
        }
        tpm.exact(Request.of(Ordinal.SHA1_COMPLETE).sized(Bytes.EMPTY));
    }

    private void capabilities() {
        int area = dice.below(0x20);
        if (area == TPM_CAP_MFR) {
            return;
        }
        Bytes subCap = switch (dice.below(6)) {
            case 0 -> Bytes.EMPTY;
            case 1 -> dice.octets(dice.below(6));
            case 2 -> Bytes.hex("00000001" + "0003 0001 0000000c 00000800 00000002 00000000");
            default -> new WireWriter().uint32(property(area)).toBytes();
        };
        Request request = Request.of(Ordinal.GET_CAPABILITY).u32(area).sized(subCap);
        if (area == 7 || area == 0x14) {
            tpm.sized(request);
        } else {
            tpm.exact(request);
        }
    }

    private int property(int area) {
        return switch (area) {
            case 1 -> dice.once(8) ? 0x4000_0000 + dice.below(16) : dice.below(0x110);
            case 4 -> 0x108 + dice.below(2);
            case 5 -> 0x100 + dice.below(0x40);
            case 0x11 -> dice.number(0x0001_2345, 0x1000_0001, 0, 0xFFFF_FFFF);
            case 0x18 -> dice.number(0x0102_0003, 0x0103_0003, 0x0103_0004);
            default -> dice.below(12);
        };
    }

    private void tests() {
        tpm.exact(Request.of(Ordinal.STARTUP).u16(1 + dice.below(3)));
        tpm.exact(Request.of(Ordinal.SELF_TEST_FULL));
        tpm.exact(Request.of(Ordinal.CONTINUE_SELF_TEST));
        tpm.exact(Request.of(Ordinal.GET_TEST_RESULT));
        tpm.sized(Request.of(Ordinal.GET_RANDOM).u32(dice.below(5000)));
        tpm.exact(Request.of(Ordinal.STIR_RANDOM).sized(dice.octets(dice.below(300))));
        tpm.sized(Request.of(Ordinal.GET_TICKS));
        tpm.exact(Request.of(Ordinal.RESET));
        tpm.exact(Request.of(Ordinal.DIR_READ).u32(dice.below(3)));
        tpm.exact(Request.of(Ordinal.READ_PUBEK).bytes(dice.octets(20)));
        tpm.exact(Request.of(Ordinal.DELEGATE_READ_TABLE));
        tpm.exact(Request.of(Ordinal.READ_COUNTER).u32(dice.below(10)));
        tpm.sized(Request.of(Ordinal.GET_AUDIT_DIGEST).u32(dice.below(0x100)));
    }

    /** Without what lasts for the life of the TPM, and without what ends the owner. */
    private void presence() {
        tpm.exact(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(dice.number(0x20, 0x20, 0x20, 0x40, 0x100, 0x200)));
        tpm.exact(
                Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(dice.number(0x08, 0x08, 0x08, 0x10, 0x18, 0x400, 0x404)));
        tpm.exact(Request.of(Ordinal.SET_OWNER_INSTALL).u8(dice.below(3)));
        tpm.exact(Request.of(Ordinal.PHYSICAL_ENABLE));
        Bytes operator = dice.octets(20);
        tpm.exact(Request.of(Ordinal.SET_OPERATOR_AUTH).bytes(operator));
        tpm.exact(side -> Request.of(Ordinal.SET_TEMP_DEACTIVATED).auth(side.oiap(new byte[20])));
        switch (dice.below(5)) {
            case 0 -> {
                tpm.exact(Request.of(Ordinal.PHYSICAL_DISABLE));
                tpm.sized(Request.of(Ordinal.GET_RANDOM).u32(1));
                tpm.exact(Request.of(Ordinal.PHYSICAL_ENABLE));
            }
            case 1 -> {
                tpm.exact(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(1));
                tpm.exact(Request.of(Ordinal.PHYSICAL_SET_DEACTIVATED).u8(0));
            }
            case 2 -> {
                tpm.exact(side -> Request.of(Ordinal.SET_TEMP_DEACTIVATED).auth(side.oiap(operator.toArray())));
                tpm.exact(Request.of(Ordinal.EXTEND).u32(1).bytes(operator));
                tpm.exact(Request.of(Ordinal.DIR_READ).u32(0));
                peers.powerCycle();
                tpm.exact(Request.of(Ordinal.STARTUP).u16(1));
            }
            case 3 -> tpm.exact(Request.of(Ordinal.SET_TEMP_DEACTIVATED));
            default -> tpm.exact(Request.of(Ordinal.DISABLE_FORCE_CLEAR));
        }
        tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000109")));
    }

    private void ordinals() {
        for (int i = 0; i < 20; i++) {
            int ordinal = dice.once(10) ? 0x4000_0000 + dice.below(16) : dice.below(0x110);
            if (isHarmless(Ordinal.of(ordinal))) {
                tpm.plain(Request.of(ordinal).bytes(dice.octets(dice.below(3) * dice.below(20))));
            }
        }
    }

    /** TPM_Init starts swtpm anew; these end the owner, or what a scene may want again. */
    private static boolean isHarmless(Ordinal ordinal) {
        return ordinal != Ordinal.INIT && ordinal != Ordinal.FORCE_CLEAR && ordinal != Ordinal.PHYSICAL_DISABLE;
    }

    private void hashSequence() {
        peers.hash(dice.octets(dice.below(100)).toArray());
        tpm.exact(Request.of(Ordinal.PCR_READ).u32(17));
        tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex("00000108")));
        peers.setLocality(dice.number(0, 3, 4));
        tpm.exact(Request.of(Ordinal.TSC_RESET_ESTABLISHMENT_BIT));
        peers.setLocality(0);
    }

    private void powerCycle() {
        if (dice.once(2)) {
            tpm.plain(Request.of(Ordinal.SAVE_STATE));
        }
        peers.powerCycle();
        tpm.exact(Request.of(Ordinal.PCR_READ).u32(1));
        if (!Exchange.succeeded(tpm.plain(Request.of(Ordinal.STARTUP).u16(dice.number(1, 2, 2, 3))))) {
            peers.powerCycle();
            tpm.plain(Request.of(Ordinal.STARTUP).u16(1));
        }
        for (int pcr : new int[] {0, 10, 16, 17, 23}) {
            tpm.plain(Request.of(Ordinal.PCR_READ).u32(pcr));
        }
        for (String flags : new String[] {"00000108", "00000109"}) {
            tpm.exact(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex(flags)));
        }
        peers.powerCycle();
        tpm.plain(Request.of(Ordinal.STARTUP).u16(1));
    }
}
