package org.jswtpm.engine.tpm2.command.integrity;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPM2_PCR_SetAuthPolicy: would give a group of PCRs a policy; no PCR of libtpms is in such a group.
 *
 * <p>Part 3, 22.6.
 */
public final class PcrSetAuthPolicy implements Command<PcrSetAuthPolicy.In, Void> {
    private static final int AUTH_POLICY = 1;
    private static final int HASH_ALG = 2;
    private static final int PCR_NUM = 3;

    record In(Bytes authPolicy, HashAlg hashAlg) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        Bytes authPolicy = in.at(AUTH_POLICY).sized2(TpmLimits.MAX_DIGEST_SIZE);
        HashAlg hashAlg = HashAlg.unmarshalOrNull(in.at(HASH_ALG), in.algorithms());
        Handle pcrNum = Handle.unmarshal(in.at(PCR_NUM));
        check(Integer.compareUnsigned(pcrNum.value(), PcrBanks.COUNT) < 0, VALUE);
        return new In(authPolicy, hashAlg);
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        check(in.authPolicy.size() == in.hashAlg.digestSize(), SIZE.parameter(AUTH_POLICY));
        throw VALUE.parameter(PCR_NUM).exception();
    }
}
