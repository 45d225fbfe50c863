package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_MigrateKey: a migration authority passes a key on to its destination.
 *
 * <p>Part 3, 11.4. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_BAD_KEY_PROPERTY,
 * TPM_DECRYPT_ERROR, TPM_BAD_DATASIZE, TPM_INAPPROPRIATE_ENC.
 */
public final class MigrateKey implements Command<MigrateKey.In, Bytes> {
    record In(int maKeyHandle, Pubkey pubKey, Bytes inData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), Pubkey.unmarshal(in.wire()), in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey maKey = tpm.keyForUse(in.maKeyHandle);
        auth.byKeyIfNeeded(maKey);
        check(maKey.publicPart().keyUsage() == KeyUsage.MIGRATE, INVALID_KEYUSAGE);
        int encScheme = maKey.publicPart().algorithmParms().encScheme();
        check(encScheme == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1, BAD_KEY_PROPERTY);
        byte[] message = maKey.decrypt(in.inData);
        try {
            return LoadedKey.encrypt(in.pubKey, message, tpm.random());
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
