/** Where state blobs live: directory, single file or block device, memory; header, TLV, encryption, locks, backup. */
module org.jswtpm.store {
    requires org.bouncycastle.provider;

    exports org.jswtpm.store;
}
