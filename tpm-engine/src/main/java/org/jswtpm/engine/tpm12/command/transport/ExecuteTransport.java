package org.jswtpm.engine.tpm12.command.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.NO_WRAP_TRANSPORT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorization;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.structure.CommandTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm12.structure.TransportPublic;
import org.jswtpm.engine.tpm12.transport.TransportCipher;
import org.jswtpm.engine.tpm12.transport.TransportLog;
import org.jswtpm.engine.tpm12.transport.TransportSession;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ExecuteTransport: runs a command in a transport session.
 *
 * <p>Part 3, 24.2. TPM_INVALID_AUTHHANDLE, TPM_BAD_PARAM_SIZE, TPM_BAD_ORDINAL, TPM_AUTH2FAIL, TPM_NO_WRAP_TRANSPORT, and what
 * finding the keys for the log gives. What the wrapped command gives is in its own response.
 */
public final class ExecuteTransport implements Command<Bytes, ExecuteTransport.Out> {
    private static final int HEADER_SIZE = 10;
    private static final int CODE_POSITION = 6;
    private static final int AUTH_SIZE = 41;

    /** Runs the command that came in the session. */
    @FunctionalInterface
    public interface Runner {
        /**
         * Runs a command, which is wiped.
         *
         * @return the whole response
         */
        byte[] run(byte[] command, int transportHandle);
    }

    record Out(long ticks, int locality, byte[] response) {}

    private final Runner runner;

    public ExecuteTransport(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Bytes unmarshal(ParameterReader in) {
        return in.sized();
    }

    @Override
    public Out execute(Bytes in, TpmState tpm, Authorizations auth) {
        int handle = auth.first().handle();
        tpm.transports().endOtherExclusive(handle, tpm.stanyFlags());
        TransportSession session = tpm.transports().get(handle);
        try (Secret authData = session.authData().copy()) {
            WrappedCommand wrapped = WrappedCommand.parse(in);
            decrypt(wrapped, session, authData, auth.first(), tpm);
            int keyCount = wrapped.keyCount();
            byte[] wrappedDigest = wrapped.digest();
            auth.first().byTransport(session, inputDigest(in.size(), wrappedDigest));
            check(wrapped.ordinal().isWrappable(), NO_WRAP_TRANSPORT);
            if (session.publicPart().has(TransportPublic.LOG)) {
                Bytes pubKeyHash = wrapped.pubKeyHash(keyCount, tpm);
                session.setDigest(TransportLog.extendIn(session.digest(), wrappedDigest, pubKeyHash));
            }
            byte[] response = run(wrapped, handle, tpm);
            return respond(response, wrapped.ordinal(), session, authData, auth.first(), tpm);
        }
    }

    private static void decrypt(
            WrappedCommand wrapped, TransportSession session, Secret authData, Authorization auth, TpmState tpm) {
        TransportPublic publicPart = session.publicPart();
        if (publicPart.has(TransportPublic.ENCRYPT) && wrapped.dataSize() > 0) {
            TransportCipher.check(publicPart, tpm.permanentFlags().is(PermanentFlag.FIPS));
            Bytes nonces = session.nonceEven().then(auth.nonceOdd());
            TransportCipher.apply(
                    publicPart,
                    authData,
                    nonces,
                    TransportCipher.IN,
                    wrapped.octets(),
                    wrapped.dataBegin(),
                    wrapped.dataSize());
        }
    }

    private static byte[] inputDigest(int wrappedSize, byte[] wrappedDigest) {
        return Hasher.of(Digest.SHA1)
                .updateUint32(Ordinal.EXECUTE_TRANSPORT.code())
                .updateUint32(wrappedSize)
                .update(wrappedDigest)
                .digest();
    }

    private byte[] run(WrappedCommand wrapped, int handle, TpmState tpm) {
        tpm.transports().setRunning(handle);
        try {
            return runner.run(wrapped.octets(), handle);
        } finally {
            tpm.transports().setRunning(0);
        }
    }

    private static Out respond(
            byte[] response,
            Ordinal ordinal,
            TransportSession session,
            Secret authData,
            Authorization auth,
            TpmState tpm) {
        tpm.ticks().update();
        WireReader reader = WireReader.over(response, TpmResult.WIRE_FAULTS);
        int code = reader.peekUint32(CODE_POSITION);
        boolean isSuccess = code == TpmResult.SUCCESS.value();
        int begin = HEADER_SIZE + (isSuccess ? ordinal.outputHandleSize() : 0);
        int authCount = reader.uint16() - CommandTag.RESPONSE_WITHOUT_AUTH;
        int size = isSuccess ? response.length - begin - authCount * AUTH_SIZE : 0;
        byte[] wrappedDigest = Hasher.of(Digest.SHA1)
                .updateUint32(code)
                .updateUint32(ordinal.code())
                .update(response, begin, size)
                .digest();
        session.setNonceEven(Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)));
        auth.setOutputDigest(outputDigest(response.length, wrappedDigest, tpm));
        if (session.publicPart().has(TransportPublic.LOG)) {
            session.setDigest(TransportLog.extendOut(session.digest(), wrappedDigest, tpm.ticks(), tpm.locality()));
        }
        if (session.publicPart().has(TransportPublic.ENCRYPT) && size > 0) {
            Bytes nonces = session.nonceEven().then(auth.nonceOdd());
            TransportCipher.apply(session.publicPart(), authData, nonces, TransportCipher.OUT, response, begin, size);
        }
        return new Out(tpm.ticks().current(), tpm.locality(), response);
    }

    private static byte[] outputDigest(int responseSize, byte[] wrappedDigest, TpmState tpm) {
        return Hasher.of(Digest.SHA1)
                .updateUint32(TpmResult.SUCCESS.value())
                .updateUint32(Ordinal.EXECUTE_TRANSPORT.code())
                .updateUint64(tpm.ticks().current())
                .updateUint32(tpm.locality())
                .updateUint32(responseSize)
                .update(wrappedDigest)
                .digest();
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint64(out.ticks)
                .uint32(out.locality)
                .uint32(out.response.length)
                .octets(out.response);
    }
}
