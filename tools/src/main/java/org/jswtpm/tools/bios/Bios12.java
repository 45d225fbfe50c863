package org.jswtpm.tools.bios;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/** The start of a TPM 1.2: Startup, then physical presence to enable and activate it. */
final class Bios12 {
    private static final short TAG = 0xC1;
    private static final int STARTUP = 0x99;
    private static final int PHYSICAL_PRESENCE = 0x4000000A;
    private static final int GET_CAPABILITY = 0x65;
    private static final int PHYSICAL_ENABLE = 0x6F;
    private static final int PHYSICAL_SET_DEACTIVATED = 0x72;
    private static final int CONTINUE_SELF_TEST = 0x53;

    private static final int CAP_FLAG = 4;
    private static final int CAP_FLAG_PERMANENT = 0x108;
    /** TPM_PERMANENT_FLAGS.deactivated in a response: behind header, size, tag and two flags. */
    private static final int DEACTIVATED = 10 + 4 + 2 + 2;

    private static final int CMD_ENABLE = 0x20;
    private static final int PRESENT = 0x08;
    private static final int NOT_PRESENT_AND_LOCK = 0x14;

    private final TpmClient tpm;
    private final PrintStream out;

    Bios12(TpmClient tpm, PrintStream out) {
        this.tpm = tpm;
        this.out = out;
    }

    /** Sends what is asked for; an error response stops nothing. Returns whether the TPM has to be reset. */
    boolean run(BiosArguments arguments) throws IOException {
        int startup = arguments.startup().tpm12();
        if (startup >= 0) {
            tpm.send("TPM_Startup(0x0" + startup + ")", command(STARTUP, uint16(startup)), TpmClient.SHORT);
        }
        if (arguments.isMore() && activate(arguments.isEnsureActivated())) {
            out.println("TPM requires a reset");
            return true;
        }
        if (arguments.isSelfTest()) {
            tpm.send("TPM_ContinueSelfTest", command(CONTINUE_SELF_TEST), TpmClient.LONG);
        }
        if (arguments.isUnassertPresence()) {
            presence("CMD_ENABLE", CMD_ENABLE);
            presence("NOT_PRESENT|LOCK", NOT_PRESENT_AND_LOCK);
        }
        return false;
    }

    /** Returns whether the TPM was deactivated, if that is to be known: it becomes active at its next reset. */
    private boolean activate(boolean ensure) throws IOException {
        presence("CMD_ENABLE", CMD_ENABLE);
        presence("PRESENT", PRESENT);
        boolean deactivated = ensure && isDeactivated();
        tpm.send("TPM_PhysicalEnable", command(PHYSICAL_ENABLE), TpmClient.SHORT);
        tpm.send("TPM_PhysicalSetDeactivated", command(PHYSICAL_SET_DEACTIVATED, (byte) 0), TpmClient.SHORT);
        return deactivated;
    }

    private boolean isDeactivated() throws IOException {
        byte[] body = ByteBuffer.allocate(12)
                .putInt(CAP_FLAG)
                .putInt(Integer.BYTES)
                .putInt(CAP_FLAG_PERMANENT)
                .array();
        byte[] response = tpm.send("TPM_GetCapability()", command(GET_CAPABILITY, body), TpmClient.SHORT);
        return response.length > DEACTIVATED && response[DEACTIVATED] != 0;
    }

    private void presence(String name, int flags) throws IOException {
        tpm.send("TSC_PhysicalPresence(" + name + ")", command(PHYSICAL_PRESENCE, uint16(flags)), TpmClient.SHORT);
    }

    private static byte[] uint16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private static byte[] command(int ordinal, byte... body) {
        return ByteBuffer.allocate(10 + body.length)
                .putShort(TAG)
                .putInt(10 + body.length)
                .putInt(ordinal)
                .put(body)
                .array();
    }
}
