package org.jswtpm.engine.tpm12.command.ownership;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DECRYPT_ERROR;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INSTALL_DISABLED;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTFIPS;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NO_ENDORSEMENT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.OWNER_SET;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.KeyMaker;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_TakeOwnership: installs an owner, with a new SRK and a new tpmProof.
 *
 * <p>Part 3, 6.1. TPM_OWNER_SET, TPM_INSTALL_DISABLED, TPM_NO_ENDORSEMENT, TPM_BAD_PARAMETER, TPM_DECRYPT_ERROR, TPM_AUTHFAIL,
 * TPM_INVALID_KEYUSAGE, TPM_BAD_KEY_PROPERTY.
 */
public final class TakeOwnership implements Command<TakeOwnership.In, TpmKey.Wrapped> {
    private static final int PID_OWNER = 5;
    private static final int MIN_SRK_BITS = 2048;

    record In(int protocolId, Bytes encOwnerAuth, Bytes encSrkAuth, TpmKey.Wrapped srkParams) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint16(), in.sized(), in.sized(), TpmKey.Wrapped.unmarshal(in.wire()));
    }

    @Override
    public TpmKey.Wrapped execute(In in, TpmState tpm, Authorizations auth) {
        check(!tpm.permanent().isOwnerInstalled(), OWNER_SET);
        check(tpm.permanentFlags().is(PermanentFlag.OWNERSHIP), INSTALL_DISABLED);
        LoadedKey endorsementKey = tpm.permanent().endorsementKey();
        check(endorsementKey.isPresent(), NO_ENDORSEMENT);
        auth.first().checkUnbound();
        check(in.protocolId == PID_OWNER, BAD_PARAMETER);
        Secret ownerAuth = decrypt(in.encOwnerAuth, endorsementKey);
        auth.first().bySecret(ownerAuth);
        TpmKey template = in.srkParams.key();
        checkSrk(template, tpm.permanentFlags().is(PermanentFlag.FIPS));
        Secret srkAuth = decrypt(in.encSrkAuth, endorsementKey);
        Secret tpmProof = Secret.take(tpm.random().generate(TpmLimits.AUTHDATA_SIZE));
        PcrInfo pcrInfo = tpm.pcrs().atCreation(template.pcrInfo(), tpm.locality());
        LoadedKey srk = KeyMaker.make(template, pcrInfo, srkAuth, tpmProof.copy(), tpm.keySource());
        install(ownerAuth, tpmProof, srk, tpm);
        return new TpmKey.Wrapped(srk.publicPart(), Bytes.EMPTY);
    }

    private static Secret decrypt(Bytes encrypted, LoadedKey endorsementKey) {
        Secret auth = Secret.take(endorsementKey.decrypt(encrypted));
        check(auth.size() <= TpmLimits.AUTHDATA_SIZE, DECRYPT_ERROR);
        check(auth.size() == TpmLimits.AUTHDATA_SIZE, BAD_KEY_PROPERTY);
        return auth;
    }

    private static void checkSrk(TpmKey template, boolean isFips) {
        check(template.keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        check(!template.keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
        boolean isOaep = template.algorithmParms().encScheme() == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1;
        check(template.algorithmParms().algorithmId() == AlgorithmId.RSA && isOaep, BAD_KEY_PROPERTY);
        check(template.algorithmParms().sigScheme() == AlgorithmId.SS_NONE, BAD_KEY_PROPERTY);
        check(template.algorithmParms().rsa().keyLength() >= MIN_SRK_BITS, BAD_KEY_PROPERTY);
        check(template.algorithmParms().rsa().exponent().isEmpty(), BAD_KEY_PROPERTY);
        check(!isFips || template.authDataUsage() != TpmKey.AUTH_NEVER, NOTFIPS);
    }

    private static void install(Secret ownerAuth, Secret tpmProof, LoadedKey srk, TpmState tpm) {
        PermanentData permanent = tpm.permanent();
        permanent.setSrk(srk);
        permanent.setTpmProof(tpmProof);
        permanent.setOwnerAuth(ownerAuth);
        permanent.setOwnerInstalled(true);
        permanent.contextKey().generate(tpm.random());
        permanent.delegateKey().generate(tpm.random());
        tpm.permanentFlags().set(PermanentFlag.READ_PUBEK, false);
        tpm.nvChanged();
    }

    @Override
    public void marshal(TpmKey.Wrapped out, WireWriter response) {
        out.marshal(response);
    }
}
