package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_VERSION;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_UnBind: decrypts what anybody has encrypted for a key of the TPM.
 *
 * <p>Part 3, 10.3. TPM_BAD_PARAMETER, TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_DECRYPT_ERROR, TPM_BAD_VERSION, TPM_INVALID_STRUCTURE.
 */
public final class UnBind implements Command<UnBind.In, Secret> {
    /** The major and the minor number of TPM_STRUCT_VER, whose revision is ignored. */
    private static final int VERSION_1_1 = 0x0101;

    private static final int PT_BIND = 2;

    record In(int keyHandle, Bytes inData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.sized());
    }

    @Override
    public Secret execute(In in, TpmState tpm, Authorizations auth) {
        check(!in.inData.isEmpty(), BAD_PARAMETER);
        LoadedKey key = tpm.keyForUse(in.keyHandle);
        auth.byKeyIfNeeded(key);
        int usage = key.publicPart().keyUsage();
        check(usage == KeyUsage.BIND || usage == KeyUsage.LEGACY, INVALID_KEYUSAGE);
        byte[] message = key.decrypt(in.inData);
        boolean isOaep = key.publicPart().algorithmParms().encScheme() == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1;
        if (usage == KeyUsage.LEGACY && !isOaep) {
            return Secret.take(message);
        }
        try {
            return payload(message);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** The payload of TPM_BOUND_DATA (Part 2, 9.5). */
    private static Secret payload(byte[] message) {
        WireReader in = WireReader.over(message, TpmResult.WIRE_FAULTS);
        boolean isVersion11 = in.uint16() == VERSION_1_1;
        in.uint16();
        check(isVersion11, BAD_VERSION);
        check(in.uint8() == PT_BIND, INVALID_STRUCTURE);
        return in.secret(in.remaining());
    }

    @Override
    public void marshal(Secret out, WireWriter response) {
        response.secret4(out);
        out.close();
    }
}
