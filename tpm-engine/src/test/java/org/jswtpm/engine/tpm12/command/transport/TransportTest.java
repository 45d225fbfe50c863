package org.jswtpm.engine.tpm12.command.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTH2FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_SCHEME;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_AUTHHANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NO_WRAP_TRANSPORT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.SHA_THREAD;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.crypto.RsaSignature;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.Reply;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.SameAsSwtpm12;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;
import org.junit.jupiter.api.Test;

/** TPM_EstablishTransport, TPM_ExecuteTransport, TPM_ReleaseTransportSigned. */
class TransportTest {
    private static final byte[] SECRET = "secret of a session!".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_HANDLE = 10;
    private static final int WITH_HANDLE = 14;

    private static Request establish(int attributes, int algorithm, int scheme) {
        return Request.of(Ordinal.ESTABLISH_TRANSPORT)
                .handle(ReservedHandle.TRANSPORT)
                .u16(0x1E)
                .u32(attributes)
                .u32(algorithm)
                .u16(scheme)
                .sized(Bytes.copyOf(SECRET))
                .undigestedResponse(4);
    }

    private static Request establishEncrypted(Tpm12Client tpm, int attributes, int algorithm, int scheme) {
        byte[] message = new WireWriter().uint16(0x1D).octets(SECRET).toArray();
        RsaPublicKey key = RsaPublicKey.of(KeptState.LEGACY_MODULUS.toArray(), 0);
        byte[] label = "TCPA".getBytes(StandardCharsets.US_ASCII);
        byte[] encrypted = RsaEncryption.encryptOaep(key, Digest.SHA1, label, message, new Random(3)::nextBytes)
                .orElseThrow();
        return Request.of(Ordinal.ESTABLISH_TRANSPORT)
                .handle(KeptState.LEGACY_KEY)
                .u16(0x1E)
                .u32(attributes | TransportPublic.ENCRYPT)
                .u32(algorithm)
                .u16(scheme)
                .sized(Bytes.wrap(encrypted))
                .undigestedResponse(4)
                .auth(tpm.oiap(KeptState.LEGACY).ending());
    }

    private static ClientTransport session(Reply established, int algorithm, int scheme) {
        WireReader in = established.isSuccess().reader();
        int handle = in.uint32();
        in.skip(36);
        return new ClientTransport(handle, SECRET, algorithm, scheme, in.octets(20));
    }

    private static ClientTransport session(Tpm12Client tpm, int attributes) {
        return session(tpm.send(establish(attributes, 0, 0)), 0, 0);
    }

    private static byte[] extend(int pcr) {
        return Request.of(Ordinal.EXTEND).u32(pcr).bytes(Bytes.copyOf(SECRET)).toArray();
    }

    private static int code(Bytes response) {
        return WireReader.over(response, TpmResult.WIRE_FAULTS).peekUint32(6);
    }

    @Test
    void runsEncryptedCommands() {
        for (int[] kind : new int[][] {{7, 1}, {6, 4}, {6, 5}}) {
            Tpm12Fixture tpm = KeptState.started();
            ClientTransport transport =
                    session(tpm.send(establishEncrypted(tpm, 0, kind[0], kind[1])), kind[0], kind[1]);
            assertEquals(0, code(transport.send(tpm, extend(10), NO_HANDLE, NO_HANDLE)));
            Bytes read =
                    transport.send(tpm, Request.of(Ordinal.PCR_READ).u32(10).toArray(), NO_HANDLE, NO_HANDLE);
            byte[] expected = Hasher.digest(Digest.SHA1, new byte[20], SECRET);
            assertArrayEquals(expected, read.slice(10, 20).toArray());
        }
    }

    @Test
    void answersFaultsOfEstablishing() {
        Tpm12Fixture tpm = KeptState.started();
        tpm.send(establish(TransportPublic.ENCRYPT, 7, 1)).hasCode(BAD_SCHEME);
        tpm.send(establishEncrypted(tpm, 0, 7, 4)).hasCode(INAPPROPRIATE_ENC);
        tpm.send(establishEncrypted(tpm, 0, 6, 1)).hasCode(INAPPROPRIATE_ENC);
        tpm.send(establishEncrypted(tpm, 0, 8, 4)).hasCode(BAD_KEY_PROPERTY);
    }

