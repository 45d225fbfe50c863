package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What the daemon is trained with: the way of a guest from the start of QEMU to its end, with the commands that firmware,
 * kernel and tpm2-tools send most. A class that is not used here is loaded without the cache, which costs its first user
 * a little time and nothing else.
 */
final class TrainingSession {
    private static final int GET_CAPABILITY = 0x01;
    private static final int GET_TPM_ESTABLISHED = 0x04;
    private static final int STORE_VOLATILE = 0x0A;
    private static final int SET_BUFFER_SIZE = 0x11;
    private static final int BUFFER_SIZE = 4096;

    private static final int OWNER = 0x40000001;
    private static final int NULL = 0x40000007;
    private static final int ALG_NULL = 0x0010;
    private static final int SHA1 = 0x0004;
    private static final int SHA256 = 0x000B;
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;
    private static final int RSA = 0x0001;
    private static final int ECC = 0x0023;
    private static final int NIST_P256 = 0x0003;
    private static final int KEYED_HASH = 0x0008;
    private static final int RESTRICTED_DECRYPTION_KEY = 0x00030072;
    private static final int SEALED = 0x00000052;
    private static final int NV_INDEX = 0x01500001;
    private static final int ROUNDS = 3;
    private static final int NV_TIMES = 300;
    private static final int TIMES = 3000;
    private static final int SESSION_EVERY = 10;

    private final Daemon daemon;

    private TrainingSession(Daemon daemon) {
        this.daemon = daemon;
    }

    static void run(Path socket, Process process) throws IOException {
        try (Daemon daemon = Daemon.connect(socket, process)) {
            new TrainingSession(daemon).run();
        }
    }

    /** What a running system sends, once, with an RSA key if one is wanted; for a daemon whose data channel is open. */
    static void mixed(Daemon daemon, boolean key) throws IOException {
        TrainingSession session = new TrainingSession(daemon);
        session.system();
        if (key) {
            session.flush(session.createPrimary(OWNER, rsaKey()));
        }
    }

    private void run() throws IOException {
        daemon.openDataChannel();
        execute(new TpmCommand(0x181)); // TPM2_ReadClock before CMD_INIT: how QEMU asks for the version
        daemon.control(GET_CAPABILITY);
        for (int round = 0; round < ROUNDS; round++) {
            daemon.stop();
            daemon.control(SET_BUFFER_SIZE, BUFFER_SIZE);
            daemon.init();
            firmware();
            daemon.control(GET_TPM_ESTABLISHED);
            system();
            execute(new TpmCommand(0x145).uint16(0)); // TPM2_Shutdown(CLEAR)
        }
        often();
        daemon.shutDown();
    }

    /**
     * Short commands, so often that the VM has a profile of their way to keep: a new process then compiles it sooner. Not the
     * arithmetic of RSA, which comes later with a profile than without.
     */
    private void often() throws IOException {
        daemon.stop();
        daemon.init();
        execute(new TpmCommand(0x144).uint16(0)); // TPM2_Startup(CLEAR)
        byte[] digest =
                new TpmCommand(0).uint32(1).uint16(SHA256).octets(new byte[32]).body();
        for (int i = 0; i < TIMES; i++) {
            execute(new TpmCommand(0x17B).uint16(32)); // TPM2_GetRandom
            execute(new TpmCommand(0x17E).octets(pcrSelection(7))); // TPM2_PCR_Read
            execute(new TpmCommand(0x182).authorized(10).octets(digest)); // TPM2_PCR_Extend
            if (i % SESSION_EVERY == 0) {
                session();
                execute(new TpmCommand(0x17A).uint32(6).uint32(0x100).uint32(64)); // TPM2_GetCapability
            }
        }
        for (int i = 0; i < NV_TIMES; i++) {
            nv();
            daemon.control(STORE_VOLATILE);
        }
    }

    private void firmware() throws IOException {
        execute(new TpmCommand(0x144).uint16(0)); // TPM2_Startup(CLEAR)
        execute(new TpmCommand(0x143).uint8(0)); // TPM2_SelfTest
        for (int property : new int[] {0x100, 0x200}) {
            execute(new TpmCommand(0x17A).uint32(6).uint32(property).uint32(64)); // TPM2_GetCapability
        }
        execute(new TpmCommand(0x17A).uint32(5).uint32(0).uint32(1)); // the PCR banks
        byte[] sha256 = new byte[32];
        byte[] digests = new TpmCommand(0)
                .uint32(2)
                .uint16(SHA1)
                .octets(new byte[20])
                .uint16(SHA256)
                .octets(sha256)
                .body();
        for (int pcr = 0; pcr < 8; pcr++) {
            execute(new TpmCommand(0x182).authorized(pcr).octets(digests)); // TPM2_PCR_Extend
            execute(new TpmCommand(0x17E).octets(pcrSelection(pcr))); // TPM2_PCR_Read
        }
        execute(new TpmCommand(0x121).authorized(0x4000000C).uint32(0x4000000C).uint8(1)); // TPM2_HierarchyControl
    }

