package org.jswtpm.engine.tpm12.command.integrity;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_SIG;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.PcrSelection;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Quote: signs the values of PCRs.
 *
 * <p>Part 3, 16.3. TPM_AUTHFAIL, TPM_INAPPROPRIATE_SIG, TPM_INVALID_KEYUSAGE.
 */
public final class Quote implements Command<Quote.In, Quote.Out> {
    /** "QUOT". */
    private static final int QUOT = 0x51554F54;

    record In(int keyHandle, Bytes externalData, PcrSelection targetPcr) {}

    record Out(Bytes pcrData, Bytes sig) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.nonce(), PcrSelection.unmarshal(in.wire()));
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = quotingKey(in.keyHandle, tpm, auth);
        WireWriter info = new WireWriter().bytes(TpmKey.VERSION_1_1).uint32(QUOT);
        info.bytes(tpm.pcrs().digest(in.targetPcr)).bytes(in.externalData);
        byte[] digest = Hasher.digest(Digest.SHA1, info.toArray());
        return new Out(tpm.pcrs().composite(in.targetPcr), key.sign(digest));
    }

    /** A key that can quote, authorized. */
    static LoadedKey quotingKey(int handle, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(handle);
        auth.byKeyIfNeeded(key);
        int scheme = key.publicPart().algorithmParms().sigScheme();
        boolean isSha1 = scheme == AlgorithmId.SS_RSASSAPKCS1V15_SHA1 || scheme == AlgorithmId.SS_RSASSAPKCS1V15_INFO;
        check(isSha1, INAPPROPRIATE_SIG);
        int usage = key.publicPart().keyUsage();
        boolean isSigning = usage == KeyUsage.SIGNING || usage == KeyUsage.IDENTITY || usage == KeyUsage.LEGACY;
        check(isSigning, INVALID_KEYUSAGE);
        return key;
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.bytes(out.pcrData).sized4(out.sig);
    }
}
