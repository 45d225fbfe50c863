package org.jswtpm.engine.tpm12.structure;

/** TPM_ALGORITHM_ID, TPM_ENC_SCHEME and TPM_SIG_SCHEME (Part 2, 4.8, 5.8). */
public final class AlgorithmId {
    public static final int NONE = 0;
    public static final int RSA = 1;
    public static final int SHA = 4;
    public static final int HMAC = 5;
    public static final int AES128 = 6;
    public static final int MGF1 = 7;
    public static final int AES192 = 8;
    public static final int AES256 = 9;
    public static final int XOR = 10;

    public static final int ES_NONE = 1;
    public static final int ES_RSAESPKCSV15 = 2;
    public static final int ES_RSAESOAEP_SHA1_MGF1 = 3;
    public static final int ES_SYM_CTR = 4;
    public static final int ES_SYM_OFB = 5;

    public static final int SS_NONE = 1;
    public static final int SS_RSASSAPKCS1V15_SHA1 = 2;
    public static final int SS_RSASSAPKCS1V15_DER = 3;
    public static final int SS_RSASSAPKCS1V15_INFO = 4;

    private AlgorithmId() {}
}
