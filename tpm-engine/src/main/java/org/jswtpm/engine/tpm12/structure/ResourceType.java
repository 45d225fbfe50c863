package org.jswtpm.engine.tpm12.structure;

/** TPM_RESOURCE_TYPE (Part 2, 4.1). */
public final class ResourceType {
    public static final int KEY = 1;
    public static final int AUTH = 2;
    public static final int HASH = 3;
    public static final int TRANS = 4;
    public static final int CONTEXT = 5;
    public static final int COUNTER = 6;
    public static final int DELEGATE = 7;
    public static final int DAA_TPM = 8;
    public static final int DAA_V0 = 9;
    public static final int DAA_V1 = 10;

    private ResourceType() {}
}
