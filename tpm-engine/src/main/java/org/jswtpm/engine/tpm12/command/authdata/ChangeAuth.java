package org.jswtpm.engine.tpm12.command.authdata;

import static org.jswtpm.engine.tpm12.structure.TpmResult.AUTHFAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.WRONG_ENTITYTYPE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.SealedData;
import org.jswtpm.engine.tpm12.structure.StoreAsymkey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ChangeAuth: changes the auth value of a key or of sealed data, which its parent wraps.
 *
 * <p>Part 3, 17.1. TPM_WRONG_ENTITYTYPE, TPM_BAD_MODE, TPM_BAD_PARAMETER, TPM_AUTHFAIL, TPM_INVALID_KEYUSAGE, TPM_AUTH2FAIL.
 */
public final class ChangeAuth implements Command<ChangeAuth.In, Bytes> {
    private static final int PID_ADCP = 4;

    record In(int parentHandle, int protocolId, Bytes newAuth, int entityType, Bytes encData) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.uint16(), in.encAuth(), in.uint16(), in.sized());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        check(in.entityType == EntityType.DATA || in.entityType == EntityType.KEY, WRONG_ENTITYTYPE);
        LoadedKey parent = tpm.keyForUse(in.parentHandle);
        auth.first().selectKey(true, parent);
        auth.second().checkUnbound();
        check(in.protocolId == PID_ADCP, BAD_PARAMETER);
        Secret newAuth = auth.first().decryptAuth(in.newAuth);
        auth.first().verify();
        check(parent.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        byte[] message = parent.decrypt(in.encData);
        try {
            WireReader entity = WireReader.over(message, TpmResult.WIRE_FAULTS);
            WireWriter changed = new WireWriter();
            if (in.entityType == EntityType.KEY) {
                changeKey(StoreAsymkey.unmarshal(entity), newAuth, auth, changed);
            } else {
                changeData(SealedData.unmarshal(entity), newAuth, tpm, auth, changed);
            }
            auth.first().endSession();
            auth.second().endSession();
            return KeyWrap.wrap(changed, parent, tpm.random());
        } finally {
            Arrays.fill(message, (byte) 0);
            newAuth.close();
        }
    }

    private static void changeKey(StoreAsymkey key, Secret newAuth, Authorizations auth, WireWriter out) {
        auth.second().bySecret(key.usageAuth());
        new StoreAsymkey(key.payload(), newAuth, key.migrationAuth(), key.pubDataDigest(), key.prime()).marshal(out);
        key.wipe();
    }

    private static void changeData(SealedData data, Secret newAuth, TpmState tpm, Authorizations auth, WireWriter out) {
        check(data.tpmProof().matches(tpm.permanent().tpmProof()), AUTHFAIL);
        auth.second().bySecret(data.authData());
        new SealedData(data.payload(), newAuth, data.tpmProof(), data.storedDigest(), data.data()).marshal(out);
        data.close();
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.sized4(out);
    }
}
