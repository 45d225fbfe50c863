package org.jswtpm.engine.tpm12.command.storage;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.StoredData;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Seal: encrypts data so that this TPM alone decrypts it, with the PCRs as they shall be then.
 *
 * <p>Part 3, 10.1. TPM_AUTHFAIL, TPM_BAD_PARAMETER, TPM_INVALID_KEYUSAGE, TPM_BADINDEX, TPM_BAD_DATASIZE, TPM_ENCRYPT_ERROR.
 */
public final class Seal implements Command<Seal.In, StoredData.Sealed> {
    record In(int keyHandle, Bytes encAuth, Bytes pcrInfo, Bytes inData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.encAuth(), in.sized(), in.sized());
    }

    @Override
    public StoredData.Sealed execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = Sealing.sealingKey(in.keyHandle, in.inData, tpm, auth);
        PcrInfo pcrInfo = Sealing.pcrInfo(in.pcrInfo, isLong(in.pcrInfo), tpm);
        Bytes version = isLong(in.pcrInfo) ? Bytes.EMPTY : TpmKey.VERSION_1_1;
        Secret authData = auth.first().decryptAuth(in.encAuth);
        auth.first().endSession();
        StoredData stored = new StoredData(version, 0, pcrInfo);
        return Sealing.seal(stored, authData, Secret.take(in.inData.toArray()), key, tpm);
    }

    /** A TPM_PCR_INFO_LONG begins with its tag, which would be an impossible size in a TPM_PCR_INFO. */
    private static boolean isLong(Bytes pcrInfo) {
        return pcrInfo.size() >= Short.BYTES
                && pcrInfo.get(0) == 0
                && pcrInfo.get(1) == StructureTag.PCR_INFO_LONG.value();
    }

    @Override
    public void marshal(StoredData.Sealed out, WireWriter response) {
        out.marshal(response);
    }
}
