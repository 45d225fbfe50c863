package org.jswtpm.engine.tpm12.command.audit;

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
import org.jswtpm.engine.tpm12.structure.SignInfo;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetAuditDigestSigned: signs the audit digest, and ends the audit if an identity key signs and the caller asks for it.
 *
 * <p>Part 3, 8.2. TPM_INVALID_KEYHANDLE, TPM_WRONGPCRVAL, TPM_AUTHFAIL; TPM_INVALID_KEYUSAGE for a key that does not sign
 * SHA-1, and for an end of the audit by another key than an identity.
 */
public final class GetAuditDigestSigned implements Command<GetAuditDigestSigned.In, GetAuditDigestSigned.Out> {
    private static final String FIXED = "ADIG";

    record In(int keyHandle, boolean closeAudit, Bytes antiReplay) {}

    record Out(Bytes counterValue, Bytes auditDigest, Bytes ordinalDigest, Bytes sig) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.bool(), in.nonce());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(in.keyHandle);
        auth.byKeyIfNeeded(key);
        checkUsage(key);
        WireWriter counter = new WireWriter();
        tpm.audit().counter().marshal(counter);
        Bytes ordinalDigest = Bytes.wrap(
                Hasher.digest(Digest.SHA1, tpm.audit().auditedOrdinals(0).toArray()));
        Bytes data = tpm.audit().digest().then(counter.toBytes()).then(ordinalDigest);
        Bytes sig = key.sign(new SignInfo(FIXED, in.antiReplay, data).digest());
        if (in.closeAudit) {
            check(key.publicPart().keyUsage() == KeyUsage.IDENTITY, INVALID_KEYUSAGE);
            tpm.audit().clearDigest();
        }
        // as libtpms, which answers with the digest after the end of the audit
        return new Out(counter.toBytes(), tpm.audit().digest(), ordinalDigest, sig);
    }

    private static void checkUsage(LoadedKey key) {
        int usage = key.publicPart().keyUsage();
        check(usage == KeyUsage.SIGNING || usage == KeyUsage.IDENTITY || usage == KeyUsage.LEGACY, INVALID_KEYUSAGE);
        int scheme = key.publicPart().algorithmParms().sigScheme();
        check(
                scheme == AlgorithmId.SS_RSASSAPKCS1V15_SHA1 || scheme == AlgorithmId.SS_RSASSAPKCS1V15_INFO,
                INVALID_KEYUSAGE);
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.bytes(out.counterValue)
                .bytes(out.auditDigest)
                .bytes(out.ordinalDigest)
                .sized4(out.sig);
    }
}
