package org.jswtpm.engine.tpm12.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.command.transport.ClientTransport;
import org.jswtpm.engine.tpm12.nv.NvMemory;
import org.jswtpm.engine.tpm12.structure.Delegations;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The clients of a TPM that does everything at once, on the state of {@link KeptState}: a loaded key, sessions of all kinds, a
 * transport session, saved contexts, a SHA-1 thread, PCRs, counters, ticks and a locked NV area. They do not notice on which TPM
 * they go on.
 */
final class BusyTpm {
    private static final byte[] COUNTER = ascii("auth of the counter!");
    static final byte[] DELEGATE = ascii("auth of the delegate");
    private static final byte[] SECRET = ascii("secret of a session!");
    private static final Bytes DIGEST = Bytes.wrap(Hasher.digest(Digest.SHA1, COUNTER));
    private static final Bytes LABEL = Bytes.hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final Bytes ROW = Bytes.hex("00000001");
    private static final Bytes BLOCK = Bytes.zeros(64);
    private static final int PCR = 10;
    private static final int INDEX = 0x0001_2345;
    /** OWNERWRITE, AUTHREAD and WRITE_STCLEAR. */
    private static final int PERMISSIONS = 0x0004_4002;

    private static final String ANY_PCR = "0003 000000 1f 0000000000000000000000000000000000000000";

    private final int key;
    private final ClientSession oiap;
    private final ClientSession osapOfOwner;
    private final ClientSession osapOfKey;
    private final ClientSession dsap;
    private final ClientSession outside;
    private final ClientTransport transport;
    private final Bytes tickNonce;
    private Bytes keyContext;
    private Bytes sessionContext;
    private byte[] pcr = new byte[20];
    private int count = 1;
    private long ticks;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins everything. */
    BusyTpm(Tpm12Client tpm) {
        key = loadNew(tpm);
        delegate(tpm);
        lockArea(tpm);
        tpm.send(createCounter(tpm)).hasParameters("00000000 000e 61626364 00000001");
        oiap = tpm.oiap(OwnedTpm.KEY_AUTH);
        osapOfOwner = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        osapOfKey = tpm.osap(EntityType.KEYHANDLE, key, OwnedTpm.KEY_AUTH);
        dsap = tpm.dsap(EntityType.DEL_ROW, 0, ROW, DELEGATE);
        outside = tpm.oiap(KeptState.SIGNING);
        transport = establish(tpm);
        tickNonce = ticks(tpm);
        keyContext = keyContext(tpm, loadNew(tpm));
        sessionContext = save(tpm, outside.handle(), ResourceType.AUTH);
        beginHash(tpm);
    }

    /** The last thing before a move: another command would end it. */
    private static void beginHash(Tpm12Client tpm) {
        tpm.send(Request.of(Ordinal.SHA1_START)).isSuccess();
        tpm.send(Request.of(Ordinal.SHA1_UPDATE).sized(BLOCK)).isSuccess();
    }

    private static void endHash(Tpm12Client tpm) {
        tpm.send(Request.of(Ordinal.SHA1_UPDATE).sized(BLOCK)).isSuccess();
        byte[] digest = Hasher.digest(Digest.SHA1, BLOCK.toArray(), BLOCK.toArray(), DIGEST.toArray());
        tpm.send(Request.of(Ordinal.SHA1_COMPLETE).sized(DIGEST))
                .hasParameters(Bytes.wrap(digest).toString());
    }

