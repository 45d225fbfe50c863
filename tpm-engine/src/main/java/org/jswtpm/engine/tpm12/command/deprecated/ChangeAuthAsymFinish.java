package org.jswtpm.engine.tpm12.command.deprecated;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hmac;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ChangeAuthAsymFinish: changes the auth value of a key to one that was encrypted with the key of
 * {@link ChangeAuthAsymStart}, so that the owner of the parent key learns neither the old nor the new one.
 *
 * <p>Part 3, 28.4.2. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_AUTHFAIL, TPM_WRONG_ENTITYTYPE (libtpms changes keys only),
 * TPM_INVALID_KEYUSAGE, TPM_DECRYPT_ERROR, TPM_INVALID_STRUCTURE, TPM_BAD_PARAMETER.
 */
public final class ChangeAuthAsymFinish implements Command<ChangeAuthAsymFinish.In, ChangeAuthAsymFinish.Out> {
    record In(int parentHandle, int ephHandle, int entityType, Bytes newAuthLink, Bytes encNewAuth, Bytes encData) {}

    record Out(Bytes outData, Bytes saltNonce, Bytes changeProof) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.handle(), in.uint16(), in.digest(), in.sized(), in.sized());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        if (auth.isAny() && in.parentHandle == ReservedHandle.SRK) {
            auth.first().byOwner();
        } else {
            auth.byKeyIfNeeded(parent);
        }
        check(in.entityType == EntityType.KEY, WRONG_ENTITYTYPE);
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        StoreAsymkey key = KeyWrap.unwrap(in.encData, parent);
        try {
            return change(in, key, parent, tpm);
        } finally {
            key.wipe();
        }
    }

    private static Out change(In in, StoreAsymkey key, LoadedKey parent, TpmState tpm) {
        LoadedKey ephemeral = tpm.keyForUse(in.ephHandle);
        check(ephemeral.publicPart().keyUsage() == KeyUsage.AUTHCHANGE, BAD_PARAMETER);
        byte[] message = ephemeral.decrypt(in.encNewAuth);
        WireReader validate = WireReader.over(message, TpmResult.WIRE_FAULTS); // TPM_CHANGEAUTH_VALIDATE (Part 2, 9.6)
        try (Secret newAuth = validate.secret(TpmLimits.AUTHDATA_SIZE)) {
            byte[] n1 = validate.octets(TpmLimits.NONCE_SIZE);
            check(isLinked(key.usageAuth(), newAuth, in.newAuthLink), AUTHFAIL);
            Bytes outData = KeyWrap.wrap(
                    new StoreAsymkey(key.payload(), newAuth, key.migrationAuth(), key.pubDataDigest(), key.prime()),
                    parent,
                    tpm.random());
            byte[] saltNonce = tpm.random().generate(TpmLimits.NONCE_SIZE);
            byte[] changeProof = newAuth.use(secret -> Hmac.mac(Digest.SHA1, secret, saltNonce, n1));
            tpm.keys().evict(in.ephHandle);
            return new Out(outData, Bytes.wrap(saltNonce), Bytes.wrap(changeProof));
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** Who changes the auth value knows the one of now. */
    private static boolean isLinked(Secret currentAuth, Secret newAuth, Bytes newAuthLink) {
        byte[] expected = currentAuth.use(key -> newAuth.use(text -> Hmac.mac(Digest.SHA1, key, text)));
        return MessageDigest.isEqual(expected, newAuthLink.toArray());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized4(out.outData).bytes(out.saltNonce).bytes(out.changeProof);
    }
}
