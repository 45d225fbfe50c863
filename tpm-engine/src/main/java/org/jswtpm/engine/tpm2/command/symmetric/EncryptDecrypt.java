package org.jswtpm.engine.tpm2.command.symmetric;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmiAlg;
import org.jswtpm.engine.tpm2.structure.TpmiYesNo;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_EncryptDecrypt: encrypts or decrypts with a symmetric key.
 *
 * <p>Part 3, 15.2. Answers KEY at handle 1 for what is no symmetric key, ATTRIBUTES at handle 1 for one that is restricted or
 * not for this direction, MODE at handle 1 for a key of CMAC, MODE at parameter 2 for another mode than the key's, or none,
 * SIZE at parameter 3 for the initialization vector, SIZE at parameter 4 for data that are no whole blocks.
 */
public final class EncryptDecrypt implements Command<SymmetricOperation, SymmetricOperation.Result> {
    private static final int KEY_HANDLE = 1;
    private static final int DECRYPT = 1;
    private static final int MODE = 2;
    private static final int IV_IN = 3;
    private static final int IN_DATA = 4;

    @Override
    public SymmetricOperation unmarshal(Handles handles, ParameterReader in) {
        boolean decrypt = TpmiYesNo.unmarshal(in.at(DECRYPT));
        AlgId mode = TpmiAlg.cipherMode(in.at(MODE), in.algorithms(), true);
        Bytes ivIn = in.at(IV_IN).sized2(TpmLimits.MAX_SYM_BLOCK_SIZE);
        Secret inData = in.at(IN_DATA).secret2(TpmLimits.MAX_DIGEST_BUFFER);
        return new SymmetricOperation(handles.get(KEY_HANDLE), decrypt, mode, ivIn, inData);
    }

    @Override
    public SymmetricOperation.Result execute(SymmetricOperation in, TpmState tpm) {
        return in.execute(new SymmetricOperation.Numbers(MODE, IV_IN, IN_DATA), tpm);
    }

    @Override
    public void marshal(SymmetricOperation.Result out, WireWriter response) {
        out.marshal(response);
    }
}
