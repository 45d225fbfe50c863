package org.jswtpm.tools.setup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jswtpm.tools.crypto.Tpm12Crypto;
import org.jswtpm.tools.process.KernelRandom;

/** The commands of TPM 1.2 (Main Specification, Part 3) that manufacture a TPM. */
final class Tpm12Client {
    private static final int TAG = 0xC1;
    private static final int TAG_AUTH1 = 0xC2;
    private static final int HEADER = 10;

    private static final int OIAP = 0x0A;
    private static final int TAKE_OWNERSHIP = 0x0D;
    private static final int PHYSICAL_ENABLE = 0x6F;
    private static final int PHYSICAL_SET_DEACTIVATED = 0x72;
    private static final int CREATE_ENDORSEMENT_KEY_PAIR = 0x78;
    private static final int NV_DEFINE_SPACE = 0xCC;
    private static final int NV_WRITE_VALUE = 0xCD;
    private static final int PHYSICAL_PRESENCE = 0x4000000A;

    private static final int PRESENCE_CMD_ENABLE = 0x20;
    private static final int PRESENCE_PRESENT = 0x08;

    private static final int ALG_RSA = 1;
    private static final int ES_OAEP = 3;
    private static final int SS_NONE = 1;
    private static final int KEY_BITS = 2048;
    private static final int PID_OWNER = 5;
    private static final int KEY_STORAGE = 0x11;
    private static final int TAG_KEY12 = 0x28;

    private static final int TAG_NV_DATA_PUBLIC = 0x18;
    private static final int TAG_NV_ATTRIBUTES = 0x17;
    private static final int LOC_ALL = 0x1F;
    /** OWNERREAD and OWNERWRITE. */
    private static final int NV_PERMISSIONS = 0x20002;
    /** TPM_NV_INDEX_LOCK: to define it turns the protection of the NV memory on. */
    private static final int NV_INDEX_LOCK = 0xFFFFFFFF;

    private final SetupTpm tpm;
    private final KernelRandom random = new KernelRandom();

    Tpm12Client(SetupTpm tpm) {
        this.tpm = tpm;
    }

    /** Writes the parameters of a command. */
    private interface Parameters {
        void write(DataOutputStream out) throws IOException;
    }

    /** What firmware does: asserts physical presence, enables and activates the TPM. */
    void activate() throws SetupException {
        send("TSC_PhysicalPresence", PHYSICAL_PRESENCE, out -> out.writeShort(PRESENCE_CMD_ENABLE));
        send("TSC_PhysicalPresence", PHYSICAL_PRESENCE, out -> out.writeShort(PRESENCE_PRESENT));
        send("TPM_PhysicalEnable", PHYSICAL_ENABLE, out -> {});
        send("TSC_PhysicalSetDeactivated", PHYSICAL_SET_DEACTIVATED, out -> out.writeByte(0));
    }

    /** TPM_CreateEndorsementKeyPair: the modulus of the key. */
    byte[] createEndorsementKey() throws SetupException {
        byte[] nonce = new byte[Tpm12Crypto.DIGEST_SIZE];
        random.nextBytes(nonce);
        byte[] response = send("TPM_CreateEndorsementKeyPair", CREATE_ENDORSEMENT_KEY_PAIR, out -> {
            out.write(nonce);
            writeKeyParameters(out);
        });
        ByteBuffer in = ByteBuffer.wrap(response).position(HEADER);
        try {
            in.getInt(); // algorithm
            in.getInt(); // both schemes
            in.position(in.position() + Integer.BYTES + in.getInt(in.position())); // TPM_RSA_KEY_PARMS
            byte[] modulus = new byte[in.getInt()];
            in.get(modulus);
            return modulus;
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new SetupException("Response from TPM_CreateEndorsementKeyPair is too short!");
        }
    }

    /** TPM_KEY_PARMS of a storage key: RSA with 2048 bits and OAEP. */
    private static void writeKeyParameters(DataOutputStream out) throws IOException {
        out.writeInt(ALG_RSA);
        out.writeShort(ES_OAEP);
        out.writeShort(SS_NONE);
        out.writeInt(12);
        out.writeInt(KEY_BITS);
        out.writeInt(2); // primes
        out.writeInt(0); // the exponent 65537
    }

