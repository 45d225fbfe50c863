package org.jswtpm.engine.tpm12.command.integrity;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.PcrInfoShort;
import org.jswtpm.engine.tpm12.structure.PcrSelection;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmVersionInfo;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_Quote2: signs the values of PCRs, the locality and, if asked for, the version of the TPM.
 *
 * <p>Part 3, 16.5. The answers of TPM_Quote.
 */
public final class Quote2 implements Command<Quote2.In, Quote2.Out> {
    /** "QUT2". */
    private static final int QUT2 = 0x51555432;

    record In(int keyHandle, Bytes externalData, PcrSelection targetPcr, boolean addVersion) {}

    record Out(PcrInfoShort pcrData, Bytes versionInfo, Bytes sig) {}

    @Override
    public In unmarshal(ParameterReader in) {
        return new In(in.handle(), in.nonce(), PcrSelection.unmarshal(in.wire()), in.bool());
    }

    @Override
    public Out execute(In in, TpmState tpm, Authorizations auth) {
        LoadedKey key = Quote.quotingKey(in.keyHandle, tpm, auth);
        Bytes pcrs = tpm.pcrs().digest(in.targetPcr);
        PcrInfoShort pcrData = new PcrInfoShort(in.targetPcr, 1 << tpm.locality(), pcrs);
        WireWriter version = new WireWriter();
        if (in.addVersion) {
            TpmVersionInfo.marshal(version);
        }
        WireWriter info = new WireWriter();
        StructureTag.QUOTE_INFO2.marshal(info);
        info.uint32(QUT2).bytes(in.externalData);
        pcrData.marshal(info);
        info.bytes(version.toBytes());
        byte[] digest = Hasher.digest(Digest.SHA1, info.toArray());
        return new Out(pcrData, version.toBytes(), key.sign(digest));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.pcrData.marshal(response);
        response.sized4(out.versionInfo).sized4(out.sig);
    }
}
