package org.jswtpm.engine.tpm12.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** What an owner keeps in a TPM, and what is saved for a resume: made by one TPM, both read the same in it. */
class OwnedStateTest {
    private static final byte[] AREA = "auth of the NV area!".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELEGATE = "auth of the delegate".getBytes(StandardCharsets.US_ASCII);
    private static final String ANY_PCR = "0003 000000 1f 0000000000000000000000000000000000000000";
    private static final Bytes DIGEST = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3");
    /** By the owner, by the area's authorization, and by whom both name together with somebody who is there. */
    private static final int[] PERMISSIONS = {0x0002_0002, 0x0004_0004, 0x0003_0003, 0x0002_2006, 0x8004_5002};

    /** Fills the TPM; gives the handle of a key that the owner keeps from then on. */
    private static int fill(Tpm12Client tpm) {
        for (int i = 0; i < PERMISSIONS.length; i++) {
            ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
            tpm.send(Request.of(Ordinal.NV_DEFINE_SPACE)
                    .u16(0x18)
                    .u32(0x100 + i)
                    .hex(ANY_PCR + ANY_PCR)
                    .u16(0x17)
                    .u32(PERMISSIONS[i])
                    .hex("000000")
                    .u32(8 + i)
                    .bytes(osap.encrypt(AREA))
                    .auth(osap));
            tpm.send(owner(
                    tpm,
                    Request.of(Ordinal.NV_WRITE_VALUE).u32(0x100 + i).u32(1).sized(DIGEST.slice(0, 3))));
        }
        for (String label : new String[] {"61626364", "65666768", "696a6b6c"}) {
            ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
            tpm.send(Request.of(Ordinal.CREATE_COUNTER)
                            .bytes(osap.encrypt(AREA))
                            .hex(label)
                            .auth(osap))
                    .isSuccess();
        }
        tpm.send(Request.of(Ordinal.INCREMENT_COUNTER).u32(1).auth(tpm.oiap(AREA)))
                .isSuccess();
        tpm.send(owner(tpm, Request.of(Ordinal.DIR_WRITE_AUTH).u32(0).bytes(DIGEST)))
                .isSuccess();
        tpm.send(owner(
                        tpm,
                        Request.of(Ordinal.SET_ORDINAL_AUDIT_STATUS).u32(0x15).u8(1)))
                .isSuccess();
        tpm.send(owner(tpm, Request.of(Ordinal.CMK_SET_RESTRICTIONS).u32(0x8000_0000)))
                .isSuccess();
        delegate(tpm);
        return keepKey(tpm);
    }

    private static Request owner(Tpm12Client tpm, Request request) {
        return request.auth(tpm.oiap(KeptState.OWNER).ending());
    }

    private static void delegate(Tpm12Client tpm) {
        for (String step : new String[] {"00000000 00000001 00000001 66", "00000001 00000002 00000001 01"}) {
            tpm.send(owner(tpm, Request.of(Ordinal.DELEGATE_MANAGE).hex(step))).isSuccess();
        }
        ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        Bytes blob = tpm.send(Request.of(Ordinal.DELEGATE_CREATE_OWNER_DELEGATION)
                        .u8(1)
                        .hex("001b 61" + ANY_PCR + "001a")
                        .u32(Delegations.OWNER_BITS)
                        .u32(1 << Ordinal.OWNER_READ_PUBEK.ownerPermission())
                        .hex("00000000 00000001 00000007")
                        .bytes(osap.encrypt(DELEGATE))
                        .auth(osap))
                .isSuccess()
                .parameters();
        tpm.send(owner(
                        tpm,
                        Request.of(Ordinal.DELEGATE_LOAD_OWNER_DELEGATION)
                                .u32(2)
                                .bytes(blob)))
                .isSuccess();
    }

