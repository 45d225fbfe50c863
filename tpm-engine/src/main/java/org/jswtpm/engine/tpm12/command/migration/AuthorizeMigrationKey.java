package org.jswtpm.engine.tpm12.command.migration;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.KeyProperties;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.MigrationKeyAuth;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.RsaKeyParms;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_AuthorizeMigrationKey: the owner lets keys migrate to another key.
 *
 * <p>Part 3, 11.3. TPM_BAD_KEY_PROPERTY unless that is an RSA key of at least 2048 bits with the usual exponent; TPM_AUTHFAIL;
 * TPM_INAPPROPRIATE_ENC.
 */
public final class AuthorizeMigrationKey implements Command<AuthorizeMigrationKey.In, MigrationKeyAuth> {
    private static final int MIN_BITS = 2048;

    record In(int migrationScheme, Pubkey migrationKey) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.uint16(), Pubkey.unmarshal(in.wire()));
    }

    @Override
    public MigrationKeyAuth execute(In in, TpmState tpm, Authorizations auth) {
        KeyParms parms = in.migrationKey.algorithmParms();
        RsaKeyParms rsa = parms.rsa();
        check(rsa.keyLength() >= MIN_BITS, BAD_KEY_PROPERTY);
        check(KeyProperties.isDefaultExponent(rsa.exponent()), BAD_KEY_PROPERTY);
        auth.first().byOwner();
        check(parms.encScheme() == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1, INAPPROPRIATE_ENC);
        return MigrationKeyAuth.of(
                in.migrationKey, in.migrationScheme, tpm.permanent().tpmProof());
    }

    @Override
    public void marshal(MigrationKeyAuth out, WireWriter response) {
        out.marshal(response);
    }
}
