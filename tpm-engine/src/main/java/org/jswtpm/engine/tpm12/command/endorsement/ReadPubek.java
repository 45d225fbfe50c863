package org.jswtpm.engine.tpm12.command.endorsement;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NO_ENDORSEMENT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_ReadPubek: the public endorsement key, and a digest of it and of the nonce.
 *
 * <p>Part 3, 14.4. TPM_DISABLED_CMD, TPM_NO_ENDORSEMENT.
 */
public final class ReadPubek implements Command<ReadPubek.In, Bytes> {
    record In(Bytes antiReplay) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.nonce());
    }

    @Override
    public Bytes execute(In in, TpmState tpm, Authorizations auth) {
        check(tpm.permanentFlags().is(PermanentFlag.READ_PUBEK), DISABLED_CMD);
        check(tpm.permanent().endorsementKey().isPresent(), NO_ENDORSEMENT);
        return report(tpm.permanent().endorsementKey().publicPart().asPubkey(), in.antiReplay);
    }

    /** The key, and the digest of it and of the nonce. */
    static Bytes report(Pubkey pubkey, Bytes antiReplay) {
        WireWriter out = new WireWriter();
        pubkey.marshal(out);
        byte[] checksum = Hasher.digest(Digest.SHA1, out.toArray(), antiReplay.toArray());
        return out.octets(checksum).toBytes();
    }

    @Override
    public void marshal(Bytes out, WireWriter response) {
        response.bytes(out);
    }
}
