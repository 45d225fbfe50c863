package org.jswtpm.engine.tpm12.state;

import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The blob of TPM_SaveState: what a TPM goes on with after TPM_Startup(ST_STATE).
 *
 * <p>As in libtpms one that comes over the control channel is read as soon as it comes, and one in a file only by TPM_Startup(ST_STATE).
 * What cannot be used then leads to failure mode and is deleted; the next power cycle ends that.
 */
public final class SavedState {
    private static final String NAME = "the TPM's saved state";

    private SavedState() {}

    /**
     * Fills the rooms from {@code blob}.
     *
     * @throws StateException with TPM_FAIL; some rooms may have been filled then, so the TPM has to fail
     */
    public static void read(byte[] blob, TpmState tpm) throws StateException {
        Blob.read(NAME, blob, (in, place) -> {
            place.at("TPM_STCLEAR_DATA");
            StclearData.read(in, tpm, false);
            place.at("TPM_STCLEAR_FLAGS");
            tpm.stclearFlags().unmarshal(in);
            place.at("the list of keys");
            KeyCodec.readVolatileKeys(in, tpm.keys());
            place.at("the list of locked NV areas");
            NvCodec.readVolatile(in, tpm.nv());
        });
    }

    /** The blob of the TPM as it is now. */
    public static byte[] write(TpmState tpm) {
        WireWriter out = new WireWriter();
        StclearData.write(tpm, out, false);
        tpm.stclearFlags().marshal(out);
        KeyCodec.writeVolatileKeys(tpm.keys(), out);
        NvCodec.writeVolatile(tpm.nv(), out);
        return Blob.complete(out);
    }
}
