package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.ECC_SIGN;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.ECC_STORAGE;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.HMAC_KEY;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.RSA_STORAGE;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.SEALED;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.create;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createAndLoad;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.load;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.readPublic;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.unseal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests.Created;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;

/** Fills a TPM with what a volatile state carries, and uses it all; what it says of the TPM holds after a move too. */
final class BusyTpm {
    private static final Handle ORDERLY = new Handle(0x0180_0011);
    private static final Handle ORDERLY_COUNTER = new Handle(0x0180_0012);
    private static final Handle LOCKED = new Handle(0x0180_0013);
    private static final String PASSWORD = "70617373";
    private static final String SEQUENCE_AUTH = "a1";
    /** PCRs 7 and 16 of SHA-256. */
    private static final String PCR_SELECTION = "00000001 000b 03 800001";

    /** With P-256: the key follows from a nonce and a counter that both are part of the state. */
    private static final TestCommand EPHEMERAL =
            TestCommand.of(CommandCode.EC_EPHEMERAL).parameters("0003");

    private ClientSession hmacSession;
    private ClientSession policySession;
    private Bytes policyDigest;
    private Bytes savedSession;
    private Bytes savedObject;
    private Created child;
    private Handle[] handles;

    /** Loads keys and sealed data; has sessions, loaded and saved. */
    void loadObjects(TpmClient tpm) {
        Handle parent = tpm.send(createPrimary(Handle.OWNER, RSA_STORAGE)).handle();
        child = Created.of(tpm.send(create(parent, ECC_SIGN, PASSWORD, "")));
        Handle data = createAndLoad(tpm, parent, SEALED, PASSWORD, "73656372657473");
        savedObject = contextSave(tpm, data);
        Handle hmacKey = createAndLoad(tpm, parent, HMAC_KEY, PASSWORD, "");
        handles = new Handle[] {parent, data, hmacKey};
    }

    /** Uses what {@link #loadObjects} has loaded, and leaves it as it was. */
    void useObjects(TpmClient tpm) {
        for (Handle handle : handles) {
            tpm.send(readPublic(handle)).isSuccess();
        }
        tpm.send(unseal(handles[1], PASSWORD)).hasParameters("0007 73656372657473");
        tpm.send(TestCommand.of(CommandCode.HMAC)
                        .handle(handles[2])
                        .password(PASSWORD)
                        .parameters("0003 616263 0010"))
                .isSuccess();
        tpm.send(flush(handles[1])).isSuccess();
        handles[1] = tpm.send(load(handles[0], child)).handle();
        tpm.send(readPublic(handles[1])).isSuccess();
        tpm.send(flush(handles[1])).isSuccess();
        handles[1] = tpm.send(TestCommand.of(CommandCode.CONTEXT_LOAD).parameters(savedObject))
                .handle();
        savedObject = contextSave(tpm, handles[1]);
    }

    /** Has sequences of each kind that a saved state knows. */
    void startSequences(TpmClient tpm) {
        Handle key = tpm.send(createPrimary(Handle.NULL, HMAC_KEY)).handle();
        Handle mac = tpm.send(TestCommand.of(CommandCode.HMAC_START)
                        .handle(key)
                        .password("")
                        .sized(Bytes.hex(SEQUENCE_AUTH))
                        .parameters("0010"))
                .handle();
        tpm.send(flush(key)).isSuccess();
        Handle hash = start(tpm, "000d");
        Handle event = start(tpm, "0010");
        handles = new Handle[] {mac, hash, event};
        update(tpm);
    }

    /** Goes on with the sequences, ends them, and begins others. */
    void useSequences(TpmClient tpm) {
        update(tpm);
        for (int i = 0; i < 2; i++) {
            tpm.send(sequence(CommandCode.SEQUENCE_COMPLETE, handles[i]).parameters("0003 616263 40000007"))
                    .isSuccess();
        }
        tpm.send(TestCommand.of(CommandCode.EVENT_SEQUENCE_COMPLETE)
                        .handle(new Handle(16))
                        .handle(handles[2])
                        .password("")
                        .password(SEQUENCE_AUTH)
                        .parameters("0001 65"))
                .isSuccess();
        startSequences(tpm);
    }

