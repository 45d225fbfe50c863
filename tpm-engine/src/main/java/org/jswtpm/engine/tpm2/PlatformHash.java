package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;

/**
 * _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End (Part 3, 22.9 to 22.11): what the platform measures itself by. Before
 * TPM2_Startup it is an H-CRTM and goes to PCR 0, later a D-RTM and goes to PCR 17.
 *
 * <p>The sequence needs no slot for objects here, but as in libtpms, where it does, an object goes if all slots are in use.
 */
final class PlatformHash {
    private final TpmState tpm;

    /** One hash for each bank, in their order; null while no sequence runs. */
    private Hasher[] hashers;

    PlatformHash(TpmState tpm) {
        this.tpm = tpm;
    }

    /** Begins anew. */
    void start() {
        if (tpm.objects().freeCount() == 0) {
            tpm.objects().flush(new Handle(Handle.TYPE_TRANSIENT << 24));
        }
        Digest[] digests = Digest.values();
        hashers = new Hasher[digests.length];
        for (int i = 0; i < digests.length; i++) {
            hashers[i] = Hasher.of(digests[i]);
        }
    }

    /** Adds octets; without a begin they are lost. */
    void data(byte[] octets, int offset, int length) {
        if (hashers != null) {
            for (Hasher hasher : hashers) {
                hasher.update(octets, offset, length);
            }
        }
    }

    /** Extends the PCR; does nothing without a begin. */
    void end() {
        if (hashers == null) {
            return;
        }
        boolean isStarted = tpm.boot().isStarted();
        if (isStarted) {
            tpm.pcrs().resetDynamics();
            tpm.boot().setRestartCount(tpm.boot().restartCount() + 1);
        } else {
            tpm.boot().setHcrtmBeforeStartup(true);
        }
        Digest[] digests = Digest.values();
        for (int i = 0; i < digests.length; i++) {
            HashAlg hash = HashAlg.of(digests[i].algId());
            tpm.pcrs()
                    .extendByHashSequence(
                            isStarted ? PcrBanks.DRTM : PcrBanks.HCRTM, hash, hashers[i].digest(), isStarted);
        }
        hashers = null;
    }

    /** A command ends a sequence without a trace. */
    void terminate() {
        hashers = null;
    }
}
