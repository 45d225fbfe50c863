package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.KeyMaker;
import org.jswtpm.engine.tpm12.key.KeyProperties;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.CertifyInfo;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ChangeAuthAsymStart: makes a key for one change of authorization, for which an identity vouches.
 *
 * <p>Part 3, 28.4.1. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_INVALID_KEYUSAGE, TPM_AUTHFAIL, TPM_BAD_KEY_PROPERTY, TPM_NOTFIPS,
 * TPM_NOSPACE.
 */
public final class ChangeAuthAsymStart implements Command<ChangeAuthAsymStart.In, ChangeAuthAsymStart.Out> {
    private static final KeyFlags FLAGS = new KeyFlags(KeyFlags.IS_VOLATILE);

    record In(int idHandle, Bytes antiReplay, KeyParms tempKey) {}

    record Out(Bytes certifyInfo, Bytes sig, int ephHandle, TpmKey tempKey) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.nonce(), KeyParms.unmarshal(in.wire()));
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey idKey = tpm.keyForUse(in.idHandle);
        check(idKey.publicPart().keyUsage() == KeyUsage.IDENTITY, INVALID_KEYUSAGE);
        auth.byKeyIfNeeded(idKey);
        KeyProperties.check(
                in.tempKey, KeyUsage.AUTHCHANGE, tpm.permanentFlags().is(PermanentFlag.FIPS));
        LoadedKey tempKey = KeyMaker.make(template(in.tempKey), PcrInfo.NONE, noAuth(), noAuth(), tpm.keySource());
        int ephHandle = tpm.keys().add(tempKey, false, 0, tpm.random());
        Bytes certifyInfo = certifyInfo(tempKey.publicPart(), in.antiReplay);
        Bytes sig = idKey.sign(Hasher.digest(Digest.SHA1, certifyInfo.toArray()));
        return new Out(certifyInfo, sig, ephHandle, tempKey.publicPart());
    }

    private static TpmKey template(KeyParms parms) {
        return new TpmKey(
                TpmKey.VERSION_1_1, KeyUsage.AUTHCHANGE, FLAGS, TpmKey.AUTH_NEVER, parms, PcrInfo.NONE, Bytes.EMPTY);
    }

    private static Secret noAuth() {
        return Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]);
    }

    /** libtpms says of the key, which has no parent, that its parent is bound to PCRs; the specification says that it is not. */
    private static Bytes certifyInfo(TpmKey key, Bytes antiReplay) {
        WireWriter out = new WireWriter();
        new CertifyInfo(key, antiReplay, true).marshal(out);
        return out.toBytes();
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.bytes(out.certifyInfo).sized4(out.sig).uint32(out.ephHandle);
        new TpmKey.Wrapped(out.tempKey, Bytes.EMPTY).marshal(response);
    }
}
