package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
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
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_MakeCredential: protects a credential so that only the TPM that holds a key and an object can read it.
 *
 * <p>Part 3, 12.6. Answers TYPE at handle 1 for what is no asymmetric storage key, SIZE at parameter 1 for a credential
 * longer than a digest of its Name algorithm, KEY for an ECC key that is not on its curve.
 */
public final class MakeCredential implements Command<MakeCredential.In, MakeCredential.Out> {
    private static final int HANDLE = 1;
    private static final int CREDENTIAL = 1;
    private static final int OBJECT_NAME = 2;

    record In(Handle handle, Secret credential, Bytes objectName) {}

    record Out(Bytes credentialBlob, Bytes secret) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(HANDLE),
                in.at(CREDENTIAL).secret2(TpmLimits.MAX_DIGEST_SIZE),
                in.at(OBJECT_NAME).sized2(TpmLimits.MAX_NAME_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (Secret credential = in.credential) {
            TpmObject key = tpm.objects().object(in.handle, TYPE.handle(HANDLE));
            check(isAsymmetricStorageKey(key), TYPE.handle(HANDLE));
            check(credential.size() <= key.nameAlg().digestSize(), SIZE.parameter(CREDENTIAL));
            SharedSecret shared = SharedSecret.create(key.publicArea(), "IDENTITY", tpm.random());
            try (Secret seed = shared.secret()) {
                Bytes blob = Credential.protect(credential, in.objectName, key.publicArea(), seed);
                return new Out(blob, shared.encrypted());
            }
        }
    }

    /** Whether a credential can be made for {@code key}. */
    static boolean isAsymmetricStorageKey(TpmObject key) {
        return key.type().isAsymmetric()
                && key.publicAttributes().has(ObjectAttributes.DECRYPT | ObjectAttributes.RESTRICTED);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.credentialBlob).sized2(out.secret);
    }
}
