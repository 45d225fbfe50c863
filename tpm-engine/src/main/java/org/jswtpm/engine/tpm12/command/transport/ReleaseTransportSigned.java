package org.jswtpm.engine.tpm12.command.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_SIG;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorization;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.SignInfo;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.tpm12.tick.Ticks;
import org.jswtpm.engine.tpm12.transport.TransportLog;
import org.jswtpm.engine.tpm12.transport.TransportSession;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ReleaseTransportSigned: ends a transport session and signs its log.
 *
 * <p>Part 3, 24.3. TPM_INVALID_AUTHHANDLE, TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_INAPPROPRIATE_SIG, TPM_AUTHFAIL,
 * TPM_INVALID_KEYUSAGE, TPM_AUTH2FAIL, TPM_BAD_MODE.
 */
public final class ReleaseTransportSigned implements Command<ReleaseTransportSigned.In, ReleaseTransportSigned.Out> {
    record In(int keyHandle, Bytes antiReplay) {}

    record Out(int locality, Ticks ticks, Bytes signature) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.nonce());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        boolean hasKeyAuth = auth.count() > 1;
        Authorization ofTransport = hasKeyAuth ? auth.second() : auth.first();
        tpm.transports().endOtherExclusive(ofTransport.handle(), tpm.stanyFlags());
        TransportSession session = tpm.transports().get(ofTransport.handle());
        LoadedKey key = tpm.keyForUse(in.keyHandle);
        int scheme = key.publicPart().algorithmParms().sigScheme();
        check(
                scheme == AlgorithmId.SS_RSASSAPKCS1V15_SHA1 || scheme == AlgorithmId.SS_RSASSAPKCS1V15_INFO,
                INAPPROPRIATE_SIG);
        if (hasKeyAuth) {
            auth.first().selectKey(false, key);
        } else {
            check(key.needsNoAuthorization(), AUTHFAIL);
        }
        check(key.publicPart().keyUsage() == KeyUsage.SIGNING, INVALID_KEYUSAGE);
        if (hasKeyAuth) {
            auth.first().verify();
        }
        ofTransport.byTransport(session, ofTransport.inputDigest());
        check(session.publicPart().has(TransportPublic.LOG), BAD_MODE);
        ofTransport.endSession();
        return sign(in, key, session, ofTransport.inputDigest(), tpm);
    }

    private static Out sign(In in, LoadedKey key, TransportSession session, byte[] inputDigest, TpmState tpm) {
        Ticks ticks = tpm.ticks();
        ticks.update();
        session.setDigest(TransportLog.extendOut(session.digest(), inputDigest, ticks, tpm.locality()));
        session.setNonceEven(Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)));
        SignInfo info = new SignInfo("TRAN", in.antiReplay, session.digest());
        return new Out(tpm.locality(), ticks, key.sign(info.digest()));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint32(out.locality);
        out.ticks.marshal(response);
        response.sized4(out.signature);
    }
}
