package org.jswtpm.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tss.Crypto;
import tss.Tpm;
import tss.TpmException;
import tss.tpm.CreatePrimaryResponse;
import tss.tpm.CreateResponse;
import tss.tpm.EncryptDecryptResponse;
import tss.tpm.GetCapabilityResponse;
import tss.tpm.MakeCredentialResponse;
import tss.tpm.PCR_ReadResponse;
import tss.tpm.QuoteResponse;
import tss.tpm.SequenceCompleteResponse;
import tss.tpm.StartAuthSessionResponse;
import tss.tpm.TPM2B_DIGEST_KEYEDHASH;
import tss.tpm.TPM2B_DIGEST_SYMCIPHER;
import tss.tpm.TPM2B_PUBLIC_KEY_RSA;
import tss.tpm.TPMA_NV;
import tss.tpm.TPMA_OBJECT;
import tss.tpm.TPML_TAGGED_TPM_PROPERTY;
import tss.tpm.TPMS_ECC_PARMS;
import tss.tpm.TPMS_ECC_POINT;
import tss.tpm.TPMS_KEYEDHASH_PARMS;
import tss.tpm.TPMS_NULL_ASYM_SCHEME;
import tss.tpm.TPMS_NULL_KDF_SCHEME;
import tss.tpm.TPMS_NULL_SCHEME_KEYEDHASH;
import tss.tpm.TPMS_NULL_SIG_SCHEME;
import tss.tpm.TPMS_NV_PUBLIC;
import tss.tpm.TPMS_PCR_SELECTION;
import tss.tpm.TPMS_RSA_PARMS;
import tss.tpm.TPMS_SCHEME_HMAC;
import tss.tpm.TPMS_SENSITIVE_CREATE;
import tss.tpm.TPMS_SIG_SCHEME_ECDSA;
import tss.tpm.TPMS_SIG_SCHEME_RSASSA;
import tss.tpm.TPMS_SYMCIPHER_PARMS;
import tss.tpm.TPMT_HA;
import tss.tpm.TPMT_PUBLIC;
import tss.tpm.TPMT_SYM_DEF;
import tss.tpm.TPMT_SYM_DEF_OBJECT;
import tss.tpm.TPMT_TK_HASHCHECK;
import tss.tpm.TPMU_PUBLIC_ID;
import tss.tpm.TPMU_PUBLIC_PARMS;
import tss.tpm.TPMU_SIGNATURE;
import tss.tpm.TPM_ALG_ID;
import tss.tpm.TPM_CAP;
import tss.tpm.TPM_ECC_CURVE;
import tss.tpm.TPM_HANDLE;
import tss.tpm.TPM_PT;
import tss.tpm.TPM_RC;
import tss.tpm.TPM_SE;
import tss.tpm.TPM_SU;

/** What a program does with a TPM, by TSS.Java: it builds the commands, reads the answers and checks signatures and Names. */
class TssJavaTest {
    private static final byte[] NONE = {};
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
    private static final TPMS_PCR_SELECTION[] NO_PCRS = {};
    private static final TPMT_SYM_DEF_OBJECT AES = new TPMT_SYM_DEF_OBJECT(TPM_ALG_ID.AES, 128, TPM_ALG_ID.CFB);

    private static final TPMT_SYM_DEF_OBJECT NO_CIPHER = new TPMT_SYM_DEF_OBJECT(TPM_ALG_ID.NULL, 0, TPM_ALG_ID.NULL);

    private final InProcessTpm device = new InProcessTpm();
    private final Tpm tpm = new Tpm();

    @BeforeEach
    void start() {
        device.connect();
        tpm._setDevice(device);
        tpm.Startup(TPM_SU.CLEAR);
    }

    @AfterEach
    void stop() throws IOException {
        tpm.close();
    }

    private static TPMT_PUBLIC rsa(TPMA_OBJECT attributes, TPMS_RSA_PARMS parms) {
        return new TPMT_PUBLIC(TPM_ALG_ID.SHA256, attributes, NONE, parms, new TPM2B_PUBLIC_KEY_RSA());
    }

