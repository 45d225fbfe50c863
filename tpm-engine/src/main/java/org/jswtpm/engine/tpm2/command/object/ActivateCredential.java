package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.Credential;
import org.jswtpm.engine.tpm2.object.SharedSecret;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ActivateCredential: reads a credential that was made for a key and an object of this TPM.
 *
 * <p>Part 3, 12.5. Answers TYPE at handle 2 for what is no asymmetric storage key, then at parameter 2 what is wrong with
 * the secret, then at parameter 1 what is wrong with the credential, INTEGRITY above all.
 */
public final class ActivateCredential implements Command<ActivateCredential.In, ActivateCredential.Out> {
    private static final int ACTIVATE_HANDLE = 1;
    private static final int KEY_HANDLE = 2;
    private static final int CREDENTIAL_BLOB = 1;
    private static final int SECRET = 2;

    record In(Handle activateHandle, Handle keyHandle, Bytes credentialBlob, Bytes secret) {}

    record Out(Secret certInfo) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(ACTIVATE_HANDLE),
                handles.get(KEY_HANDLE),
                in.at(CREDENTIAL_BLOB).sized2(TpmLimits.MAX_ID_OBJECT_SIZE),
                in.at(SECRET).sized2(TpmLimits.MAX_ENCRYPTED_SECRET_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        TpmObject key = tpm.objects().object(in.keyHandle, TYPE.handle(KEY_HANDLE));
        check(MakeCredential.isAsymmetricStorageKey(key), TYPE.handle(KEY_HANDLE));
        Bytes name = tpm.objects().get(in.activateHandle).name();
        int parameter = SECRET;
        try (Secret seed = SharedSecret.open(key, Bytes.EMPTY, "IDENTITY", in.secret, tpm.helpers())) {
            parameter = CREDENTIAL_BLOB;
            return new Out(Credential.open(in.credentialBlob, name, key.publicArea(), seed));
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(parameter).exception();
        }
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.secret2(out.certInfo);
        out.certInfo.close();
    }
}
