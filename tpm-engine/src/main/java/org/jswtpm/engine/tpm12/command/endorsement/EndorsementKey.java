package org.jswtpm.engine.tpm12.command.endorsement;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.key.KeyMaker;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.AlgorithmId;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyParms;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** How the endorsement key comes into being, whichever command makes it (Part 3, 14.1 and 14.2). */
final class EndorsementKey {
    private static final int KEY_BITS = 2048;
    private static final int PRIMES = 2;

    private EndorsementKey() {}

    /** Makes the key and new secrets for DAA; gives the public key and a digest of it and of the nonce. */
    static Bytes create(KeyParms keyInfo, Bytes antiReplay, TpmState tpm) {
        check(!tpm.permanent().endorsementKey().isPresent(), DISABLED_CMD);
        check(keyInfo.rsa().keyLength() == KEY_BITS && keyInfo.rsa().numPrimes() == PRIMES, BAD_KEY_PROPERTY);
        check(keyInfo.encScheme() == AlgorithmId.ES_RSAESOAEP_SHA1_MGF1, BAD_KEY_PROPERTY);
        TpmKey template = new TpmKey(
                TpmKey.VERSION_1_1,
                KeyUsage.STORAGE,
                KeyFlags.NONE,
                TpmKey.AUTH_ALWAYS,
                new KeyParms(keyInfo.encScheme(), AlgorithmId.SS_NONE, keyInfo.parms()),
                PcrInfo.NONE,
                Bytes.EMPTY);
        LoadedKey key = KeyMaker.make(template, PcrInfo.NONE, zeros(), zeros(), tpm.keySource());
        tpm.permanent().setEndorsementKey(key);
        tpm.permanent().initializeDaa(tpm.random());
        tpm.permanentFlags().set(PermanentFlag.CEKP_USED, true);
        tpm.nvChanged();
        return ReadPubek.report(key.publicPart().asPubkey(), antiReplay);
    }

    private static Secret zeros() {
        return Secret.take(new byte[TpmLimits.AUTHDATA_SIZE]);
    }
}