    private static TPMA_OBJECT own(TPMA_OBJECT... more) {
        TPMA_OBJECT[] all = new TPMA_OBJECT[more.length + 4];
        all[0] = TPMA_OBJECT.fixedTPM;
        all[1] = TPMA_OBJECT.fixedParent;
        all[2] = TPMA_OBJECT.sensitiveDataOrigin;
        all[3] = TPMA_OBJECT.userWithAuth;
        System.arraycopy(more, 0, all, 4, more.length);
        return new TPMA_OBJECT(all);
    }

    private static TPMT_PUBLIC storageKey() {
        return rsa(
                own(TPMA_OBJECT.restricted, TPMA_OBJECT.decrypt),
                new TPMS_RSA_PARMS(AES, new TPMS_NULL_ASYM_SCHEME(), 2048, 65537));
    }

    private static TPMT_PUBLIC eccSigningKey() {
        return new TPMT_PUBLIC(
                TPM_ALG_ID.SHA256,
                own(TPMA_OBJECT.sign),
                NONE,
                new TPMS_ECC_PARMS(
                        NO_CIPHER,
                        new TPMS_SIG_SCHEME_ECDSA(TPM_ALG_ID.SHA256),
                        TPM_ECC_CURVE.NIST_P256,
                        new TPMS_NULL_KDF_SCHEME()),
                new TPMS_ECC_POINT());
    }

    private static TPMT_PUBLIC rsaSigningKey() {
        return rsa(
                own(TPMA_OBJECT.sign),
                new TPMS_RSA_PARMS(NO_CIPHER, new TPMS_SIG_SCHEME_RSASSA(TPM_ALG_ID.SHA256), 2048, 65537));
    }

    private CreatePrimaryResponse primary(TPMT_PUBLIC template) {
        return tpm.CreatePrimary(tpm._OwnerHandle, new TPMS_SENSITIVE_CREATE(NONE, NONE), template, NONE, NO_PCRS);
    }

    @Test
    void readsProperties() {
        GetCapabilityResponse answer = tpm.GetCapability(TPM_CAP.TPM_PROPERTIES, TPM_PT.FAMILY_INDICATOR.toInt(), 1);
        TPML_TAGGED_TPM_PROPERTY list = (TPML_TAGGED_TPM_PROPERTY) answer.capabilityData;
        assertEquals(0x322e3000, list.tpmProperty[0].value, "2.0");
        assertEquals(16, tpm.GetRandom(16).length);
    }

    @Test
    void measures() {
        TPM_HANDLE pcr = TPM_HANDLE.pcr(16);
        tpm.PCR_Event(pcr, MESSAGE);
        PCR_ReadResponse read = tpm.PCR_Read(TPMS_PCR_SELECTION.CreateSelectionArray(TPM_ALG_ID.SHA256, 16));
        assertArrayEquals(TPMT_HA.zeroHash(TPM_ALG_ID.SHA256).event(MESSAGE).digest, read.pcrValues[0].buffer);
    }

    @Test
    void signs() {
        for (TPMT_PUBLIC template : new TPMT_PUBLIC[] {rsaSigningKey(), eccSigningKey()}) {
            CreatePrimaryResponse key = primary(template);
            assertArrayEquals(key.outPublic.getName(), key.name);
            byte[] digest = TPMT_HA.fromHashOf(TPM_ALG_ID.SHA256, MESSAGE).digest;
            TPMU_SIGNATURE signature =
                    tpm.Sign(key.handle, digest, new TPMS_NULL_SIG_SCHEME(), TPMT_TK_HASHCHECK.nullTicket());
            tpm.VerifySignature(key.handle, digest, signature);
            if (template.parameters instanceof TPMS_RSA_PARMS) {
                assertTrue(key.outPublic.validateSignature(MESSAGE, signature));
            }
            digest[0] ^= 1;
            TpmException refusal =
                    assertThrows(TpmException.class, () -> tpm.VerifySignature(key.handle, digest, signature));
            assertEquals(TPM_RC.SIGNATURE, refusal.ResponseCode);
        }
    }