    private static int loadNew(Tpm12Client tpm) {
        String keyInfo = OwnedTpm.keyInfo("0010", 0, "00000001 0001 0002 0000000c 00000200 00000002 00000000");
        Bytes made = OwnedTpm.createKey(tpm, ReservedHandle.SRK, KeptState.SRK, keyInfo);
        return tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(ReservedHandle.SRK)
                        .bytes(made)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KeptState.SRK).ending()))
                .isSuccess()
                .reader()
                .uint32();
    }

    private static void delegate(Tpm12Client tpm) {
        for (String step : new String[] {"00000000 00000001 00000001 66", "00000001 00000002 00000001 01"}) {
            tpm.send(Request.of(Ordinal.DELEGATE_MANAGE)
                            .hex(step)
                            .auth(tpm.oiap(KeptState.OWNER).ending()))
                    .isSuccess();
        }
        ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        Bytes blob = tpm.send(Request.of(Ordinal.DELEGATE_CREATE_OWNER_DELEGATION)
                        .u8(0)
                        .hex("001b 61" + ANY_PCR + "001a")
                        .u32(Delegations.OWNER_BITS)
                        .u32(1 << Ordinal.OWNER_READ_PUBEK.ownerPermission())
                        .hex("00000000 00000001 00000007")
                        .bytes(osap.encrypt(DELEGATE))
                        .auth(osap))
                .isSuccess()
                .parameters();
        tpm.send(Request.of(Ordinal.DELEGATE_LOAD_OWNER_DELEGATION)
                        .bytes(ROW)
                        .bytes(blob)
                        .auth(tpm.oiap(KeptState.OWNER).ending()))
                .isSuccess();
    }

    private static void lockArea(Tpm12Client tpm) {
        tpm.send(define(NvMemory.INDEX_LOCK, 0, 0, Bytes.zeros(20))).isSuccess();
        ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        tpm.send(define(INDEX, PERMISSIONS, 4, osap.encrypt(COUNTER)).auth(osap))
                .isSuccess();
        tpm.send(write(tpm, Bytes.hex("a0a1a2a3"))).isSuccess();
        tpm.send(write(tpm, Bytes.EMPTY)).isSuccess();
    }

    private static Request define(int index, int permissions, int size, Bytes encAuth) {
        return Request.of(Ordinal.NV_DEFINE_SPACE)
                .u16(0x18)
                .u32(index)
                .hex(ANY_PCR + ANY_PCR)
                .u16(0x17)
                .u32(permissions)
                .hex("000000")
                .u32(size)
                .bytes(encAuth);
    }

    private static Request write(Tpm12Client tpm, Bytes data) {
        return Request.of(Ordinal.NV_WRITE_VALUE)
                .u32(INDEX)
                .u32(0)
                .sized(data)
                .auth(tpm.oiap(KeptState.OWNER).ending());
    }

    private static Request createCounter(Tpm12Client tpm) {
        ClientSession osap = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        return Request.of(Ordinal.CREATE_COUNTER)
                .bytes(osap.encrypt(COUNTER))
                .hex("61626364")
                .auth(osap);
    }

    /** TPM_ALG_AES128, TPM_ES_SYM_CTR, with a log. */
    private static ClientTransport establish(Tpm12Client tpm) {
        Bytes publicKey = Bytes.hex("00000001 0003 0002 0000000c 00000400 00000002 00000000 00000080")
                .then(KeptState.LEGACY_MODULUS);
        byte[] message = new WireWriter().uint16(0x1D).octets(SECRET).toArray();
        Bytes encrypted =
                OwnedTpm.encrypt(Pubkey.unmarshal(WireReader.over(publicKey, TpmResult.WIRE_FAULTS)), message);
        WireReader in = tpm.send(Request.of(Ordinal.ESTABLISH_TRANSPORT)
                        .handle(KeptState.LEGACY_KEY)
                        .u16(0x1E)
                        .u32(TransportPublic.ENCRYPT | TransportPublic.LOG)
                        .u32(6)
                        .u16(4)
                        .sized(encrypted)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(KeptState.LEGACY).ending()))
                .isSuccess()
                .reader();
        int handle = in.uint32();
        in.skip(36);
        return new ClientTransport(handle, SECRET, 6, 4, in.octets(20));
    }

    private static Bytes save(Tpm12Client tpm, int handle, int type) {
        return tpm.send(Request.of(Ordinal.SAVE_CONTEXT)
                        .handle(handle)
                        .u32(type)
                        .bytes(LABEL))
                .isSuccess()
                .parameters();
    }

    private static Bytes keyContext(Tpm12Client tpm, int handle) {
        Bytes context = save(tpm, handle, ResourceType.KEY);
        tpm.send(Request.of(Ordinal.FLUSH_SPECIFIC).handle(handle).u32(ResourceType.KEY))
                .isSuccess();
        return context;
    }

    private static int loadContext(Tpm12Client tpm, boolean keepsHandle, Bytes context) {
        return tpm.send(Request.of(Ordinal.LOAD_CONTEXT)
                        .handle(0)
                        .u8(keepsHandle ? 1 : 0)
                        .bytes(context)
                        .undigestedResponse(4))
                .isSuccess()
                .reader()
                .uint32();
    }

    /** Reads the ticks, which go on; the nonce that names when they began. */
    private Bytes ticks(Tpm12Client tpm) {
        WireReader in = tpm.send(Request.of(Ordinal.GET_TICKS)).isSuccess().reader();
        in.skip(2);
        long now = in.uint64();
        assertTrue(now >= ticks, now + " ticks after " + ticks);
        ticks = now;
        in.skip(2);
        return in.bytes(20);
    }

    /** Goes on with everything. */
    void goOn(Tpm12Client tpm) {
        endHash(tpm);
        useSessions(tpm);
        byte[] extend = Request.of(Ordinal.EXTEND).u32(PCR).bytes(DIGEST).toArray();
        Bytes extended = transport.send(tpm, extend, 10, 10);
        assertEquals(0, WireReader.over(extended, TpmResult.WIRE_FAULTS).peekUint32(6));
        pcr = Hasher.digest(Digest.SHA1, pcr, DIGEST.toArray());
        tpm.send(Request.of(Ordinal.PCR_READ).u32(PCR))
                .hasParameters(Bytes.wrap(pcr).toString());
        int loaded = loadContext(tpm, false, keyContext);
        sign(tpm, loaded, oiap);
        keyContext = keyContext(tpm, loaded);
        loadContext(tpm, true, sessionContext);
        sign(tpm, KeptState.SIGNING_KEY, outside);
        sessionContext = save(tpm, outside.handle(), ResourceType.AUTH);
        count++;
        tpm.send(Request.of(Ordinal.INCREMENT_COUNTER)
                        .u32(0)
                        .auth(tpm.oiap(COUNTER).ending()))
                .hasParameters("000e 61626364 %08x".formatted(count));
        assertEquals(tickNonce, ticks(tpm));
        tpm.send(write(tpm, Bytes.hex("b0"))).hasCode(TpmResult.AREA_LOCKED);
        tpm.send(Request.of(Ordinal.NV_READ_VALUE_AUTH)
                        .u32(INDEX)
                        .u32(0)
                        .u32(4)
                        .auth(tpm.oiap(COUNTER).ending()))
                .hasParameters("00000004 a0a1a2a3");
        beginHash(tpm);
    }

    private void useSessions(Tpm12Client tpm) {
        sign(tpm, key, oiap);
        sign(tpm, key, osapOfKey);
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(osapOfOwner)).isSuccess();
        tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(dsap)).isSuccess();
    }

    private static void sign(Tpm12Client tpm, int key, ClientSession session) {
        tpm.send(Request.of(Ordinal.SIGN).handle(key).sized(DIGEST).auth(session))
                .isSuccess();
    }

    /** TPM_SaveState. */
    void save(Tpm12Client tpm) {
        endHash(tpm);
        tpm.send(Request.of(Ordinal.SAVE_STATE)).isSuccess();
    }

    /** TPM_Startup(ST_STATE), and what is answered to each client who goes on: not all of it is saved. */
    List<Integer> resume(Tpm12Client tpm) {
        List<Integer> codes = new ArrayList<>();
        codes.add(tpm.send(Request.of(Ordinal.STARTUP).u16(2)).code());
        for (ClientSession session : new ClientSession[] {oiap, osapOfKey}) {
            codes.add(
                    tpm.send(Request.of(Ordinal.SIGN).handle(key).sized(DIGEST).auth(session))
                            .code());
        }
        for (ClientSession session : new ClientSession[] {osapOfOwner, dsap}) {
            codes.add(
                    tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK).auth(session)).code());
        }
        byte[] extend = Request.of(Ordinal.EXTEND).u32(PCR).bytes(DIGEST).toArray();
        codes.add(WireReader.over(transport.send(tpm, extend, 10, 10), TpmResult.WIRE_FAULTS)
                .peekUint32(6));
        for (Bytes context : new Bytes[] {keyContext, sessionContext}) {
            codes.add(tpm.send(Request.of(Ordinal.LOAD_CONTEXT)
                            .handle(0)
                            .u8(0)
                            .bytes(context)
                            .undigestedResponse(4))
                    .code());
        }
        codes.add(tpm.send(write(tpm, Bytes.hex("b0"))).code());
        tpm.send(Request.of(Ordinal.PCR_READ).u32(PCR + 1)).hasParameters("00".repeat(20));
        return codes;
    }
}
