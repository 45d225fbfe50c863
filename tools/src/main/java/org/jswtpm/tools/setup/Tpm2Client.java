package org.jswtpm.tools.setup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The commands of TPM 2.0 that manufacture a TPM, all authorized by empty passwords. */
final class Tpm2Client {
    static final int RH_OWNER = 0x40000001;
    static final int RH_ENDORSEMENT = 0x4000000B;

    private static final int RH_PLATFORM = 0x4000000C;
    private static final int RS_PW = 0x40000009;
    private static final int NO_SESSIONS = 0x8001;
    private static final int SESSIONS = 0x8002;
    /** A password session: handle, empty nonce, attributes, empty HMAC. */
    private static final int AUTHORIZATION_SIZE = 9;

    private static final int EVICT_CONTROL = 0x120;
    private static final int NV_DEFINE_SPACE = 0x12A;
    private static final int PCR_ALLOCATE = 0x12B;
    private static final int CREATE_PRIMARY = 0x131;
    private static final int NV_WRITE = 0x137;
    private static final int NV_WRITE_LOCK = 0x138;
    private static final int SHUTDOWN = 0x145;
    private static final int FLUSH_CONTEXT = 0x165;
    private static final int GET_CAPABILITY = 0x17A;

    private static final int CAP_PCRS = 5;
    private static final int CAP_TPM_PROPERTIES = 6;
    private static final int PT_MANUFACTURER = 0x105;
    private static final int ALG_SHA256 = 0x000B;
    /** PLATFORMCREATE, NO_DA, AUTHREAD, OWNERREAD, PPREAD, WRITEDEFINE, PPWRITE. */
    private static final int NV_ATTRIBUTES = 0x42072001;

    private static final int NV_CHUNK = 1024;
    /** TPM_RC_VALUE of parameter 2: among others, a key size that the profile does not have. */
    private static final int RC_VALUE_2 = 0x2C4;

    private final SetupTpm tpm;

    Tpm2Client(SetupTpm tpm) {
        this.tpm = tpm;
    }

    /** Writes the parameters of a command. */
    private interface Parameters {
        void write(DataOutputStream out) throws IOException;
    }

    /** TPM2_CreatePrimary. */
    CreatedKey createPrimary(int hierarchy, KeyAlgorithm algorithm, KeyTemplate template) throws SetupException {
        String name = "TPM2_CreatePrimary(" + (algorithm.isRsa() ? "RSA" : "ECC") + ")";
        byte[] response = transmit(CREATE_PRIMARY, new int[] {hierarchy}, out -> {
            out.writeShort(4); // TPMS_SENSITIVE_CREATE: no auth value, no data
            out.writeInt(0);
            out.writeShort(template.octets().length);
            out.write(template.octets());
            out.writeShort(0); // outside information
            out.writeInt(0); // creation PCRs
        });
        int code = codeOf(response);
        if (code == RC_VALUE_2 && algorithm.isRsa()) {
            throw new SetupException(complaint(name, code) + "\n>> Is RSA-" + algorithm.parameter()
                    + " supported by the profile? RSA-" + algorithm.parameter() + " needs 'default-v2'.<<");
        }
        check(name, code);
        return CreatedKey.of(response, algorithm);
    }

    /** TPM2_EvictControl: makes an object persistent. */
    void evictControl(int handle, int persistent) throws SetupException {
        send("TPM2_EvictControl", EVICT_CONTROL, new int[] {RH_OWNER, handle}, out -> out.writeInt(persistent));
    }

    /** TPM2_FlushContext. */
    void flushContext(int handle) throws SetupException {
        send("TPM2_FlushContext", FLUSH_CONTEXT, null, out -> out.writeInt(handle));
    }

    /** TPM2_NV_DefineSpace and TPM2_NV_Write: an Index that everybody reads and the platform alone writes. */
    void writeNv(int index, byte[] data) throws SetupException {
        send("TPM2_NV_DefineSpace", NV_DEFINE_SPACE, new int[] {RH_PLATFORM}, out -> {
            out.writeShort(0); // no auth value
            out.writeShort(14);
            out.writeInt(index);
            out.writeShort(ALG_SHA256);
            out.writeInt(NV_ATTRIBUTES);
            out.writeShort(0); // no policy
            out.writeShort(data.length);
        });
        for (int offset = 0; offset < data.length; offset += NV_CHUNK) {
            byte[] chunk = Arrays.copyOfRange(data, offset, Math.min(data.length, offset + NV_CHUNK));
            int start = offset;
            send("TPM2_NV_Write", NV_WRITE, new int[] {RH_PLATFORM, index}, out -> {
                out.writeShort(chunk.length);
                out.write(chunk);
                out.writeShort(start);
            });
        }
    }

