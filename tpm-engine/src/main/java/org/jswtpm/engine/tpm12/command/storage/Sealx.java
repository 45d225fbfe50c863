package org.jswtpm.engine.tpm12.command.storage;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.Adip;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.StoredData;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Sealx: as TPM_Seal, for data that comes encrypted by the session.
 *
 * <p>Part 3, 10.7. The answers of TPM_Seal.
 */
public final class Sealx implements Command<Sealx.In, StoredData.Sealed> {
    record In(int keyHandle, Bytes encAuth, Bytes pcrInfo, Bytes inData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.encAuth(), in.sized(), in.sized());
    }

    @Override
    public StoredData.Sealed execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = Sealing.sealingKey(in.keyHandle, in.inData, tpm, auth);
        PcrInfo pcrInfo = Sealing.pcrInfo(in.pcrInfo, true, tpm);
        Secret authData = auth.first().decryptAuth(in.encAuth);
        int scheme = auth.first().session().adipScheme();
        int entityType = scheme == Adip.XOR ? EntityType.KEY : scheme << Byte.SIZE;
        Secret data = Secret.take(Sealing.crypt(in.inData.toArray(), scheme, auth.first()));
        auth.first().endSession();
        StoredData stored = new StoredData(Bytes.EMPTY, entityType, pcrInfo);
        return Sealing.seal(stored, authData, data, key, tpm);
    }

    @Override
    public void marshal(StoredData.Sealed out, WireWriter response) {
        out.marshal(response);
    }
}