    @Test
    void quotes() {
        TPMT_PUBLIC template = rsa(
                own(TPMA_OBJECT.sign, TPMA_OBJECT.restricted),
                new TPMS_RSA_PARMS(NO_CIPHER, new TPMS_SIG_SCHEME_RSASSA(TPM_ALG_ID.SHA256), 2048, 65537));
        CreatePrimaryResponse key = primary(template);
        TPMS_PCR_SELECTION[] pcrs = {new TPMS_PCR_SELECTION(TPM_ALG_ID.SHA256, new int[] {0, 7, 16})};
        PCR_ReadResponse values = tpm.PCR_Read(pcrs);
        QuoteResponse quote = tpm.Quote(key.handle, MESSAGE, new TPMS_NULL_SIG_SCHEME(), pcrs);
        assertTrue(key.outPublic.validateQuote(values, MESSAGE, quote));
        tpm.PCR_Event(TPM_HANDLE.pcr(16), MESSAGE);
        assertFalse(key.outPublic.validateQuote(tpm.PCR_Read(pcrs), MESSAGE, quote), "other PCRs");
    }

    @Test
    void sealsToPcrs() {
        TPMS_PCR_SELECTION[] pcrs = TPMS_PCR_SELECTION.CreateSelectionArray(TPM_ALG_ID.SHA256, 23);
        TPM_HANDLE trial = session(TPM_SE.TRIAL);
        tpm.PolicyPCR(trial, NONE, pcrs);
        byte[] policy = tpm.PolicyGetDigest(trial);
        tpm.FlushContext(trial);
        TPM_HANDLE parent = primary(storageKey()).handle;
        TPMT_PUBLIC template = new TPMT_PUBLIC(
                TPM_ALG_ID.SHA256,
                new TPMA_OBJECT(TPMA_OBJECT.fixedTPM, TPMA_OBJECT.fixedParent),
                policy,
                new TPMS_KEYEDHASH_PARMS(new TPMS_NULL_SCHEME_KEYEDHASH()),
                new TPM2B_DIGEST_KEYEDHASH());
        CreateResponse sealed = tpm.Create(parent, new TPMS_SENSITIVE_CREATE(NONE, MESSAGE), template, NONE, NO_PCRS);
        TPM_HANDLE object = tpm.Load(parent, sealed.outPrivate, sealed.outPublic);
        assertArrayEquals(MESSAGE, unseal(object, pcrs));
        tpm.PCR_Event(TPM_HANDLE.pcr(23), MESSAGE);
        TpmException refusal = assertThrows(TpmException.class, () -> unseal(object, pcrs));
        assertEquals(TPM_RC.POLICY_FAIL, refusal.ResponseCode);
    }

    private byte[] unseal(TPM_HANDLE object, TPMS_PCR_SELECTION[] pcrs) {
        TPM_HANDLE session = session(TPM_SE.POLICY);
        tpm.PolicyPCR(session, NONE, pcrs);
        try {
            return tpm._withSession(session).Unseal(object);
        } finally {
            tpm.FlushContext(session);
        }
    }

    private TPM_HANDLE session(TPM_SE type) {
        StartAuthSessionResponse started = tpm.StartAuthSession(
                TPM_HANDLE.NULL,
                TPM_HANDLE.NULL,
                new byte[20],
                NONE,
                type,
                new TPMT_SYM_DEF(TPM_ALG_ID.NULL, 0, TPM_ALG_ID.NULL),
                TPM_ALG_ID.SHA256);
        return started.handle;
    }

    @Test
    void keepsDataInNv() {
        TPM_HANDLE index = TPM_HANDLE.NV(0x1234);
        index.AuthValue = MESSAGE;
        tpm.NV_DefineSpace(
                tpm._OwnerHandle,
                MESSAGE,
                new TPMS_NV_PUBLIC(
                        index, TPM_ALG_ID.SHA256, new TPMA_NV(TPMA_NV.AUTHREAD, TPMA_NV.AUTHWRITE), NONE, 32));
        tpm.NV_Write(index, index, MESSAGE, 3);
        assertArrayEquals(MESSAGE, tpm.NV_Read(index, index, MESSAGE.length, 3));
        index.AuthValue = NONE;
        TpmException refusal = assertThrows(TpmException.class, () -> tpm.NV_Read(index, index, 1, 3));
        assertEquals(TPM_RC.AUTH_FAIL, refusal.ResponseCode);
    }

