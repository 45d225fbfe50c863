package org.jswtpm.engine.tpm2;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.HashSequence;
import org.jswtpm.engine.tpm2.object.SequenceObject;
import org.jswtpm.engine.tpm2.object.SequenceState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.wire.Secret;

/**
 * _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End (Part 3, 22.9 to 22.11): what the platform measures itself by. Before
 * TPM2_Startup it is an H-CRTM and goes to PCR 0, later a D-RTM and goes to PCR 17.
 *
 * <p>It is an event sequence like those of commands, and as in libtpms an object goes for it if all slots are in use.
 */
final class PlatformHash {
    private static final Handle FIRST_OBJECT = new Handle(Handle.TYPE_TRANSIENT << 24);

    private final TpmState tpm;

    PlatformHash(TpmState tpm) {
        this.tpm = tpm;
    }

    /** Begins anew. */
    void start() {
        terminate();
        if (tpm.objects().freeCount() == 0) {
            tpm.objects().flush(FIRST_OBJECT);
        }
        Digest[] digests = Digest.values();
        HashSequence[] hashes = new HashSequence[digests.length];
        for (int i = 0; i < digests.length; i++) {
            hashes[i] = HashSequence.of(digests[i]);
        }
        SequenceObject sequence = SequenceObject.begin(Secret.empty(), new SequenceState.Event(hashes));
        tpm.boot().setPlatformSequence(tpm.objects().add(sequence));
    }

    /** Adds octets; without a begin they are lost. */
    void data(byte[] octets, int offset, int length) {
        if (isRunning()) {
            sequence().update(Arrays.copyOfRange(octets, offset, offset + length));
        }
    }

    /** Extends the PCR; does nothing without a begin. */
    void end() {
        if (!isRunning()) {
            return;
        }
        boolean isStarted = tpm.boot().isStarted();
        if (isStarted) {
            tpm.pcrs().resetDynamics();
            tpm.boot().setRestartCount(tpm.boot().restartCount() + 1);
        } else {
            tpm.boot().setHcrtmBeforeStartup(true);
        }
        SequenceState.Event sequence = sequence();
        int pcr = isStarted ? PcrBanks.DRTM : PcrBanks.HCRTM;
        for (int i = 0; i < sequence.count(); i++) {
            HashSequence hash = sequence.hash(i);
            HashAlg algorithm = HashAlg.of(hash.algorithm().algId());
            tpm.pcrs().extendByHashSequence(pcr, algorithm, hash.digest(), isStarted);
        }
        terminate();
    }

    /** A command ends a sequence without a trace. */
    void terminate() {
        if (isRunning()) {
            tpm.objects().flush(tpm.boot().platformSequence());
            tpm.boot().setPlatformSequence(Handle.UNASSIGNED);
        }
    }

    private boolean isRunning() {
        return tpm.boot().platformSequence().value() != Handle.UNASSIGNED.value();
    }

    private SequenceState.Event sequence() {
        SequenceObject object = (SequenceObject) tpm.objects().get(tpm.boot().platformSequence());
        return (SequenceState.Event) object.state();
    }
}