    private void update(TpmClient tpm) {
        for (Handle handle : handles) {
            tpm.send(sequence(CommandCode.SEQUENCE_UPDATE, handle).sized(Bytes.hex("5a".repeat(131))))
                    .isSuccess();
        }
    }

    private static Handle start(TpmClient tpm, String algorithm) {
        return tpm.send(TestCommand.of(CommandCode.HASH_SEQUENCE_START)
                        .sized(Bytes.hex(SEQUENCE_AUTH))
                        .parameters(algorithm))
                .handle();
    }

    private static TestCommand sequence(CommandCode code, Handle handle) {
        return TestCommand.of(code).handle(handle, Bytes.EMPTY).password(SEQUENCE_AUTH);
    }

    /** Has an exclusive audit session that is bound and encrypts, a policy session, and a session that is saved. */
    void startSessions(TpmClient tpm) {
        hmacSession = tpm.startSession(0, Digest.SHA256, Handle.OWNER, Bytes.EMPTY, 128);
        policySession = tpm.startSession(1, Digest.SHA384, Handle.NULL, Bytes.EMPTY, 0);
        policy(tpm, CommandCode.POLICY_AUTH_VALUE, "");
        policy(tpm, CommandCode.POLICY_COMMAND_CODE, "0000017b");
        policy(tpm, CommandCode.POLICY_PCR, "0000" + PCR_SELECTION);
        policyDigest = policyDigest(tpm);
        Handle other =
                tpm.startSession(0, Digest.SHA1, Handle.NULL, Bytes.EMPTY, 0).handle();
        savedSession = contextSave(tpm, other);
        random(tpm);
    }

    /** Uses the sessions; the audit session stays exclusive. */
    void useSessions(TpmClient tpm) {
        random(tpm);
        assertEquals(policyDigest, policyDigest(tpm));
        policy(tpm, CommandCode.POLICY_LOCALITY, "0f");
        policyDigest = policyDigest(tpm);
        Handle loaded = tpm.send(TestCommand.of(CommandCode.CONTEXT_LOAD).parameters(savedSession))
                .handle();
        savedSession = contextSave(tpm, loaded);
        tpm.send(capability(0x0200_0000)).isSuccess();
        tpm.send(capability(0x0300_0000)).isSuccess();
        random(tpm);
    }

    private void policy(TpmClient tpm, CommandCode code, String parameters) {
        tpm.send(TestCommand.of(code).handle(policySession.handle()).parameters(parameters))
                .isSuccess();
    }

    private Bytes policyDigest(TpmClient tpm) {
        return tpm.send(TestCommand.of(CommandCode.POLICY_GET_DIGEST).handle(policySession.handle()))
                .parameters();
    }

