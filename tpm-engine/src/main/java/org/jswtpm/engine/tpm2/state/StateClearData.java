package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.state.StateBlock.PCR_AUTHVALUE;
import static org.jswtpm.engine.tpm2.state.StateBlock.PCR_SAVE;
import static org.jswtpm.engine.tpm2.state.StateBlock.STATE_CLEAR_DATA;

import java.util.List;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * STATE_CLEAR_DATA: what Shutdown(STATE) saved and every Startup(CLEAR) makes anew.
 *
 * @param isOwnerEnabled shEnable
 * @param isEndorsementEnabled ehEnable
 * @param isPlatformNvEnabled phEnableNV
 * @param platform how the platform authorizes
 * @param savedPcrs the saved PCRs of the banks in the order of {@link HashAlg}; zeros where the state has none
 * @param pcrAuth the auth value of the PCR group; lent
 */
record StateClearData(
        boolean isOwnerEnabled,
        boolean isEndorsementEnabled,
        boolean isPlatformNvEnabled,
        Authorization platform,
        Bytes[] savedPcrs,
        Secret pcrAuth) {

    private static final int STATIC_PCRS = 16;
    private static final int BANKS = HashAlg.NULL.ordinal();
    private static final HashAlg[] HASHES = HashAlg.values();

    static StateClearData read(StateReader in, List<PcrSelection> allocation) {
        int version = in.header(STATE_CLEAR_DATA);
        boolean isOwnerEnabled = in.at("STATE_CLEAR_DATA.shEnable").bool();
        boolean isEndorsementEnabled = in.at("STATE_CLEAR_DATA.ehEnable").bool();
        boolean isPlatformNvEnabled = in.at("STATE_CLEAR_DATA.phEnableNV").bool();
        HashAlg policyAlg = in.at("STATE_CLEAR_DATA.platformAlg").hashOrError();
        Bytes policy = in.checkDigest(
                policyAlg, in.at("STATE_CLEAR_DATA.platformPolicy").digest());
        Authorization platform = new Authorization(
                policyAlg, policy, in.at("STATE_CLEAR_DATA.platformAuth").secret());
        Bytes[] savedPcrs = readSavedPcrs(in, allocation);
        int authVersion = in.header(PCR_AUTHVALUE);
        in.at("PCR_AUTHVALUE.count").count(1);
        Secret pcrAuth = in.at("PCR_AUTHVALUE.auth").secret();
        in.at("PCR_AUTHVALUE").end(authVersion);
        in.at("STATE_CLEAR_DATA").end(version);
        return new StateClearData(
                isOwnerEnabled, isEndorsementEnabled, isPlatformNvEnabled, platform, savedPcrs, pcrAuth);
    }

    private static Bytes[] readSavedPcrs(StateReader in, List<PcrSelection> allocation) {
        int version = in.header(PCR_SAVE);
        in.at("PCR_SAVE.count").count(STATIC_PCRS);
        Bytes[] saved = new Bytes[BANKS];
        HashAlg hash = in.at("PCR_SAVE.hashAlg").hash();
        while (hash != HashAlg.NULL) {
            int size = STATIC_PCRS * hash.digestSize();
            in.at("PCR_SAVE.pcrs, their size").count(size);
            saved[hash.ordinal()] = Bytes.wrap(in.at("PCR_SAVE.pcrs").octets(size));
            hash = in.at("PCR_SAVE.hashAlg").hash();
        }
        for (int i = 0; i < allocation.size(); i++) {
            PcrSelection selection = allocation.get(i);
            if (selection.pcrs() != 0 && saved[selection.hash().ordinal()] == null) {
                throw in.fault("misses the bank of " + selection.hash());
            }
        }
        for (int i = 0; i < BANKS; i++) {
            if (saved[i] == null) {
                saved[i] = Bytes.zeros(STATIC_PCRS * HASHES[i].digestSize());
            }
        }
        in.at("PCR_SAVE").end(version);
        return saved;
    }

    void write(WireWriter out) {
        StateWriter.header(out, STATE_CLEAR_DATA);
        StateWriter.bool(out, isOwnerEnabled);
        StateWriter.bool(out, isEndorsementEnabled);
        StateWriter.bool(out, isPlatformNvEnabled);
        platform.policyAlg().marshal(out);
        out.sized2(platform.policy()).secret2(platform.auth());
        StateWriter.header(out, PCR_SAVE);
        out.uint16(STATIC_PCRS);
        for (int i = 0; i < BANKS; i++) {
            HASHES[i].marshal(out);
            out.sized2(savedPcrs[i]);
        }
        HashAlg.NULL.marshal(out);
        StateWriter.end(out);
        StateWriter.header(out, PCR_AUTHVALUE);
        out.uint16(1).secret2(pcrAuth);
        StateWriter.end(out);
        StateWriter.end(out);
    }
}
