package org.jswtpm.tools.bios;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jswtpm.tools.process.KernelRandom;

/** The start of a TPM 2.0: Startup, and on demand a self-test and the end of the platform hierarchy's empty password. */
final class Bios2 {
    private static final short NO_SESSIONS = (short) 0x8001;
    private static final short SESSIONS = (short) 0x8002;
    private static final int STARTUP = 0x144;
    private static final int INCREMENTAL_SELF_TEST = 0x142;
    private static final int HIERARCHY_CHANGE_AUTH = 0x129;
    private static final int RH_PLATFORM = 0x4000000C;
    private static final int RS_PW = 0x40000009;
    private static final short SHA256 = 0x000B;
    private static final int PASSWORD_SIZE = 20;
    /** An empty password: handle, nonce, attributes, HMAC. */
    private static final int AUTHORIZATION_SIZE = 9;

    private final TpmClient tpm;

    Bios2(TpmClient tpm) {
        this.tpm = tpm;
    }

    /** Sends what is asked for; an error response stops nothing. */
    void run(BiosArguments arguments) throws IOException {
        int startup = arguments.startup().tpm2();
        if (startup >= 0) {
            byte[] command =
                    header(12, NO_SESSIONS, STARTUP).putShort((short) startup).array();
            tpm.send("TPM2_Startup", command, TpmClient.SHORT);
        }
        if (arguments.isSelfTest()) {
            byte[] command = header(16, NO_SESSIONS, INCREMENTAL_SELF_TEST)
                    .putInt(1)
                    .putShort(SHA256)
                    .array();
            tpm.send("TPM2_IncrementalSelfTest", command, TpmClient.SHORT);
        }
        if (arguments.isUnassertPresence()) {
            byte[] password = randomPassword();
            byte[] command = changePlatformAuth(password);
            tpm.send("TPM2_HierarchyChangeAuth", command, TpmClient.SHORT);
            Arrays.fill(password, (byte) 0);
            Arrays.fill(command, (byte) 0);
        }
    }

    /** Nobody learns it: the platform hierarchy stays closed until the next reset. */
    private static byte[] randomPassword() {
        byte[] password = new byte[PASSWORD_SIZE];
        KernelRandom.fill(password);
        return password;
    }

    private static byte[] changePlatformAuth(byte[] password) {
        return header(10 + 4 + 4 + AUTHORIZATION_SIZE + 2 + PASSWORD_SIZE, SESSIONS, HIERARCHY_CHANGE_AUTH)
                .putInt(RH_PLATFORM)
                .putInt(AUTHORIZATION_SIZE)
                .putInt(RS_PW)
                .putShort((short) 0)
                .put((byte) 1)
                .putShort((short) 0)
                .putShort((short) PASSWORD_SIZE)
                .put(password)
                .array();
    }

    private static ByteBuffer header(int size, short tag, int code) {
        return ByteBuffer.allocate(size).putShort(tag).putInt(size).putInt(code);
    }
}