    /**
     * TPM_TakeOwnership, with a new storage root key.
     *
     * @param endorsementKey its modulus
     */
    void takeOwnership(byte[] endorsementKey, byte[] ownerSecret, byte[] storageSecret) throws SetupException {
        byte[] owner = Tpm12Crypto.encrypt(endorsementKey, ownerSecret);
        byte[] storage = Tpm12Crypto.encrypt(endorsementKey, storageSecret);
        byte[] session = send("TPM_OIAP", OIAP, out -> {});
        if (session.length < HEADER + Integer.BYTES + Tpm12Crypto.DIGEST_SIZE) {
            throw new SetupException("Response from TPM_OIAP is too short!");
        }
        byte[] parameters = octets(out -> {
            out.writeInt(TAKE_OWNERSHIP);
            out.writeShort(PID_OWNER);
            out.writeInt(owner.length);
            out.write(owner);
            out.writeInt(storage.length);
            out.write(storage);
            out.writeShort(TAG_KEY12);
            out.writeShort(0);
            out.writeShort(KEY_STORAGE);
            out.writeInt(0); // flags
            out.writeByte(1); // TPM_AUTH_ALWAYS
            writeKeyParameters(out);
            out.write(new byte[12]); // no PCRs, no public and no private key yet
        });
        byte[] authorization = authorize(parameters, session, ownerSecret);
        check("TPM_TakeOwnership", transmit(octets(out -> {
            out.writeShort(TAG_AUTH1);
            out.writeInt(Short.BYTES + Integer.BYTES + parameters.length + authorization.length);
            out.write(parameters);
            out.write(authorization);
        })));
    }

    /** The end of an authorized command: session, nonce, "continue", HMAC (Part 1, 13.2). */
    private byte[] authorize(byte[] parameters, byte[] session, byte[] secret) {
        byte[] nonceOdd = new byte[Tpm12Crypto.DIGEST_SIZE];
        random.nextBytes(nonceOdd);
        byte[] signed = octets(out -> {
            out.write(Tpm12Crypto.sha1(parameters));
            out.write(session, HEADER + Integer.BYTES, Tpm12Crypto.DIGEST_SIZE);
            out.write(nonceOdd);
            out.writeByte(0);
        });
        return octets(out -> {
            out.write(session, HEADER, Integer.BYTES);
            out.write(nonceOdd);
            out.writeByte(0);
            out.write(Tpm12Crypto.hmac(secret, signed));
        });
    }

    /** TPM_NV_DefineSpace and TPM_NV_WriteValue: an area that the owner alone reads and writes. */
    void writeNv(int index, byte[] data) throws SetupException {
        defineNv(index, NV_PERMISSIONS, data.length);
        send("TPM_NV_WriteValue", NV_WRITE_VALUE, out -> {
            out.writeInt(index);
            out.writeInt(0);
            out.writeInt(data.length);
            out.write(data);
        });
    }

    /** Turns the protection of the NV memory on, for good. */
    void lockNv() throws SetupException {
        defineNv(NV_INDEX_LOCK, 0, 0);
    }

    private void defineNv(int index, int permissions, int size) throws SetupException {
        send("TPM_NV_DefineSpace", NV_DEFINE_SPACE, out -> {
            out.writeShort(TAG_NV_DATA_PUBLIC);
            out.writeInt(index);
            writeNoPcrs(out);
            writeNoPcrs(out);
            out.writeShort(TAG_NV_ATTRIBUTES);
            out.writeInt(permissions);
            out.write(new byte[3]); // no lock
            out.writeInt(size);
            out.write(new byte[Tpm12Crypto.DIGEST_SIZE]); // no auth value
        });
    }

    /** TPM_PCR_INFO_SHORT of no PCRs, at every locality. */
    private static void writeNoPcrs(DataOutputStream out) throws IOException {
        out.writeShort(3);
        out.write(new byte[3]);
        out.writeByte(LOC_ALL);
        out.write(new byte[Tpm12Crypto.DIGEST_SIZE]);
    }

    private byte[] send(String name, int ordinal, Parameters parameters) throws SetupException {
        byte[] body = octets(parameters);
        byte[] response = transmit(octets(out -> {
            out.writeShort(TAG);
            out.writeInt(HEADER + body.length);
            out.writeInt(ordinal);
            out.write(body);
        }));
        check(name, response);
        return response;
    }

    private byte[] transmit(byte[] command) throws SetupException {
        byte[] response = tpm.execute(command);
        if (response.length < HEADER) {
            throw new SetupException("The TPM's response is too short.");
        }
        return response;
    }

    private static void check(String name, byte[] response) throws SetupException {
        int code = ByteBuffer.wrap(response).getInt(6);
        if (code != 0) {
            throw new SetupException(name + " failed: 0x" + Integer.toHexString(code));
        }
    }

    private static byte[] octets(Parameters parameters) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            parameters.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }
}
