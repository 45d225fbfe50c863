package org.jswtpm.engine.tpm12.key;

/**
 * TPM_KEY_HANDLE_ENTRY: a loaded key.
 *
 * @param handle its handle
 * @param key the key
 * @param parentPcrStatus whether a key above it is bound to PCRs
 * @param keyControl {@link #OWNER_EVICT} or 0
 */
public record KeySlot(int handle, LoadedKey key, boolean parentPcrStatus, int keyControl) {
    /** TPM_KEY_CONTROL_OWNER_EVICT: the key stays until the owner evicts it. */
    public static final int OWNER_EVICT = 1;

    /** Whether the key stays until the owner evicts it. */
    public boolean isOwnerEvict() {
        return (keyControl & OWNER_EVICT) != 0;
    }

    /** This slot under another handle. */
    public KeySlot withHandle(int newHandle) {
        return new KeySlot(newHandle, key, parentPcrStatus, keyControl);
    }

    /** This slot under other control. */
    public KeySlot withControl(int control) {
        return new KeySlot(handle, key, parentPcrStatus, control);
    }
}
