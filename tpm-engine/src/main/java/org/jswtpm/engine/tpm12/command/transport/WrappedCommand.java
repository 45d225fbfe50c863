package org.jswtpm.engine.tpm12.command.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_ORDINAL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** A command in a transport session: where in it the part is that can be encrypted, and the keys that it uses. */
final class WrappedCommand {
    private static final int HEADER_SIZE = 10;
    private static final int AUTH_SIZE = 45;
    private static final int HANDLE_SIZE = 4;

    private final byte[] octets;
    private final Ordinal ordinal;
    private final int dataBegin;
    private final int dataSize;

    private WrappedCommand(byte[] octets, Ordinal ordinal, int dataBegin, int dataSize) {
        this.octets = octets;
        this.ordinal = ordinal;
        this.dataBegin = dataBegin;
        this.dataSize = dataSize;
    }

    /** TPM_BAD_PARAM_SIZE, TPM_BAD_ORDINAL. */
    static WrappedCommand parse(Bytes wrapped) {
        WireReader in = WireReader.over(wrapped, TpmResult.WIRE_FAULTS);
        CommandTag tag = CommandTag.of(in.uint16());
        check(in.unsigned32() == wrapped.size(), BAD_PARAM_SIZE);
        Ordinal ordinal = Ordinal.of(in.uint32());
        check(ordinal != null, BAD_ORDINAL);
        int begin = HEADER_SIZE + ordinal.inputHandleSize();
        int size = wrapped.size() - begin - (tag == null ? 0 : tag.authCount()) * AUTH_SIZE;
        check(size >= 0, BAD_PARAM_SIZE);
        return new WrappedCommand(wrapped.toArray(), ordinal, begin, size);
    }

    /** The command, not a copy. */
    byte[] octets() {
        return octets;
    }

    Ordinal ordinal() {
        return ordinal;
    }

    /** Where the part begins that can be encrypted. */
    int dataBegin() {
        return dataBegin;
    }

    /** How long the part is that can be encrypted. */
    int dataSize() {
        return dataSize;
    }

    /** The digest of ordinal and parameters, decrypted. */
    byte[] digest() {
        return Hasher.of(Digest.SHA1)
                .updateUint32(ordinal.code())
                .update(octets, dataBegin, dataSize)
                .digest();
    }

    /** How many keys the command uses; a parameter can say so, and then it has to be there: else TPM_BAD_PARAM_SIZE. */
    int keyCount() {
        if (!ordinal.isKeyHandleUncertain()) {
            return ordinal.keyHandles();
        }
        return word(HEADER_SIZE + HANDLE_SIZE) == ResourceType.KEY ? 1 : 0;
    }

    /** The digest of the public keys, as the log has it; zeros for none. */
    Bytes pubKeyHash(int keyCount, TpmState tpm) {
        if (keyCount == 0) {
            return Bytes.zeros(TpmLimits.DIGEST_SIZE);
        }
        Hasher hash = Hasher.of(Digest.SHA1);
        for (int i = 0; i < keyCount; i++) {
            int handle = word(HEADER_SIZE + i * HANDLE_SIZE);
            hash.update(key(handle, tpm).publicPart().modulusDigest().toArray());
        }
        return Bytes.wrap(hash.digest());
    }

    private static LoadedKey key(int handle, TpmState tpm) {
        return handle == ReservedHandle.EK ? tpm.permanent().endorsementKey() : tpm.keyForReading(handle);
    }

    private int word(int at) {
        check(at + HANDLE_SIZE <= octets.length, BAD_PARAM_SIZE);
        return WireReader.over(octets, TpmResult.WIRE_FAULTS).peekUint32(at);
    }
}
