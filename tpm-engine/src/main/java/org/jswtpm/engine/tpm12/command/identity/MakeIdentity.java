package org.jswtpm.engine.tpm12.command.identity;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.KeyMaker;
import org.jswtpm.engine.tpm12.key.KeyProperties;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_MakeIdentity: makes an attestation identity key under the SRK, which signs what a privacy CA is to certify.
 *
 * <p>Part 3, 15.1. TPM_BAD_KEY_PROPERTY, TPM_NOTFIPS; TPM_AUTH2FAIL of the owner, TPM_AUTHFAIL of the SRK; TPM_INVALID_KEYUSAGE.
 */
public final class MakeIdentity implements Command<MakeIdentity.In, MakeIdentity.Out> {
    private static final int KEY_BITS = 2048;

    record In(Bytes identityAuth, Bytes labelPrivCaDigest, TpmKey.Wrapped idKeyParams) {}

    record Out(TpmKey.Wrapped idKey, Bytes identityBinding) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.encAuth(), in.digest(), TpmKey.Wrapped.unmarshal(in.wire()));
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        TpmKey template = in.idKeyParams.key();
        KeyProperties.check(template, tpm.permanentFlags().is(PermanentFlag.FIPS));
        check(template.algorithmParms().rsa().keyLength() == KEY_BITS, BAD_KEY_PROPERTY);
        LoadedKey srk = tpm.permanent().srk();
        auth.last().byOwnerWithSharedSecret();
        if (auth.count() == 2) {
            auth.first().byKey(srk);
        } else {
            check(srk.needsNoAuthorization(), AUTHFAIL);
        }
        check(template.keyUsage() == KeyUsage.IDENTITY, INVALID_KEYUSAGE);
        check(!template.keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        Secret usageAuth = auth.last().decryptAuth(in.identityAuth);
        auth.first().endSession();
        auth.last().endSession();
        LoadedKey idKey = KeyMaker.make(
                template,
                tpm.pcrs().atCreation(template.pcrInfo(), tpm.locality()),
                usageAuth,
                tpm.permanent().tpmProof().copy(),
                tpm.keySource());
        try {
            return new Out(
                    new TpmKey.Wrapped(idKey.publicPart(), KeyWrap.wrap(idKey.privatePart(), srk, tpm.random())),
                    idKey.sign(identityContents(in.labelPrivCaDigest, idKey)));
        } finally {
            idKey.wipe();
        }
    }

    /** The digest of TPM_IDENTITY_CONTENTS (Part 2, 12.5). */
    private static byte[] identityContents(Bytes labelPrivCaDigest, LoadedKey idKey) {
        WireWriter out = new WireWriter();
        out.bytes(TpmKey.VERSION_1_1).uint32(Ordinal.MAKE_IDENTITY.code()).bytes(labelPrivCaDigest);
        idKey.publicPart().asPubkey().marshal(out);
        return Hasher.digest(Digest.SHA1, out.toArray());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.idKey.marshal(response);
        response.sized4(out.identityBinding);
    }
}
