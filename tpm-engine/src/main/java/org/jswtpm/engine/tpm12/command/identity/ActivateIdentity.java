package org.jswtpm.engine.tpm12.command.identity;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_TYPE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.PcrInfoShort;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.SymmetricKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ActivateIdentity: decrypts, with the endorsement key, the session key of a privacy CA if it belongs to the identity.
 *
 * <p>Part 3, 15.2. TPM_AUTHFAIL of the owner, TPM_AUTH2FAIL of the identity; TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL;
 * TPM_BAD_PARAMETER if the key or the identity is another, TPM_BAD_TYPE, TPM_BAD_LOCALITY, TPM_DECRYPT_ERROR.
 */
public final class ActivateIdentity implements Command<ActivateIdentity.In, SymmetricKey> {
    /** TPM_EK_TYPE_ACTIVATE. */
    private static final int ACTIVATE = 1;

    record In(int idKeyHandle, Bytes blob) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.sized());
    }

    @Override
    public SymmetricKey execute(In in, TpmState tpm, Authorizations auth) {
        auth.lastAsFirst().byOwner();
        LoadedKey idKey = tpm.keyForUse(in.idKeyHandle);
        if (auth.count() == 2) {
            auth.first().byKey(idKey);
        } else {
            check(idKey.needsNoAuthorization(), AUTHFAIL);
        }
        check(idKey.publicPart().keyUsage() == KeyUsage.IDENTITY, BAD_PARAMETER);
        Bytes idDigest = idKey.publicPart().asPubkey().digest();
        byte[] message = tpm.permanent().endorsementKey().decrypt(in.blob);
        try {
            WireReader contents = reader(message);
            boolean isEkBlob = message.length >= Short.BYTES
                    && (message[0] & 0xFF) == StructureTag.EK_BLOB.value() >> Byte.SIZE
                    && (message[1] & 0xFF) == StructureTag.EK_BLOB.value();
            return isEkBlob ? openEkBlob(contents, idDigest, tpm) : openCaContents(contents, idDigest);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** TPM_ASYM_CA_CONTENTS (Part 2, 12.8): the key and the identity. */
    private static SymmetricKey openCaContents(WireReader contents, Bytes idDigest) {
        SymmetricKey key = SymmetricKey.unmarshal(contents);
        check(contents.bytes(TpmLimits.DIGEST_SIZE).equals(idDigest), BAD_PARAMETER);
        return key;
    }

    /** TPM_EK_BLOB with TPM_EK_BLOB_ACTIVATE (Part 2, 12.1 and 12.2): the key, the identity and PCRs. */
    private static SymmetricKey openEkBlob(WireReader ekBlob, Bytes idDigest, TpmState tpm) {
        StructureTag.EK_BLOB.unmarshal(ekBlob);
        int ekType = ekBlob.uint16();
        try (Secret blob = ekBlob.secret4(TpmLimits.ALLOC_MAX)) {
            check(ekType == ACTIVATE, BAD_TYPE);
            return blob.use(octets -> openActivation(reader(octets), idDigest, tpm));
        }
    }

    private static SymmetricKey openActivation(WireReader activation, Bytes idDigest, TpmState tpm) {
        StructureTag.EK_BLOB_ACTIVATE.unmarshal(activation);
        SymmetricKey key = SymmetricKey.unmarshal(activation);
        Bytes digest = activation.bytes(TpmLimits.DIGEST_SIZE);
        PcrInfoShort pcrInfo = PcrInfoShort.unmarshal(activation);
        check(digest.equals(idDigest), BAD_PARAMETER);
        tpm.pcrs().check(pcrInfo, tpm.locality());
        return key;
    }

    private static WireReader reader(byte[] octets) {
        return WireReader.over(octets, TpmResult.WIRE_FAULTS);
    }

    @Override
    public void marshal(SymmetricKey out, WireWriter response) {
        try (out) {
            out.marshal(response);
        }
    }
}
