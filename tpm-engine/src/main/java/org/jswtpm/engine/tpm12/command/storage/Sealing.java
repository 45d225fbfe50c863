package org.jswtpm.engine.tpm12.command.storage;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_PARAMETER;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INAPPROPRIATE_ENC;
import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_KEYUSAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOTSEALED_BLOB;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.crypto.Kdf;
import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm12.Authorization;
import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.auth.Adip;
import org.jswtpm.engine.tpm12.key.KeyWrap;
import org.jswtpm.engine.tpm12.key.LoadedKey;
import org.jswtpm.engine.tpm12.structure.KeyFlags;
import org.jswtpm.engine.tpm12.structure.KeyUsage;
import org.jswtpm.engine.tpm12.structure.PcrInfo;
import org.jswtpm.engine.tpm12.structure.SealedData;
import org.jswtpm.engine.tpm12.structure.StoredData;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** What TPM_Seal, TPM_Sealx and TPM_Unseal have in common (Part 3, 10). */
final class Sealing {
    private static final byte[] XOR_LABEL = {'X', 'O', 'R'};
    private static final int AES_SIZE = 16;

    private Sealing() {}

    /** The key that seals, authorized by a session that shares a secret. */
    static LoadedKey sealingKey(int handle, Bytes data, TpmState tpm, Authorizations auth) {
        LoadedKey key = tpm.keyForUse(handle);
        auth.first().byKeyWithSharedSecret(key);
        check(!data.isEmpty(), BAD_PARAMETER);
        checkStorageKey(key);
        return key;
    }

    /** Only a storage key that stays in this TPM seals: else TPM_INVALID_KEYUSAGE. */
    static void checkStorageKey(LoadedKey key) {
        check(key.publicPart().keyUsage() == KeyUsage.STORAGE, INVALID_KEYUSAGE);
        check(!key.publicPart().keyFlags().has(KeyFlags.MIGRATABLE), INVALID_KEYUSAGE);
    }

    /** What PCRs the data is bound to, as it is now; TPM_BADINDEX if that cannot be read. */
    static PcrInfo pcrInfo(Bytes octets, boolean isLong, TpmState tpm) {
        PcrInfo wanted;
        try {
            wanted = PcrInfo.unmarshal(octets, isLong);
        } catch (TpmException e) {
            throw BADINDEX.exception();
        }
        return tpm.pcrs().atCreation(wanted, tpm.locality());
    }

    /** Seals; {@code authData} and {@code data} are taken over. */
    static StoredData.Sealed seal(StoredData stored, Secret authData, Secret data, LoadedKey key, TpmState tpm) {
        Secret proof = tpm.permanent().tpmProof().copy();
        try (SealedData sealed = new SealedData(SealedData.SEAL, authData, proof, stored.digest(), data)) {
            WireWriter out = new WireWriter();
            sealed.marshal(out);
            return new StoredData.Sealed(stored, KeyWrap.wrap(out, key, tpm.random()));
        }
    }

    /** What was sealed by this TPM; the caller closes it. Anything else is TPM_NOTSEALED_BLOB. */
    static SealedData unseal(StoredData.Sealed blob, LoadedKey parent, TpmState tpm) {
        SealedData sealed;
        try {
            byte[] message = parent.decrypt(blob.encData());
            sealed = SealedData.unmarshal(WireReader.over(message, TpmResult.WIRE_FAULTS));
            Arrays.fill(message, (byte) 0);
        } catch (TpmException e) {
            throw NOTSEALED_BLOB.exception();
        }
        boolean isOurs = sealed.tpmProof().matches(tpm.permanent().tpmProof())
                && sealed.storedDigest().equals(blob.data().digest())
                && sealed.payload() == SealedData.SEAL;
        check(isOurs, NOTSEALED_BLOB);
        return sealed;
    }

    /** Encrypts or decrypts in place the data of TPM_Sealx by the session; TPM_INAPPROPRIATE_ENC. */
    static byte[] crypt(byte[] data, int scheme, Authorization auth) {
        byte[] nonceEven = auth.session().nonceEven().toArray();
        byte[] nonceOdd = auth.nonceOdd().toArray();
        check(scheme == Adip.XOR || scheme == Adip.AES128_CTR, INAPPROPRIATE_ENC);
        auth.session().sharedSecret().lend(secret -> {
            if (scheme == Adip.XOR) {
                xor(data, new byte[][] {nonceEven, nonceOdd, XOR_LABEL, secret});
            } else {
                byte[] counter = Arrays.copyOf(Hasher.digest(Digest.SHA1, nonceEven, nonceOdd), AES_SIZE);
                byte[] key = Arrays.copyOf(secret, AES_SIZE);
                SymmetricCipher.encrypt(SymmetricAlgorithm.AES, SymmetricMode.CTR, key, counter, data);
                Arrays.fill(key, (byte) 0);
            }
        });
        return data;
    }

    private static void xor(byte[] data, byte[][] parts) {
        WireWriter seed = new WireWriter();
        for (byte[] part : parts) {
            seed.octets(part);
        }
        byte[] mask = Kdf.mgf1(Digest.SHA1, seed.toArray(), data.length);
        seed.wipe();
        for (int i = 0; i < data.length; i++) {
            data[i] ^= mask[i];
        }
        Arrays.fill(mask, (byte) 0);
    }
}