    @Test
    void answersFaultsOfExecuting() {
        Tpm12Fixture tpm = KeptState.started();
        ClientTransport unknown = new ClientTransport(1, SECRET, 0, 0, new byte[20]);
        assertEquals(INVALID_AUTHHANDLE.value(), code(unknown.send(tpm, extend(1), NO_HANDLE, NO_HANDLE)));
        ClientTransport wrong = new ClientTransport(session(tpm, 0).handle(), KeptState.OWNER, 0, 0, new byte[20]);
        assertEquals(AUTH2FAIL.value(), code(wrong.send(tpm, extend(1), NO_HANDLE, NO_HANDLE)));
        byte[] nested = establish(0, 0, 0).toArray();
        assertEquals(NO_WRAP_TRANSPORT.value(), code(session(tpm, 0).send(tpm, nested, WITH_HANDLE, NO_HANDLE)));
        byte[] truncated = Arrays.copyOf(extend(1), 12);
        assertEquals(BAD_PARAM_SIZE.value(), code(session(tpm, 0).send(tpm, truncated, NO_HANDLE, NO_HANDLE)));
    }

    @Test
    void theExclusiveSessionEndsWithTheNextCommandOfOthers() {
        Tpm12Fixture tpm = KeptState.started();
        ClientTransport transport = session(tpm, TransportPublic.EXCLUSIVE);
        assertEquals(0, code(transport.send(tpm, extend(10), NO_HANDLE, NO_HANDLE)));
        tpm.send(Request.of(Ordinal.GET_TICKS)).isSuccess();
        assertEquals(INVALID_AUTHHANDLE.value(), code(transport.send(tpm, extend(10), NO_HANDLE, NO_HANDLE)));
    }

    @Test
    void theSha1ThreadBelongsToItsSession() {
        Tpm12Fixture tpm = KeptState.started();
        ClientTransport transport = session(tpm, 0);
        byte[] start = Request.of(Ordinal.SHA1_START).toArray();
        byte[] complete =
                Request.of(Ordinal.SHA1_COMPLETE).sized(Bytes.hex("00")).toArray();
        assertEquals(0, code(transport.send(tpm, start, NO_HANDLE, NO_HANDLE)));
        assertEquals(0, code(transport.send(tpm, complete, NO_HANDLE, NO_HANDLE)));
        assertEquals(0, code(transport.send(tpm, start, NO_HANDLE, NO_HANDLE)));
        tpm.send(Request.of(Ordinal.SHA1_COMPLETE).sized(Bytes.hex("00"))).hasCode(SHA_THREAD);
    }

    /** The log is computed here from what the specification says is in it. */
    @Test
    void signsItsLog() {
        Tpm12Fixture tpm = KeptState.started();
        Reply established = tpm.send(establish(TransportPublic.LOG, 0, 0));
        ClientTransport transport = session(established, 0, 0);
        Bytes ticks = established.parameters().slice(8, 32);
        byte[] in = Hasher.digest(
                Digest.SHA1,
                Bytes.hex("000000e6 001e 00000002 00000000 0000 00000014").toArray(),
                SECRET);
        byte[] out = Hasher.digest(
                Digest.SHA1,
                Bytes.hex("00000000 000000e6 00000000").toArray(),
                ticks.toArray(),
                established.parameters().slice(40, 20).toArray());
        byte[] log = logOut(logIn(new byte[20], in), out, ticks);
        transport.send(tpm, extend(10), NO_HANDLE, NO_HANDLE);
        log = logIn(log, Hasher.digest(Digest.SHA1, Arrays.copyOfRange(extend(10), 6, 34)));
        log = logOut(log, transport.wrappedDigest(), ticks);
        Reply released = release(tpm, transport);
        byte[] digest = Hasher.digest(Digest.SHA1, Bytes.hex("000000e8").toArray(), new byte[20]);
        log = logOut(log, digest, ticks);
        byte[] signed = Hasher.digest(
                Digest.SHA1,
                Bytes.hex("0005 5452414e").toArray(),
                new byte[20],
                Bytes.hex("00000014").toArray(),
                log);
        byte[] signature = released.parameters().slice(40, 128).toArray();
        RsaPublicKey key = RsaPublicKey.of(KeptState.SIGNING_MODULUS.toArray(), 0);
        assertTrue(RsaSignature.verifyPkcs1(key, Digest.SHA1, signed, signature));
        assertEquals(INVALID_AUTHHANDLE.value(), code(transport.send(tpm, extend(1), NO_HANDLE, NO_HANDLE)));
    }

