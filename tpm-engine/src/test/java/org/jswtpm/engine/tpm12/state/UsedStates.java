package org.jswtpm.engine.tpm12.state;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;

/**
 * A state in which there is something of each kind, and commands that use it. They are recorded on a TPM on the very state, so that
 * another one on the same host's entropy takes their authorizations for its own.
 *
 * @param states the states by their kinds
 * @param script the commands; for a permanent state they begin with TPM_Startup(ST_CLEAR), for a saved one they come behind
 *     TPM_Startup(ST_STATE)
 */
public record UsedStates(Map<StateKind, byte[]> states, List<byte[]> script) {
    private static final Bytes DATA = Bytes.hex("5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a");

    /** A client that writes down what it sends. */
    private record Recorder(Tpm12Fixture tpm, List<byte[]> commands) implements Tpm12Client {
        static Recorder on(Map<StateKind, byte[]> states) {
            TestHost host = new TestHost();
            states.forEach(host::put);
            return new Recorder(Tpm12Fixture.poweredOn(host), new ArrayList<>());
        }

        @Override
        public byte[] exchange(byte[] command) {
            commands.add(command);
            return tpm.exchange(command);
        }
    }

    /** The permanent state of a TPM with an owner. */
    public static UsedStates permanent() {
        Tpm12Fixture tpm = KeptState.started();
        Bytes key = OwnedTpm.createKey(
                tpm,
                ReservedHandle.SRK,
                KeptState.SRK,
                OwnedTpm.keyInfo("0010", 0, "00000001 0001 0002 0000000c 00000200 00000002 00000000"));
        new BusyTpm(tpm);
        Map<StateKind, byte[]> states = statesOf(tpm, StateKind.PERMANENT);
        Recorder recorder = Recorder.on(states);
        recorder.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
        useOwner(recorder);
        useKeys(recorder, key);
        return new UsedStates(states, recorder.commands());
    }

    /** Both states of a running TPM. */
    public static UsedStates running() {
        Tpm12Fixture tpm = KeptState.started();
        BusyTpm busy = begin(tpm);
        Map<StateKind, byte[]> states = statesOf(tpm, StateKind.PERMANENT, StateKind.VOLATILE);
        Recorder recorder = Recorder.on(states);
        busy.goOn(recorder);
        return new UsedStates(states, recorder.commands());
    }

    /** The permanent and the saved state of a sleeping TPM. */
    public static UsedStates sleeping() {
        Tpm12Fixture tpm = KeptState.started();
        BusyTpm busy = begin(tpm);
        busy.save(tpm);
        Map<StateKind, byte[]> states = statesOf(tpm, StateKind.PERMANENT, StateKind.SAVE_STATE);
        Recorder recorder = Recorder.on(states);
        busy.resume(recorder);
        recorder.commands().removeFirst();
        return new UsedStates(states, recorder.commands());
    }

    /** A session of DAA is part of the state, too; TPM_DAA_Join with stage 0 opens it. */
    private static BusyTpm begin(Tpm12Fixture tpm) {
        tpm.send(Request.of(Ordinal.DAA_JOIN)
                        .handle(0)
                        .u8(0)
                        .sized(Bytes.hex("00000001"))
                        .sized(Bytes.EMPTY)
                        .auth(tpm.oiap(KeptState.OWNER).ending()))
                .isSuccess();
        return new BusyTpm(tpm);
    }

    private static Map<StateKind, byte[]> statesOf(Tpm12Fixture tpm, StateKind... kinds) {
        Map<StateKind, byte[]> states = new EnumMap<>(StateKind.class);
        try {
            for (StateKind kind : kinds) {
                states.put(kind, tpm.tpm().state(kind).orElseThrow());
            }
        } catch (StateException e) {
            throw new AssertionError(e);
        }
        return states;
    }

