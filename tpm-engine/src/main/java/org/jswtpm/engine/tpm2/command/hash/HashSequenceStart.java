package org.jswtpm.engine.tpm2.command.hash;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.HashSequence;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;

/**
 * TPM2_HashSequenceStart: begins a hash of many buffers or, for TPM_ALG_NULL, an event sequence.
 *
 * <p>Part 3, 17.4. Answers OBJECT_MEMORY where no slot is free.
 */
public final class HashSequenceStart implements Command<HashSequenceStart.In, Handle> {
    private static final int AUTH = 1;
    private static final int HASH_ALG = 2;

    record In(Secret auth, HashAlg hashAlg) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                in.at(AUTH).secret2(TpmLimits.MAX_DIGEST_SIZE),
                HashAlg.unmarshalOrNull(in.at(HASH_ALG), in.algorithms()));
    }

    @Override
    public Handle execute(In in, TpmState tpm) {
        SequenceState state = in.hashAlg.isNull()
                ? new SequenceState.Event(
                        HashSequence.of(Digest.SHA1),
                        HashSequence.of(Digest.SHA256),
                        HashSequence.of(Digest.SHA384),
                        HashSequence.of(Digest.SHA512))
                : new SequenceState.Hash(HashSequence.of(in.hashAlg.digest()));
        return tpm.objects().add(SequenceObject.begin(in.auth, state));
    }

    @Override
    public Handle responseHandle(Handle sequenceHandle) {
        return sequenceHandle;
    }
}