    private static Reply release(Tpm12Client tpm, ClientTransport transport) {
        Request request = Request.of(Ordinal.RELEASE_TRANSPORT_SIGNED)
                .handle(KeptState.SIGNING_KEY)
                .bytes(Bytes.zeros(20))
                .auth(tpm.oiap(KeptState.SIGNING));
        byte[] digest = Hasher.digest(Digest.SHA1, Bytes.hex("000000e8").toArray(), new byte[20]);
        byte[] octets = Bytes.wrap(request.toArray())
                .then(transport.authorization(digest))
                .toArray();
        octets[1] = (byte) 0xC3;
        octets[5] = (byte) octets.length;
        return Reply.of(tpm.exchange(octets));
    }

    private static byte[] logIn(byte[] log, byte[] parameters) {
        return Hasher.digest(Digest.SHA1, log, Bytes.hex("0010").toArray(), parameters, new byte[20]);
    }

    private static byte[] logOut(byte[] log, byte[] parameters, Bytes ticks) {
        return Hasher.digest(Digest.SHA1, log, Bytes.hex("0011").toArray(), ticks.toArray(), parameters, new byte[4]);
    }

    @SameAsSwtpm12
    void answersLikeSwtpm() throws Exception {
        KeptState.compare(tpm -> {
            for (int attributes = 0; attributes < 8; attributes++) {
                tpm.noteCode(establish(attributes, 7, 1));
                tpm.noteCode(establishEncrypted(tpm, attributes, 7, 1));
            }
            for (int algorithm = 0; algorithm < 11; algorithm++) {
                for (int scheme = 0; scheme < 6; scheme++) {
                    play(tpm, algorithm, scheme);
                }
            }
        });
    }

    private static void play(KeptState.Transcript tpm, int algorithm, int scheme) {
        Request establish = establishEncrypted(tpm, TransportPublic.LOG, algorithm, scheme);
        Reply established = tpm.noteCode(establish);
        if (established.code() != 0) {
            return;
        }
        ClientTransport transport = session(established, algorithm, scheme);
        Request read = Request.of(Ordinal.PCR_READ).u32(10);
        tpm.note(read, transport.send(tpm, extend(10), NO_HANDLE, NO_HANDLE));
        tpm.note(read, transport.send(tpm, read.toArray(), NO_HANDLE, NO_HANDLE));
        tpm.note(read, transport.send(tpm, Request.of(Ordinal.PCR_READ).u32(30).toArray(), NO_HANDLE, NO_HANDLE));
        tpm.note(
                read,
                transport.send(tpm, Request.of(Ordinal.GET_CAPABILITY_SIGNED).toArray(), NO_HANDLE, NO_HANDLE));
        byte[] stamp = Request.of(Ordinal.TICK_STAMP_BLOB)
                .handle(KeptState.SIGNING_KEY)
                .bytes(Bytes.zeros(40))
                .toArray();
        tpm.note(read, transport.send(tpm, stamp, WITH_HANDLE, NO_HANDLE));
        tpm.note(read, code(transport.send(tpm, Request.of(Ordinal.OIAP).toArray(), NO_HANDLE, 34)));
        byte[] osap = Request.of(Ordinal.OSAP)
                .u16(EntityType.OWNER)
                .u32(0)
                .bytes(Bytes.zeros(20))
                .toArray();
        tpm.note(read, code(transport.send(tpm, osap, 36, 54)));
        Reply released = release(tpm, transport);
        tpm.note(read, released.code() + " " + released.octets().size());
        tpm.note(read, code(transport.send(tpm, extend(10), NO_HANDLE, NO_HANDLE)));
        tpm.send(Request.of(Ordinal.RESET));
    }
}
