package org.jswtpm.engine.tpm12.command.transport;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADTAG;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAM_SIZE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_SCHEME;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.StructureTag;
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
 * TPM_EstablishTransport: begins a session that can encrypt commands, log them, and have the TPM for itself.
 *
 * <p>Part 3, 24.1. TPM_BADTAG, TPM_BAD_SCHEME, TPM_BAD_PARAM_SIZE, TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL,
 * TPM_INVALID_KEYUSAGE, TPM_AUTHFAIL, TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE, TPM_INAPPROPRIATE_ENC, TPM_BAD_KEY_PROPERTY,
 * TPM_RESOURCES.
 */
public final class EstablishTransport implements Command<EstablishTransport.In, EstablishTransport.Out> {
    private static final Bytes NO_KEYS = Bytes.zeros(TpmLimits.DIGEST_SIZE);

    record In(int encHandle, TransportPublic publicPart, Bytes secret) {}

    record Out(int handle, int locality, Bytes ticks, Bytes nonceEven) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), TransportPublic.unmarshal(in.wire()), in.sized());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        Secret authData = in.encHandle == ReservedHandle.TRANSPORT ? clearSecret(in, auth) : decrypt(in, tpm, auth);
        if (in.publicPart.has(TransportPublic.ENCRYPT)) {
            TransportCipher.check(in.publicPart, tpm.permanentFlags().is(PermanentFlag.FIPS));
        }
        check(tpm.transports().freeCount() > 0, RESOURCES);
        int handle = tpm.transports().newHandle(0, tpm.random());
        Bytes nonceEven = Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE));
        tpm.ticks().update();
        WireWriter ticks = new WireWriter();
        tpm.ticks().marshal(ticks);
        Out out = new Out(handle, tpm.locality(), ticks.toBytes(), nonceEven);
        Bytes digest = in.publicPart.has(TransportPublic.LOG) ? log(in, out, tpm) : NO_KEYS;
        tpm.transports().add(new TransportSession(authData, in.publicPart, handle, nonceEven, digest));
        if (in.publicPart.has(TransportPublic.EXCLUSIVE)) {
            tpm.stanyFlags().setTransportExclusive(handle);
        }
        return out;
    }

    private static Secret clearSecret(In in, Authorizations auth) {
        check(!auth.isAny(), BADTAG);
        check(!in.publicPart.has(TransportPublic.ENCRYPT), BAD_SCHEME);
        check(in.secret.size() == TpmLimits.AUTHDATA_SIZE, BAD_PARAM_SIZE);
        return Secret.take(in.secret.toArray());
    }

    private static Secret decrypt(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(in.encHandle);
        int usage = key.publicPart().keyUsage();
        check(usage == KeyUsage.STORAGE || usage == KeyUsage.LEGACY, INVALID_KEYUSAGE);
        auth.byKeyIfNeeded(key);
        byte[] transportAuth = key.decrypt(in.secret);
        try {
            WireReader reader = WireReader.over(transportAuth, TpmResult.WIRE_FAULTS);
            StructureTag.TRANSPORT_AUTH.unmarshal(reader);
            return reader.secret(TpmLimits.AUTHDATA_SIZE);
        } finally {
            Arrays.fill(transportAuth, (byte) 0);
        }
    }

    private static Bytes log(In in, Out out, TpmState tpm) {
        WireWriter command = new WireWriter();
        command.uint32(Ordinal.ESTABLISH_TRANSPORT.code());
        in.publicPart.marshal(command);
        command.sized4(in.secret);
        Bytes digest = TransportLog.extendIn(
                Bytes.zeros(TpmLimits.DIGEST_SIZE), Hasher.digest(Digest.SHA1, command.toArray()), NO_KEYS);
        byte[] response = Hasher.of(Digest.SHA1)
                .updateUint32(TpmResult.SUCCESS.value())
                .updateUint32(Ordinal.ESTABLISH_TRANSPORT.code())
                .updateUint32(out.locality)
                .update(out.ticks.toArray())
                .update(out.nonceEven.toArray())
                .digest();
        return TransportLog.extendOut(digest, response, tpm.ticks(), out.locality);
    }

    @Override
    public void marshalUndigested(Out out, WireWriter response) {
        response.uint32(out.handle);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.uint32(out.locality).bytes(out.ticks).bytes(out.nonceEven);
    }
}
