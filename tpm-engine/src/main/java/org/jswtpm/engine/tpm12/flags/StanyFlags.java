package org.jswtpm.engine.tpm12.flags;

import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_STANY_FLAGS (Part 2, 7.3): what every TPM_Startup resets. */
public final class StanyFlags {
    private boolean postInitialise = true;
    private int localityModifier;
    private int transportExclusive;
    private boolean tosPresent;
    private boolean stateSaved;

    /** TPM_Startup: no flag outlives it, whatever its type. */
    public void startup() {
        postInitialise = false;
        localityModifier = 0;
        transportExclusive = 0;
        tosPresent = false;
        stateSaved = false;
    }

    /** Whether the TPM waits for TPM_Startup. */
    public boolean isPostInitialise() {
        return postInitialise;
    }

    public void endPostInitialise() {
        postInitialise = false;
    }

    /** The locality of the running command, 0 to 4. */
    public int localityModifier() {
        return localityModifier;
    }

    public void setLocalityModifier(int locality) {
        localityModifier = locality;
    }

    /** The handle of the exclusive transport session; 0 for none. */
    public int transportExclusive() {
        return transportExclusive;
    }

    public void setTransportExclusive(int handle) {
        transportExclusive = handle;
    }

    /** Whether a trusted operating system has measured itself by _TPM_Hash_Start. */
    public boolean isTosPresent() {
        return tosPresent;
    }

    public void setTosPresent(boolean present) {
        tosPresent = present;
    }

    /** Whether TPM_SaveState has been the last command. */
    public boolean isStateSaved() {
        return stateSaved;
    }

    public void setStateSaved(boolean saved) {
        stateSaved = saved;
    }

    public void marshal(WireWriter out) {
        StructureTag.STANY_FLAGS.marshal(out);
        TpmBool.marshal(postInitialise, out);
        out.uint32(localityModifier).uint32(transportExclusive);
        TpmBool.marshal(tosPresent, out);
        TpmBool.marshal(stateSaved, out);
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in) {
        StructureTag.STANY_FLAGS.unmarshal(in);
        postInitialise = TpmBool.unmarshal(in);
        localityModifier = in.uint32();
        transportExclusive = in.uint32();
        tosPresent = TpmBool.unmarshal(in);
        stateSaved = TpmBool.unmarshal(in);
    }
}
