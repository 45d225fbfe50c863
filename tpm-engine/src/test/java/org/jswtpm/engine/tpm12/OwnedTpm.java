package org.jswtpm.engine.tpm12;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.RandomSource;
import org.jswtpm.engine.crypto.RsaEncryption;
import org.jswtpm.engine.crypto.RsaPublicKey;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** What an owner does with a TPM 1.2, be it ours or swtpm's: endorsement key, ownership, keys. */
public final class OwnedTpm {
    public static final byte[] OWNER_AUTH = "the owner's password".getBytes(StandardCharsets.US_ASCII);
    public static final byte[] SRK_AUTH = "the SRK's password!!".getBytes(StandardCharsets.US_ASCII);
    public static final byte[] KEY_AUTH = "the key's password!!".getBytes(StandardCharsets.US_ASCII);
    public static final int SRK = 0x4000_0000;
    public static final int ET_KEYHANDLE = 1;
    public static final int ET_OWNER = 2;

    /** RSA-2048, OAEP, no signatures. */
    public static final String STORAGE_PARMS = "00000001 0003 0001 0000000c 00000800 00000002 00000000";

    /** RSA-2048, PKCS1 signatures of SHA-1. */
    public static final String SIGNING_PARMS = "00000001 0001 0002 0000000c 00000800 00000002 00000000";

    private static final String NO_KEY_YET = "00000000 00000000";

    private OwnedTpm() {}

    /** TPM_CreateEndorsementKeyPair; gives the public key. */
    public static Pubkey createEndorsementKey(Tpm12Client tpm) {
        WireReader reader = tpm.send(Request.of(Ordinal.CREATE_ENDORSEMENT_KEY_PAIR)
                        .bytes(Bytes.zeros(20))
                        .hex(STORAGE_PARMS))
                .isSuccess()
                .reader();
        return Pubkey.unmarshal(reader);
    }

    /** TPM_TakeOwnership of a TPM that has an endorsement key; gives the public SRK. */
    public static TpmKey takeOwnership(Tpm12Client tpm, Pubkey endorsementKey) {
        ClientSession session = tpm.oiap(OWNER_AUTH).ending();
        WireReader reader = tpm.send(Request.of(Ordinal.TAKE_OWNERSHIP)
                        .u16(5)
                        .sized(encrypt(endorsementKey, OWNER_AUTH))
                        .sized(encrypt(endorsementKey, SRK_AUTH))
                        .hex(keyInfo("0011", 0, STORAGE_PARMS))
                        .auth(session))
                .isSuccess()
                .reader();
        return TpmKey.unmarshal(reader);
    }

    /** Both, one after the other. */
    public static TpmKey own(Tpm12Client tpm) {
        return takeOwnership(tpm, createEndorsementKey(tpm));
    }

    /** TPM_KEY12 as a request for a new key that needs authorization. */
    public static String keyInfo(String usage, int flags, String parms) {
        return "0028 0000" + usage + String.format("%08x", flags) + "01" + parms + "00000000" + NO_KEY_YET;
    }

    /** TPM_CreateWrapKey under a key with this auth value; gives TPM_KEY12 with its private part. */
    public static Bytes createKey(Tpm12Client tpm, int parent, byte[] parentAuth, String keyInfo) {
        ClientSession session = tpm.osap(ET_KEYHANDLE, parent, parentAuth);
        return tpm.send(Request.of(Ordinal.CREATE_WRAP_KEY)
                        .handle(parent)
                        .bytes(session.encrypt(KEY_AUTH))
                        .bytes(session.encryptSecond(KEY_AUTH))
                        .hex(keyInfo)
                        .auth(session))
                .isSuccess()
                .parameters();
    }

    /** TPM_MakeIdentity; gives TPM_KEY12 with its private part. */
    public static Bytes makeIdentity(Tpm12Client tpm) {
        return makeIdentity(tpm, OWNER_AUTH, SRK_AUTH);
    }

    /** As the other one, for other auth values. */
    public static Bytes makeIdentity(Tpm12Client tpm, byte[] ownerAuth, byte[] srkAuth) {
        ClientSession owner = tpm.osap(ET_OWNER, SRK, ownerAuth);
        WireReader reader = tpm.send(Request.of(Ordinal.MAKE_IDENTITY)
                        .bytes(owner.encrypt(KEY_AUTH))
                        .bytes(Bytes.zeros(20))
                        .hex(keyInfo("0012", 0, SIGNING_PARMS))
                        .auth(tpm.oiap(srkAuth))
                        .auth(owner))
                .isSuccess()
                .reader();
        WireWriter key = new WireWriter();
        TpmKey.Wrapped.unmarshal(reader).marshal(key);
        return key.toBytes();
    }

    /** TPM_LoadKey2 under the SRK; gives the handle. */
    public static int loadKey(Tpm12Client tpm, Bytes key) {
        return tpm.send(Request.of(Ordinal.LOAD_KEY2)
                        .handle(SRK)
                        .bytes(key)
                        .undigestedResponse(4)
                        .auth(tpm.oiap(SRK_AUTH).ending()))
                .isSuccess()
                .reader()
                .uint32();
    }

    /** RSAES-OAEP as TPM 1.2 wants it. */
    public static Bytes encrypt(Pubkey pubkey, byte[] message) {
        RandomSource random = new Random(3)::nextBytes;
        RsaPublicKey key = RsaPublicKey.of(pubkey.pubKey().toArray(), 0);
        byte[] label = "TCPA".getBytes(StandardCharsets.US_ASCII);
        return Bytes.wrap(RsaEncryption.encryptOaep(key, Digest.SHA1, label, message, random)
                .orElseThrow());
    }

    /** The bare public key of an RSA-2048 key for computing. */
    public static RsaPublicKey rsa(TpmKey key) {
        return RsaPublicKey.of(key.pubKey().toArray(), 0);
    }
}