    /** TPM2_NV_WriteLock. */
    void lockNv(int index) throws SetupException {
        send("TPM2_NV_WriteLock", NV_WRITE_LOCK, new int[] {RH_PLATFORM, index}, out -> {});
    }

    /** TPM2_GetCapability(TPM_CAP_PCRS): the algorithms of all PCR banks. */
    List<Integer> pcrBanks() throws SetupException {
        ByteBuffer in = ByteBuffer.wrap(capability(CAP_PCRS, 0, 64));
        List<Integer> banks = new ArrayList<>();
        try {
            in.position(15);
            for (int count = in.getInt(); count > 0; count--) {
                banks.add(in.getShort() & 0xffff);
                in.position(in.position() + 1 + (in.get(in.position()) & 0xff));
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new SetupException("Response from TPM2_GetCapability is too short!");
        }
        return banks;
    }

    /** TPM2_PCR_Allocate: all PCRs in these banks, and none in the others. */
    void allocatePcrs(List<Integer> active, List<Integer> all) throws SetupException {
        List<Integer> inactive = new ArrayList<>(all);
        inactive.removeAll(active);
        send("TPM2_PCR_Allocate", PCR_ALLOCATE, new int[] {RH_PLATFORM}, out -> {
            out.writeInt(active.size() + inactive.size());
            writeBanks(out, active, 0xff);
            writeBanks(out, inactive, 0);
        });
    }

    private static void writeBanks(DataOutputStream out, List<Integer> banks, int select) throws IOException {
        for (int bank : banks) {
            out.writeShort(bank);
            out.writeByte(3);
            for (int i = 0; i < 3; i++) {
                out.writeByte(select);
            }
        }
    }

    /** TPM_PT_MANUFACTURER, four letters. */
    String manufacturer() throws SetupException {
        byte[] response = capability(CAP_TPM_PROPERTIES, PT_MANUFACTURER, 1);
        if (response.length < 27) {
            throw new SetupException("Response from TPM2_GetCapability is too short! " + response.length + " < 27");
        }
        StringBuilder letters = new StringBuilder();
        for (int i = 23; i < 27; i++) {
            letters.append((char) (response[i] & 0xff));
        }
        return letters.toString();
    }

    private byte[] capability(int capability, int property, int count) throws SetupException {
        return send("TPM2_GetCapability", GET_CAPABILITY, null, out -> {
            out.writeInt(capability);
            out.writeInt(property);
            out.writeInt(count);
        });
    }

    /** TPM2_Shutdown(CLEAR). */
    void shutdown() throws SetupException {
        send("TPM2_Shutdown", SHUTDOWN, null, out -> out.writeShort(0));
    }

    private byte[] send(String name, int code, int[] handles, Parameters parameters) throws SetupException {
        byte[] response = transmit(code, handles, parameters);
        check(name, codeOf(response));
        return response;
    }

    /** @param handles of which the first one is authorized; null for a command without sessions */
    private byte[] transmit(int code, int[] handles, Parameters parameters) throws SetupException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeShort(handles == null ? NO_SESSIONS : SESSIONS);
            out.writeInt(0); // the size, below
            out.writeInt(code);
            if (handles != null) {
                for (int handle : handles) {
                    out.writeInt(handle);
                }
                out.writeInt(AUTHORIZATION_SIZE);
                out.writeInt(RS_PW);
                out.write(new byte[AUTHORIZATION_SIZE - Integer.BYTES]);
            }
            parameters.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] command = octets.toByteArray();
        ByteBuffer.wrap(command).putInt(2, command.length);
        return tpm.execute(command);
    }

    private static int codeOf(byte[] response) throws SetupException {
        if (response.length < 10) {
            throw new SetupException("The TPM's response is too short.");
        }
        return ByteBuffer.wrap(response).getInt(6);
    }

    private static void check(String name, int code) throws SetupException {
        if (code != 0) {
            throw new SetupException(complaint(name, code));
        }
    }

    private static String complaint(String name, int code) {
        return name + " failed: 0x" + Integer.toHexString(code);
    }
}
