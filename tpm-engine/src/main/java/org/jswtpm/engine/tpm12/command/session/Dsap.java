package org.jswtpm.engine.tpm12.command.session;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.KEYNOTFOUND;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.AuthSession;
import org.jswtpm.engine.tpm12.auth.Protocol;
import org.jswtpm.engine.tpm12.delegation.DelegateBlob;
import org.jswtpm.engine.tpm12.delegation.DelegateRow;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_DSAP: a session in which a delegate uses the owner's authorization or that of a key.
 *
 * <p>Part 3, 18.3. TPM_BAD_PARAMETER, TPM_WRONG_ENTITYTYPE, TPM_BADINDEX, TPM_DISABLED_CMD, TPM_FAMILYCOUNT, TPM_AUTHFAIL,
 * TPM_KEYNOTFOUND, TPM_DECRYPT_ERROR, TPM_RESOURCES, TPM_INAPPROPRIATE_ENC.
 */
public final class Dsap implements Command<Dsap.In, Dsap.Out> {
    private static final int TYPE_MASK = 0xFF;

    record In(int entityType, int keyHandle, Bytes nonceOddDsap, Bytes entityValue) {}

    record Out(AuthSession session, Bytes nonceEvenDsap) {}

    /** What is delegated: the delegate's auth value, and the digest by which commands know the entity. */
    private record Delegation(DelegatePublic publicPart, Secret authValue, int entityType, Secret entityDigest) {}

    @Override
    public In unmarshal(ParameterReader in) {
        int entityType = in.uint16();
        int keyHandle = in.uint32();
        Bytes nonce = in.nonce();
        in.beginDigestAfter(Integer.BYTES);
        return new In(entityType, keyHandle, nonce, in.sized());
    }

    /** libtpms mistakes the entity if the encryption scheme in its type is another one than XOR; this TPM does not. */
    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        Delegation delegation = delegation(in, tpm);
        try (Secret authValue = delegation.authValue) {
            int handle = tpm.authSessions().newHandle(0, tpm.random());
            int adipScheme = in.entityType >> Byte.SIZE;
            AuthSession.checkAdipScheme(adipScheme, tpm.permanentFlags().is(PermanentFlag.FIPS));
            Bytes nonceEvenDsap = Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE));
            byte[] sharedSecret = authValue.use(
                    key -> Hmac.mac(Digest.SHA1, key, nonceEvenDsap.toArray(), in.nonceOddDsap.toArray()));
            AuthSession session = new AuthSession(
                    handle,
                    Protocol.DSAP,
                    delegation.entityType,
                    adipScheme,
                    Bytes.wrap(tpm.random().generate(TpmLimits.NONCE_SIZE)),
                    Secret.take(sharedSecret),
                    delegation.entityDigest,
                    delegation.publicPart);
            tpm.authSessions().add(session);
            return new Out(session, nonceEvenDsap);
        }
    }

    private static Delegation delegation(In in, TpmState tpm) {
        return switch (in.entityType & TYPE_MASK) {
            case EntityType.DEL_OWNER_BLOB -> {
                DelegateBlob blob = blob(in.entityValue, false);
                tpm.delegations().checkGeneration(blob.publicPart());
                blob.verify(tpm.permanent());
                yield ofOwner(blob.publicPart(), blob.decryptAuth(tpm.permanent()), tpm);
            }
            case EntityType.DEL_ROW -> {
                int index =
                        WireReader.over(in.entityValue, TpmResult.WIRE_FAULTS).uint32();
                DelegateRow row = tpm.delegations().validRow(index);
                tpm.delegations().checkGeneration(row.publicPart());
                yield ofOwner(row.publicPart(), row.authValue().copy(), tpm);
            }
            case EntityType.DEL_KEY_BLOB -> ofKey(in, tpm);
            default -> throw BAD_PARAMETER.exception();
        };
    }

    private static DelegateBlob blob(Bytes octets, boolean isOfKey) {
        WireReader in = WireReader.over(octets, TpmResult.WIRE_FAULTS);
        try {
            return isOfKey ? DelegateBlob.unmarshalKey(in) : DelegateBlob.unmarshalOwner(in);
        } catch (TpmException e) {
            throw WRONG_ENTITYTYPE.exception();
        }
    }

    private static Delegation ofOwner(DelegatePublic publicPart, Secret authValue, TpmState tpm) {
        return new Delegation(
                publicPart,
                authValue,
                EntityType.OWNER,
                tpm.permanent().ownerAuth().copy());
    }

    private static Delegation ofKey(In in, TpmState tpm) {
        DelegateBlob blob = blob(in.entityValue, true);
        tpm.delegations().checkGeneration(blob.publicPart());
        blob.verify(tpm.permanent());
        LoadedKey key = tpm.key(in.keyHandle);
        check(key.publicPart().modulusDigest().equals(blob.pubKeyDigest()), KEYNOTFOUND);
        return new Delegation(
                blob.publicPart(),
                blob.decryptAuth(tpm.permanent()),
                EntityType.KEYHANDLE,
                Secret.take(key.pubDataDigest().toArray()));
    }

    @Override
    public void marshalUndigested(Out out, WireWriter response) {
        response.uint32(out.session.handle()).bytes(out.session.nonceEven()).bytes(out.nonceEvenDsap);
    }
}
