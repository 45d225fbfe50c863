package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.AUTH_TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Hierarchies;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmiHandle;
import org.jswtpm.engine.tpm2.structure.TpmiYesNo;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_HierarchyControl: enables or disables a hierarchy, or the NV Indices of the platform. The objects of a hierarchy
 * that is disabled are flushed.
 *
 * <p>Part 3, 24.2. Answers AUTH_TYPE if the authorization given is not one for what is asked.
 */
public final class HierarchyControl implements Command<HierarchyControl.In, Void> {
    private static final int ENABLE = 1;
    private static final int STATE = 2;

    record In(Handle authHandle, Handle enable, boolean state) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1), TpmiHandle.enables(in.at(ENABLE)), TpmiYesNo.unmarshal(in.at(STATE)));
    }

    @Override
    public Void execute(In in, TpmState tpm) {
        Hierarchies hierarchies = tpm.hierarchies();
        boolean isPlatformAuth = in.authHandle.equals(Handle.PLATFORM);
        if (in.enable.equals(Handle.PLATFORM_NV)) {
            check(isPlatformAuth, AUTH_TYPE);
            if (hierarchies.isPlatformNvEnabled() != in.state) {
                hierarchies.setPlatformNvEnabled(in.state);
            }
            return null;
        }
        check(isPlatformAuth || in.authHandle.equals(in.enable), AUTH_TYPE);
        boolean isEnabled = hierarchies.isEnabled(in.enable);
        // Only the platform can enable what is disabled.
        check(isPlatformAuth || isEnabled || !in.state, AUTH_TYPE);
        if (isEnabled != in.state) {
            hierarchies.setEnabled(in.enable, in.state);
            if (!in.state) {
                tpm.objects().flushHierarchy(in.enable);
            }
        }
        return null;
    }

    @Override
    public void marshal(Void out, WireWriter response) {
        // no parameters
    }
}