    private void random(TpmClient tpm) {
        hmacSession.attributes(ClientSession.CONTINUE | ClientSession.AUDIT | ClientSession.ENCRYPT);
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).session(hmacSession).parameters("0010"))
                .isSuccess();
    }

    /** TPM_CAP_HANDLES, from this handle on. */
    private static TestCommand capability(int first) {
        return TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000001 %08x 00000010".formatted(first));
    }

    /** Changes what is no object and no session. */
    void changeRooms(TpmClient tpm) {
        define(tpm, ORDERLY, "06060006", 16);
        define(tpm, ORDERLY_COUNTER, "04060016", 8);
        define(tpm, LOCKED, "80064006", 8);
        tpm.send(byOwner(CommandCode.NV_WRITE, ORDERLY).parameters("0003 616263 0001"))
                .isSuccess();
        tpm.send(byOwner(CommandCode.NV_INCREMENT, ORDERLY_COUNTER)).isSuccess();
        tpm.send(byOwner(CommandCode.NV_WRITE, LOCKED).parameters("0008 0001020304050607 0000"))
                .isSuccess();
        tpm.send(byOwner(CommandCode.NV_READ_LOCK, LOCKED)).isSuccess();
        extend(tpm);
        byOwner(tpm, CommandCode.SET_COMMAND_CODE_AUDIT_STATUS, "0010 00000001 0000017b 00000000");
        byOwner(tpm, CommandCode.CLOCK_RATE_ADJUST, "01");
        tpm.send(TestCommand.of(CommandCode.PCR_ALLOCATE)
                        .handle(Handle.PLATFORM)
                        .password("")
                        .parameters("00000001 0004 03 000000"))
                .isSuccess();
        tpm.send(EPHEMERAL).isSuccess();
        hierarchy(tpm, Handle.ENDORSEMENT, "00");
        tpm.send(TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                        .handle(Handle.PLATFORM)
                        .password("")
                        .sized(Bytes.hex(PASSWORD)))
                .isSuccess();
        tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0010")).isSuccess();
    }

    /** Looks at all of that, and changes it further. */
    void useRooms(TpmClient tpm) {
        tpm.send(byOwner(CommandCode.NV_READ, ORDERLY).parameters("0003 0001")).hasParameters("0003 616263");
        tpm.send(byOwner(CommandCode.NV_READ, ORDERLY_COUNTER).parameters("0008 0000"))
                .isSuccess();
        tpm.send(byOwner(CommandCode.NV_INCREMENT, ORDERLY_COUNTER)).isSuccess();
        tpm.send(byOwner(CommandCode.NV_READ, LOCKED).parameters("0008 0000"));
        tpm.send(TestCommand.of(CommandCode.NV_READ_PUBLIC).handle(LOCKED)).isSuccess();
        extend(tpm);
        tpm.send(EPHEMERAL).isSuccess();
        tpm.send(TestCommand.of(CommandCode.PCR_READ).parameters(PCR_SELECTION)).isSuccess();
        tpm.send(TestCommand.of(CommandCode.PCR_READ).parameters("00000001 0004 03 ffffff"))
                .isSuccess();
        tpm.send(createPrimary(Handle.ENDORSEMENT, ECC_STORAGE));
        Handle key = tpm.send(createPrimary(Handle.NULL, ECC_STORAGE)).handle();
        tpm.send(flush(key)).isSuccess();
        byPlatform(tpm, CommandCode.PCR_ALLOCATE, "00000001 000c 03 000000");
        tpm.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000005 00000000 00000001"))
                .isSuccess();
        tpm.send(TestCommand.of(CommandCode.GET_CAPABILITY).parameters("00000006 0000020a 00000040"))
                .isSuccess();
    }

    private static void extend(TpmClient tpm) {
        for (int pcr : new int[] {7, 16}) {
            tpm.send(TestCommand.of(CommandCode.PCR_EXTEND)
                            .handle(new Handle(pcr))
                            .password("")
                            .parameters("00000002 000b" + "07".repeat(32) + "0004" + "08".repeat(20)))
                    .isSuccess();
        }
    }

    private static void define(TpmClient tpm, Handle index, String attributes, int size) {
        tpm.send(TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                        .handle(Handle.OWNER)
                        .password("")
                        .parameters("0000")
                        .sized(Bytes.hex("%08x 000b %s 0000 %04x".formatted(index.value(), attributes, size))))
                .isSuccess();
    }

    private static TestCommand byOwner(CommandCode code, Handle index) {
        return TestCommand.of(code).handle(Handle.OWNER).handle(index).password("");
    }

    private static void byOwner(TpmClient tpm, CommandCode code, String parameters) {
        tpm.send(TestCommand.of(code).handle(Handle.OWNER).password("").parameters(parameters))
                .isSuccess();
    }

    private static void byPlatform(TpmClient tpm, CommandCode code, String parameters) {
        tpm.send(TestCommand.of(code).handle(Handle.PLATFORM).password(PASSWORD).parameters(parameters))
                .isSuccess();
    }

    private static void hierarchy(TpmClient tpm, Handle hierarchy, String state) {
        tpm.send(TestCommand.of(CommandCode.HIERARCHY_CONTROL)
                        .handle(Handle.PLATFORM)
                        .password("")
                        .parameters(hierarchy.asName())
                        .parameters(state))
                .isSuccess();
    }

    private static Bytes contextSave(TpmClient tpm, Handle handle) {
        return tpm.send(TestCommand.of(CommandCode.CONTEXT_SAVE).handle(handle)).parameters();
    }
}