    @Test
    void activatesCredentials() {
        CreatePrimaryResponse endorsement = primary(storageKey());
        CreatePrimaryResponse key = primary(eccSigningKey());
        MakeCredentialResponse credential = tpm.MakeCredential(endorsement.handle, MESSAGE, key.name);
        assertArrayEquals(
                MESSAGE,
                tpm.ActivateCredential(key.handle, endorsement.handle, credential.credentialBlob, credential.secret));
    }

    @Test
    void hashesInPieces() {
        TPM_HANDLE sequence = tpm.HashSequenceStart(NONE, TPM_ALG_ID.SHA384);
        tpm.SequenceUpdate(sequence, MESSAGE);
        SequenceCompleteResponse done = tpm.SequenceComplete(sequence, MESSAGE, TPM_HANDLE.NULL);
        byte[] twice = "messagemessage".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(Crypto.hash(TPM_ALG_ID.SHA384, twice), done.result);
    }

    @Test
    void encryptsWithSymmetricKeys() {
        TPMT_PUBLIC template = child(
                own(TPMA_OBJECT.sign, TPMA_OBJECT.decrypt),
                new TPMS_SYMCIPHER_PARMS(new TPMT_SYM_DEF_OBJECT(TPM_ALG_ID.AES, 128, TPM_ALG_ID.CTR)),
                new TPM2B_DIGEST_SYMCIPHER());
        TPM_HANDLE key = primary(template).handle;
        EncryptDecryptResponse there = tpm.EncryptDecrypt(key, (byte) 0, TPM_ALG_ID.CTR, new byte[16], MESSAGE);
        assertFalse(Arrays.equals(MESSAGE, there.outData));
        EncryptDecryptResponse back = tpm.EncryptDecrypt(key, (byte) 1, TPM_ALG_ID.CTR, new byte[16], there.outData);
        assertArrayEquals(MESSAGE, back.outData);
    }

    @Test
    void makesHmacs() {
        TPMT_PUBLIC template = child(
                own(TPMA_OBJECT.sign),
                new TPMS_KEYEDHASH_PARMS(new TPMS_SCHEME_HMAC(TPM_ALG_ID.SHA256)),
                new TPM2B_DIGEST_KEYEDHASH());
        template.objectAttributes = new TPMA_OBJECT(
                TPMA_OBJECT.fixedTPM, TPMA_OBJECT.fixedParent, TPMA_OBJECT.userWithAuth, TPMA_OBJECT.sign);
        byte[] secret = new byte[32];
        CreatePrimaryResponse key =
                tpm.CreatePrimary(tpm._OwnerHandle, new TPMS_SENSITIVE_CREATE(NONE, secret), template, NONE, NO_PCRS);
        assertArrayEquals(
                Crypto.hmac(TPM_ALG_ID.SHA256, secret, MESSAGE), tpm.HMAC(key.handle, MESSAGE, TPM_ALG_ID.SHA256));
    }

    private static TPMT_PUBLIC child(TPMA_OBJECT attributes, TPMU_PUBLIC_PARMS parms, TPMU_PUBLIC_ID unique) {
        return new TPMT_PUBLIC(TPM_ALG_ID.SHA256, attributes, NONE, parms, unique);
    }

    @Test
    void keepsPersistentKeysOverAPowerCycle() {
        CreatePrimaryResponse key = primary(storageKey());
        TPM_HANDLE persistent = TPM_HANDLE.persistent(1);
        tpm.EvictControl(tpm._OwnerHandle, key.handle, persistent);
        tpm.Shutdown(TPM_SU.CLEAR);
        device.powerCtl(false);
        device.powerCtl(true);
        tpm.Startup(TPM_SU.CLEAR);
        assertArrayEquals(key.name, tpm.ReadPublic(persistent).name);
    }
}