    private static int keepKey(Tpm12Client tpm) {
        String parms = "00000001 0001 0002 0000000c 00000200 00000002 00000000";
        Bytes made = OwnedTpm.createKey(tpm, ReservedHandle.SRK, KeptState.SRK, OwnedTpm.keyInfo("0010", 0, parms));
        int handle = tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(ReservedHandle.SRK)
                        .bytes(made)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KeptState.SRK).ending()))
                .isSuccess()
                .reader()
                .uint32();
        Bytes modulus = TpmKey.Wrapped.unmarshal(WireReader.over(made, TpmResult.WIRE_FAULTS))
                .key()
                .pubKey();
        tpm.send(owner(
                        tpm,
                        Request.of(Ordinal.KEY_CONTROL_OWNER)
                                .handle(handle)
                                .hex(parms)
                                .sized(modulus)
                                .u32(1)
                                .u8(1)))
                .isSuccess();
        return handle;
    }

    /** What is answered about all of it. */
    private static List<String> read(Tpm12Client client, int startup, int key) {
        KeptState.Transcript tpm = new KeptState.Transcript(client);
        tpm.note(Request.of(Ordinal.STARTUP).u16(startup));
        for (int i = 0; i < PERMISSIONS.length; i++) {
            tpm.note(Request.of(Ordinal.GET_CAPABILITY).u32(0x11).u32(4).u32(0x100 + i));
            Request read =
                    Request.of(Ordinal.NV_READ_VALUE).u32(0x100 + i).u32(0).u32(8);
            tpm.note(owner(tpm, read));
            tpm.note(Request.of(Ordinal.NV_READ_VALUE_AUTH)
                    .u32(0x100 + i)
                    .u32(0)
                    .u32(8)
                    .auth(tpm.oiap(AREA).ending()));
            tpm.note(owner(
                    tpm,
                    Request.of(Ordinal.NV_WRITE_VALUE).u32(0x100 + i).u32(0).sized(Bytes.EMPTY)));
        }
        for (int id = 0; id < 4; id++) {
            tpm.note(Request.of(Ordinal.READ_COUNTER).u32(id));
        }
        tpm.note(
                Request.of(Ordinal.INCREMENT_COUNTER).u32(1).auth(tpm.oiap(AREA).ending()));
        tpm.note(
                Request.of(Ordinal.INCREMENT_COUNTER).u32(2).auth(tpm.oiap(AREA).ending()));
        tpm.note(Request.of(Ordinal.DIR_READ).u32(0));
        tpm.note(Request.of(Ordinal.DELEGATE_READ_TABLE));
        tpm.note(Request.of(Ordinal.OWNER_READ_PUBEK)
                .auth(tpm.dsap(EntityType.DEL_ROW, 0, Bytes.hex("00000002"), DELEGATE)));
        for (int pcr = 0; pcr < 24; pcr++) {
            tpm.note(Request.of(Ordinal.PCR_READ).u32(pcr));
        }
        tpm.note(Request.of(Ordinal.GET_AUDIT_DIGEST).u32(0));
        byte[][] auths = {OwnedTpm.KEY_AUTH, KeptState.SIGNING, KeptState.LEGACY};
        int[] keys = {key, KeptState.SIGNING_KEY, KeptState.LEGACY_KEY};
        for (int i = 0; i < keys.length; i++) {
            tpm.note(Request.of(Ordinal.SIGN)
                    .handle(keys[i])
                    .sized(DIGEST)
                    .auth(tpm.oiap(auths[i]).ending()));
        }
        for (String property : new String[] {"00000107", "0000010c", "0000010d", "0000010e", "0000010f", "00000117"}) {
            tpm.note(Request.of(Ordinal.GET_CAPABILITY).u32(5).sized(Bytes.hex(property)));
        }
        for (String flags : new String[] {"00000108", "00000109"}) {
            tpm.note(Request.of(Ordinal.GET_CAPABILITY).u32(4).sized(Bytes.hex(flags)));
        }
        tpm.note(owner(tpm, Request.of(Ordinal.GET_CAPABILITY_OWNER)));
        return tpm.lines();
    }

    /** What a TPM has written last. */
    private interface Written {
        byte[] state(StateKind kind) throws Exception;
    }

    private static TestHost host(Written written, StateKind... kinds) throws Exception {
        TestHost host = new TestHost();
        for (StateKind kind : kinds) {
            host.put(kind, written.state(kind));
        }
        return host;
    }

    private static void compare(Written written, int startup, int key, StateKind... kinds) throws Exception {
        List<String> ours = read(Tpm12Fixture.poweredOn(host(written, kinds)), startup, key);
        try (Swtpm12 swtpm = Swtpm12.powerOn(host(written, kinds))) {
            assertEquals(read(swtpm, startup, key), ours);
        }
        // most of it is there
        assertTrue(ours.stream().filter(line -> line.contains("-> 0 ")).count() > 45, ours::toString);
    }

    private static byte[] extend(int pcr) {
        return Request.of(Ordinal.EXTEND).u32(pcr).bytes(DIGEST).toArray();
    }

    @SameAsSwtpm12
    void whatThisTpmKeeps() throws Exception {
        Tpm12Fixture ours = KeptState.started();
        int key = fill(ours);
        compare(kind -> ours.host().load(kind).orElseThrow(), 1, key, StateKind.PERMANENT);
        ours.exchange(extend(3));
        ours.send(Request.of(Ordinal.SAVE_STATE)).isSuccess();
        compare(kind -> ours.host().load(kind).orElseThrow(), 2, key, StateKind.PERMANENT, StateKind.SAVE_STATE);
    }

    @SameAsSwtpm12
    void whatSwtpmKeeps() throws Exception {
        try (Swtpm12 swtpm = Swtpm12.powerOn(KeptState.host())) {
            swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
            int key = fill(swtpm);
            compare(swtpm::state, 1, key, StateKind.PERMANENT);
            swtpm.exchange(extend(3));
            swtpm.send(Request.of(Ordinal.SAVE_STATE)).isSuccess();
            compare(swtpm::state, 2, key, StateKind.PERMANENT, StateKind.SAVE_STATE);
        }
    }
}
