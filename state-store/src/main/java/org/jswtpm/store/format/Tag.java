package org.jswtpm.store.format;

/** Tags of items ({@code docs/state/swtpm-files.md}, section 2.2). */
public final class Tag {
    /** Plain blob. */
    public static final int DATA = 1;
    /** Blob, encrypted with the state key. */
    public static final int ENCRYPTED_DATA = 2;
    /** HMAC of the encrypted item of the same sequence. */
    public static final int HMAC = 3;
    /** Items of the file form. */
    public static final int MIGRATION_DATA = 4;
    /** Items of the file form, encrypted with the migration key. */
    public static final int ENCRYPTED_MIGRATION_DATA = 5;
    /** Initial vector of {@link #ENCRYPTED_DATA}. */
    public static final int DATA_IV = 6;
    /** Initial vector of {@link #ENCRYPTED_MIGRATION_DATA}. */
    public static final int MIGRATION_DATA_IV = 7;

    private Tag() {}
}
