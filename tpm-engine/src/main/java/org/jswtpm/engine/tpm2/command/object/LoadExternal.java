package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.HIERARCHY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.ObjectLoader;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.TpmiHandle;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_LoadExternal: loads an object that is not under this TPM's protection, with or without its sensitive area.
 *
 * <p>Part 3, 12.3. Answers OBJECT_MEMORY without a free slot, HIERARCHY at parameter 3 for one that is disabled or, with
 * a sensitive area, not the null hierarchy, ATTRIBUTES at parameter 2 where a sensitive area comes with fixedTPM,
 * fixedParent or restricted, then what is wrong with the areas.
 */
public final class LoadExternal implements Command<LoadExternal.In, LoadExternal.Out> {
    private static final int IN_PRIVATE = 1;
    private static final int IN_PUBLIC = 2;
    private static final int HIERARCHY_PARAMETER = 3;

    record In(Optional<TpmtSensitive> inPrivate, TpmtPublic inPublic, Handle hierarchy) {}

    record Out(Handle objectHandle, Bytes name) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                Optional.ofNullable(TpmtSensitive.unmarshalSized(in.at(IN_PRIVATE))),
                TpmtPublic.unmarshalSized(in.at(IN_PUBLIC), in.algorithms(), true),
                TpmiHandle.hierarchy(in.at(HIERARCHY_PARAMETER), true));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try {
            return load(in, tpm);
        } catch (TpmException e) {
            if (in.inPrivate.isPresent()) {
                in.inPrivate.get().close();
            }
            throw e;
        }
    }

    private static Out load(In in, TpmState tpm) {
        tpm.objects().checkFree();
        check(tpm.hierarchies().isEnabled(in.hierarchy), HIERARCHY.parameter(HIERARCHY_PARAMETER));
        if (in.inPrivate.isPresent()) {
            check(in.hierarchy.equals(Handle.NULL), HIERARCHY.parameter(HIERARCHY_PARAMETER));
            ObjectAttributes attributes = in.inPublic.attributes();
            check(
                    !attributes.fixedTpm() && !attributes.fixedParent() && !attributes.restricted(),
                    ATTRIBUTES.parameter(IN_PUBLIC));
        }
        ObjectParts parts = new ObjectLoader(IN_PUBLIC, IN_PRIVATE).external(in.inPublic, in.inPrivate);
        return new Out(tpm.objects().add(TpmObject.external(parts, in.hierarchy)), parts.name());
    }

    @Override
    public Handle responseHandle(Out out) {
        return out.objectHandle;
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.name);
    }
}
