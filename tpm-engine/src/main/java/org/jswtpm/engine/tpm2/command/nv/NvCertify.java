package org.jswtpm.engine.tpm2.command.nv;

import static org.jswtpm.engine.tpm2.structure.TpmRc.NV_RANGE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.command.attestation.Attestation;
import org.jswtpm.engine.tpm2.nv.NvIndex;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmuAttest;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_NV_Certify: an NV Index holds certain octets; or, if size and offset are zero, data with a certain digest.
 *
 * <p>Part 3, 31.16. Answers KEY at handle 1, SCHEME at parameter 2, NV_LOCKED, NV_AUTHORIZATION, NV_UNINITIALIZED, NV_RANGE, and
 * VALUE at parameter 3 for more octets than a buffer holds.
 */
public final class NvCertify implements Command<NvCertify.In, Attestation.Signed> {
    private static final int SIGN_HANDLE = 1;
    private static final int AUTH_HANDLE = 2;
    private static final int NV_INDEX = 3;
    private static final int QUALIFYING_DATA = 1;
    private static final int IN_SCHEME = 2;
    private static final int SIZE = 3;
    private static final int OFFSET = 4;

    record In(
            Handle signHandle,
            Handle authHandle,
            Handle nvIndex,
            Bytes qualifyingData,
            TpmtAsymScheme inScheme,
            int size,
            int offset) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(SIGN_HANDLE),
                handles.get(AUTH_HANDLE),
                handles.get(NV_INDEX),
                in.at(QUALIFYING_DATA).sized2(TpmLimits.MAX_DATA_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()),
                in.at(SIZE).uint16(),
                in.at(OFFSET).uint16());
    }

    @Override
    public Attestation.Signed execute(In in, TpmState tpm) {
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        NvIndex index = tpm.nv().index(in.nvIndex);
        index.checkReadAccess(in.authHandle);
        check(in.size + in.offset <= index.dataSize(), NV_RANGE);
        check(in.size <= NvDefinition.MAX_BUFFER_SIZE, VALUE.parameter(SIZE));
        TpmuAttest contents = in.size == 0 && in.offset == 0
                ? new TpmuAttest.NvDigest(index.name(), digest(index, attestation.hash()))
                : new TpmuAttest.Nv(index.name(), in.offset, index.read(in.offset, in.size));
        return attestation.sign(contents, in.qualifyingData, tpm);
    }

    /** Without a key there is no hash algorithm, and the digest is empty. */
    private static Bytes digest(NvIndex index, HashAlg hash) {
        if (hash.isNull()) {
            return Bytes.EMPTY;
        }
        Hasher hasher = Hasher.of(hash.digest());
        index.addTo(hasher, 0, index.dataSize());
        return Bytes.wrap(hasher.digest());
    }

    @Override
    public void marshal(Attestation.Signed out, WireWriter response) {
        out.marshal(response);
    }
}
