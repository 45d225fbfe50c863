package org.jswtpm.engine.tpm2.command.symmetric;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.MODE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.SymmetricAlgorithm;
import org.jswtpm.engine.crypto.SymmetricCipher;
import org.jswtpm.engine.crypto.SymmetricMode;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What TPM2_EncryptDecrypt and TPM2_EncryptDecrypt2 do; they differ in the order of their parameters alone
 * (EncryptDecryptShared of libtpms).
 *
 * @param key its handle
 * @param decrypt whether to decrypt
 * @param mode TPM_ALG_NULL for that of the key
 * @param ivIn the initialization vector: one block, or empty with ECB
 * @param inData the data, at most 1024 octets; wiped by {@link #execute}
 */
record SymmetricOperation(Handle key, boolean decrypt, AlgId mode, Bytes ivIn, Secret inData) {
    private static final int KEY_HANDLE = 1;

    /** The numbers of the parameters that answers blame. */
    record Numbers(int mode, int ivIn, int inData) {}

    /** The result, and the initialization vector with which the next piece of data goes on. */
    record Result(Secret outData, Bytes ivOut) {
        void marshal(WireWriter response) {
            response.secret2(outData).sized2(ivOut);
            outData.close();
        }
    }

    Result execute(Numbers numbers, TpmState tpm) {
        try (Secret data = inData) {
            TpmObject object = tpm.objects().object(key, KEY.handle(KEY_HANDLE));
            AlgId selected = selectMode(object, numbers);
            TpmtSymDefObject cipher = object.publicArea().symCipher().parms().sym();
            SymmetricAlgorithm algorithm =
                    SymmetricAlgorithm.of(cipher.algorithm().value());
            int ivSize = selected == AlgId.ECB ? 0 : algorithm.blockSize();
            check(ivIn.size() == ivSize, SIZE.parameter(numbers.ivIn));
            SymmetricMode cipherMode = symmetricMode(selected);
            boolean fits = !cipherMode.needsWholeBlocks() || data.size() % algorithm.blockSize() == 0;
            check(fits, SIZE.parameter(numbers.inData));
            byte[] iv = ivIn.toArray();
            byte[] octets = data.expose();
            object.sensitive().sensitive().lend(secret -> {
                if (decrypt) {
                    SymmetricCipher.decrypt(algorithm, cipherMode, secret, iv, octets);
                } else {
                    SymmetricCipher.encrypt(algorithm, cipherMode, secret, iv, octets);
                }
            });
            return new Result(Secret.take(octets), Bytes.wrap(iv));
        }
    }

    /** Encrypting counts as signing: a key may be for one direction only. */
    private AlgId selectMode(TpmObject object, Numbers numbers) {
        check(object.type() == PublicType.SYM_CIPHER, KEY.handle(KEY_HANDLE));
        ObjectAttributes attributes = object.publicAttributes();
        boolean allowed = decrypt ? attributes.decrypt() : attributes.sign();
        check(!attributes.restricted() && allowed, ATTRIBUTES.handle(KEY_HANDLE));
        AlgId ofKey = object.publicArea().symCipher().parms().sym().mode();
        check(ofKey != AlgId.CMAC, MODE.handle(KEY_HANDLE));
        check(ofKey.isNull() ? !mode.isNull() : mode.isNull() || mode == ofKey, MODE.parameter(numbers.mode));
        return ofKey.isNull() ? mode : ofKey;
    }

    private static SymmetricMode symmetricMode(AlgId mode) {
        return switch (mode) {
            case CTR -> SymmetricMode.CTR;
            case OFB -> SymmetricMode.OFB;
            case CBC -> SymmetricMode.CBC;
            case CFB -> SymmetricMode.CFB;
            case ECB -> SymmetricMode.ECB;
            default -> throw new IllegalArgumentException(mode + " is no mode of a cipher");
        };
    }
}