    private void system() throws IOException {
        execute(new TpmCommand(0x17B).uint16(32)); // TPM2_GetRandom
        execute(new TpmCommand(0x17D).sized(new byte[64]).uint16(SHA256).uint32(NULL)); // TPM2_Hash
        int primary = createPrimary(NULL, eccKey());
        flush(primary);
        primary = createPrimary(OWNER, eccKey());
        execute(new TpmCommand(0x173).handle(primary)); // TPM2_ReadPublic
        seal(primary);
        session();
        flush(primary);
        nv();
    }

    private int createPrimary(int hierarchy, TpmCommand template) throws IOException {
        return handleOf(execute(new TpmCommand(0x131)
                .authorized(hierarchy)
                .sized(new byte[4])
                .sized(template.body())
                .uint16(0)
                .uint32(0)));
    }

    private static TpmCommand eccKey() {
        return parent(ECC).uint16(NIST_P256).uint16(ALG_NULL).uint32(0);
    }

    private static TpmCommand rsaKey() {
        return parent(RSA).uint16(2048).uint32(0).uint16(0);
    }

    /** The beginning of a storage key's template, up to what is special to its kind. */
    private static TpmCommand parent(int kind) {
        return new TpmCommand(0)
                .uint16(kind)
                .uint16(SHA256)
                .uint32(RESTRICTED_DECRYPTION_KEY)
                .uint16(0)
                .uint16(AES)
                .uint16(128)
                .uint16(CFB)
                .uint16(ALG_NULL);
    }

    private void seal(int parent) throws IOException {
        byte[] sensitive = new TpmCommand(0).uint16(0).sized(new byte[16]).body();
        byte[] template = new TpmCommand(0)
                .uint16(KEYED_HASH)
                .uint16(SHA256)
                .uint32(SEALED)
                .uint16(0)
                .uint16(ALG_NULL)
                .uint16(0)
                .body();
        ByteBuffer created = execute(new TpmCommand(0x153) // TPM2_Create
                .authorized(parent)
                .sized(sensitive)
                .sized(template)
                .uint16(0)
                .uint32(0));
        if (isSuccess(created)) {
            created.position(14);
            byte[] blobs = twoSized(created);
            int sealed =
                    handleOf(execute(new TpmCommand(0x157).authorized(parent).octets(blobs))); // TPM2_Load
            execute(new TpmCommand(0x15E).authorized(sealed)); // TPM2_Unseal
            flush(sealed);
        }
    }

    private void session() throws IOException {
        int session = handleOf(execute(new TpmCommand(0x176) // TPM2_StartAuthSession
                .handle(NULL)
                .handle(NULL)
                .sized(new byte[32])
                .uint16(0)
                .uint8(1)
                .uint16(ALG_NULL)
                .uint16(SHA256)));
        execute(new TpmCommand(0x17F).handle(session).uint16(0).octets(pcrSelection(7))); // TPM2_PolicyPCR
        execute(new TpmCommand(0x189).handle(session)); // TPM2_PolicyGetDigest
        flush(session);
    }

    private void nv() throws IOException {
        byte[] index = new TpmCommand(0)
                .uint32(NV_INDEX)
                .uint16(SHA256)
                .uint32(0x00040004)
                .uint16(0)
                .uint16(64)
                .body();
        execute(new TpmCommand(0x12A).authorized(OWNER).uint16(0).sized(index)); // TPM2_NV_DefineSpace
        TpmCommand write = new TpmCommand(0x137).authorized(NV_INDEX).handle(NV_INDEX);
        execute(write.sized(new byte[64]).uint16(0)); // TPM2_NV_Write
        TpmCommand read = new TpmCommand(0x14E).authorized(NV_INDEX).handle(NV_INDEX);
        execute(read.uint16(64).uint16(0)); // TPM2_NV_Read
        execute(new TpmCommand(0x169).handle(NV_INDEX)); // TPM2_NV_ReadPublic
        execute(new TpmCommand(0x122).authorized(OWNER).handle(NV_INDEX)); // TPM2_NV_UndefineSpace
    }

    private void flush(int handle) throws IOException {
        execute(new TpmCommand(0x165).uint32(handle)); // TPM2_FlushContext
    }

    private static byte[] pcrSelection(int pcr) {
        return new TpmCommand(0)
                .uint32(1)
                .uint16(SHA256)
                .uint8(3)
                .uint8(1 << pcr)
                .uint16(0)
                .body();
    }

    /** The two TPM2Bs that begin at the buffer's position. */
    private static byte[] twoSized(ByteBuffer answer) {
        int start = answer.position();
        for (int i = 0; i < 2; i++) {
            int size = answer.getShort() & 0xffff;
            answer.position(answer.position() + size);
        }
        byte[] both = new byte[answer.position() - start];
        answer.get(start, both);
        return both;
    }

    private static boolean isSuccess(ByteBuffer answer) {
        return answer.getInt(6) == 0;
    }

    private static int handleOf(ByteBuffer answer) {
        return isSuccess(answer) ? answer.getInt(10) : 0;
    }

    private ByteBuffer execute(TpmCommand command) throws IOException {
        return daemon.execute(command.toBytes());
    }
}