    private static void useOwner(Tpm12Client tpm) {
        ClientSession owner = tpm.oiap(KeptState.OWNER);
        for (Request request : new Request[] {
            Request.of(Ordinal.OWNER_READ_PUBEK),
            Request.of(Ordinal.OWNER_READ_INTERNAL_PUB).u32(ReservedHandle.SRK),
            Request.of(Ordinal.OWNER_READ_INTERNAL_PUB).u32(ReservedHandle.EK),
            Request.of(Ordinal.GET_CAPABILITY_OWNER),
            Request.of(Ordinal.SET_ORDINAL_AUDIT_STATUS)
                    .u32(Ordinal.OWNER_READ_PUBEK.code())
                    .u8(1),
            Request.of(Ordinal.OWNER_READ_PUBEK),
            Request.of(Ordinal.DELEGATE_UPDATE_VERIFICATION).sized(Bytes.hex("00000001")),
            Request.of(Ordinal.NV_READ_VALUE).u32(0x0001_2345).u32(0).u32(4),
            Request.of(Ordinal.NV_WRITE_VALUE).u32(0x0001_2345).u32(0).sized(Bytes.hex("61")),
            Request.of(Ordinal.RELEASE_COUNTER_OWNER).u32(0)
        }) {
            tpm.send(request.auth(owner));
        }
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK)
                .auth(tpm.dsap(EntityType.DEL_ROW, 0, Bytes.hex("00000001"), BusyTpm.DELEGATE)));
        tpm.send(Request.of(Ordinal.DAA_JOIN)
                .handle(0)
                .u8(0)
                .sized(Bytes.hex("00000001"))
                .sized(Bytes.EMPTY)
                .auth(owner.ending()));
    }

    private static void useKeys(Tpm12Client tpm, Bytes key) {
        int loaded = tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(ReservedHandle.SRK)
                        .bytes(key)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KeptState.SRK).ending()))
                .isSuccess()
                .reader()
                .uint32();
        ClientSession signing = tpm.oiap(KeptState.SIGNING);
        tpm.send(Request.of(Ordinal.SIGN)
                        .handle(KeptState.SIGNING_KEY)
                        .sized(DATA)
                        .auth(signing))
                .isSuccess();
        tpm.send(Request.of(Ordinal.QUOTE2)
                .handle(KeptState.SIGNING_KEY)
                .bytes(DATA)
                .hex("0003 0f0000 01")
                .auth(signing));
        tpm.send(Request.of(Ordinal.GET_PUB_KEY).handle(KeptState.SIGNING_KEY).auth(signing))
                .isSuccess();
        tpm.send(Request.of(Ordinal.TICK_STAMP_BLOB)
                .handle(KeptState.SIGNING_KEY)
                .bytes(DATA)
                .bytes(DATA)
                .auth(signing));
        tpm.send(Request.of(Ordinal.CERTIFY_KEY)
                .handle(KeptState.SIGNING_KEY)
                .handle(loaded)
                .bytes(DATA)
                .auth(signing.ending())
                .auth(tpm.oiap(OwnedTpm.KEY_AUTH).ending()));
        tpm.send(Request.of(Ordinal.UN_BIND)
                .handle(KeptState.LEGACY_KEY)
                .sized(Bytes.zeros(128))
                .auth(tpm.oiap(KeptState.LEGACY).ending()));
        ClientSession srk = tpm.osap(OwnedTpm.ET_KEYHANDLE, ReservedHandle.SRK, KeptState.SRK);
        tpm.send(Request.of(Ordinal.SEAL)
                        .handle(ReservedHandle.SRK)
                        .bytes(srk.encrypt(KeptState.SIGNING))
                        .u32(0)
                        .sized(DATA)
                        .auth(srk.ending()))
                .isSuccess();
        tpm.send(Request.of(Ordinal.SAVE_CONTEXT).handle(loaded).u32(1).bytes(Bytes.zeros(16)))
                .isSuccess();
    }
}
