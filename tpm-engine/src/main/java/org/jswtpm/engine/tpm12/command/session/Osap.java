package org.jswtpm.engine.tpm12.command.session;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_HANDLE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.auth.Protocol;
import org.jswtpm.engine.tpm12.counter.MonotonicCounter;
import org.jswtpm.engine.tpm12.delegation.DelegateRow;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.nv.NvArea;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_OSAP: a session that is bound to one entity and shares a secret with who knows its auth value.
 *
 * <p>Part 3, 18.2. TPM_RESOURCES, TPM_INAPPROPRIATE_ENC, TPM_BAD_PARAMETER, and what finding the entity gives.
 */
public final class Osap implements Command<Osap.In, Osap.Out> {
    private static final int TYPE_MASK = 0xFF;

    record In(int entityType, int entityValue, Bytes nonceOddOsap) {}

    record Out(AuthSession session, Bytes nonceEvenOsap) {}

    /** What a session is bound to: its auth value (lent), the digest by which it is known, and what is delegated. */
    private record Entity(Secret auth, Secret digest, Protocol protocol, DelegatePublic delegation) {
        static Entity of(Secret auth, Bytes digest) {
            return new Entity(auth, Secret.take(digest.toArray()), Protocol.OSAP, DelegatePublic.NONE);
        }
    }

    @Override
    public In unmarshal(ParameterReader in) {
        in.endDigest();
        return new In(in.uint16(), in.uint32(), in.nonce());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        int handle = tpm.authSessions().newHandle(0, tpm.random());
        int adipScheme = in.entityType >> Byte.SIZE;
        AuthSession.checkAdipScheme(adipScheme, tpm.permanentFlags().is(PermanentFlag.FIPS));
        int entityType = in.entityType & TYPE_MASK;
        Entity entity = entity(entityType, in.entityValue, tpm);
        Bytes nonceEvenOsap = Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE));
        byte[] sharedSecret =
                entity.auth.use(key -> Hmac.mac(Digest.SHA1, key, nonceEvenOsap.toArray(), in.nonceOddOsap.toArray()));
        AuthSession session = new AuthSession(
                handle,
                entity.protocol,
                entityType,
                adipScheme,
                Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)),
                Secret.take(sharedSecret),
                entity.digest,
                entity.delegation);
        tpm.authSessions().add(session);
        return new Out(session, nonceEvenOsap);
    }

    private static Entity entity(int entityType, int value, TpmState tpm) {
        switch (entityType) {
            case EntityType.KEYHANDLE -> {
                check(value != ReservedHandle.OPERATOR, BAD_HANDLE);
                LoadedKey key = tpm.key(value);
                return Entity.of(key.usageAuth(), key.pubDataDigest());
            }
            case EntityType.OWNER -> {
                return owner(tpm);
            }
            case EntityType.SRK -> {
                LoadedKey srk = tpm.permanent().srk();
                return Entity.of(srk.usageAuth(), srk.pubDataDigest());
            }
            case EntityType.COUNTER -> {
                MonotonicCounter counter = tpm.counters().get(value);
                return Entity.of(counter.authData(), counter.entityDigest(value));
            }
            case EntityType.NV -> {
                NvArea area = tpm.nv().get(value);
                return Entity.of(area.authValue(), area.entityDigest());
            }
            default -> throw BAD_PARAMETER.exception();
        }
    }

    /** The owner; or, after TPM_SetOwnerPointer, the delegate of a row, in a session that is one of TPM_DSAP then. */
    private static Entity owner(TpmState tpm) {
        Secret ownerAuth = tpm.permanent().ownerAuth();
        int reference = tpm.delegations().ownerReference();
        if (reference == ReservedHandle.OWNER) {
            return new Entity(ownerAuth, ownerAuth.copy(), Protocol.OSAP, DelegatePublic.NONE);
        }
        DelegateRow row = tpm.delegations().validRow(reference);
        tpm.delegations().checkGeneration(row.publicPart());
        return new Entity(row.authValue(), ownerAuth.copy(), Protocol.DSAP, row.publicPart());
    }

    @Override
    public void marshalUndigested(Out out, WireWriter response) {
        response.uint32(out.session.handle()).bytes(out.session.nonceEven()).bytes(out.nonceEvenOsap);
    }
}
