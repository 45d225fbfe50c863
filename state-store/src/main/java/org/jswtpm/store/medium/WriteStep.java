package org.jswtpm.store.medium;

/** The steps in which state is replaced ({@code docs/state/swtpm-files.md}, 1.1 and 4.1), each when it is done. */
public enum WriteStep {
    /** The temporary file is there, empty. */
    TEMPORARY_CREATED,
    /** It holds the new contents. */
    TEMPORARY_WRITTEN,
    /** They are synced; with {@code fsync} only. */
    TEMPORARY_SYNCED,
    /** There is a second link to the old contents; with {@code backup} only. */
    BACKUP_LINKED,
    /** The backup is the old contents; with {@code backup} only. */
    BACKUP_RENAMED,
    /** The new contents are in place. */
    RENAMED,
    /** The directory is synced; with {@code fsync} only. */
    DIRECTORY_SYNCED,
    /** Of an exchange: the permanent state can be found at the third place. */
    EXCHANGE_PARKED,
    /** Of an exchange: the backup is the permanent state. */
    EXCHANGE_RENAMED,
    /** Of an exchange: what was the permanent state is the backup. */
    EXCHANGE_DONE,
    /** Of a linear store: the new contents are in a section of their own, synced. */
    SECTION_WRITTEN,
    /** Of a linear store: the header points to them, synced. */
    HEADER_WRITTEN
}
