package org.jswtpm.engine.tpm12.command.tick;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_SIG;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.SignInfo;
import org.jswtpm.engine.tpm12.tick.Ticks;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_TickStampBlob: signs a digest together with the current ticks.
 *
 * <p>Part 3, 23.2. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_INAPPROPRIATE_SIG.
 */
public final class TickStampBlob implements Command<TickStampBlob.In, TickStampBlob.Out> {
    record In(int keyHandle, Bytes antiReplay, Bytes digestToStamp) {}

    record Out(Ticks ticks, Bytes signature) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.nonce(), in.digest());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(in.keyHandle);
        if (auth.isAny()) {
            auth.first().byKey(key);
        } else {
            check(key.needsNoAuthorization(), AUTHFAIL);
        }
        checkUsage(key);
        Ticks ticks = tpm.ticks();
        ticks.update();
        WireWriter stamped = new WireWriter();
        stamped.bytes(in.digestToStamp);
        ticks.marshal(stamped);
        SignInfo info = new SignInfo("TSTP", in.antiReplay, stamped.toBytes());
        return new Out(ticks, key.sign(info.digest()));
    }

    private static void checkUsage(LoadedKey key) {
        int usage = key.publicPart().keyUsage();
        check(usage == KeyUsage.SIGNING || usage == KeyUsage.IDENTITY || usage == KeyUsage.LEGACY, INVALID_KEYUSAGE);
        int scheme = key.publicPart().algorithmParms().sigScheme();
        check(
                scheme == AlgorithmId.SS_RSASSAPKCS1V15_SHA1 || scheme == AlgorithmId.SS_RSASSAPKCS1V15_INFO,
                INAPPROPRIATE_SIG);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.ticks.marshal(response);
        response.sized4(out.signature);
    }
}
