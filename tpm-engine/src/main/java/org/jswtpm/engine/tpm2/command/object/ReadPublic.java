package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SEQUENCE;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_ReadPublic: gives the public area of a loaded object, its Name and its Qualified Name.
 *
 * <p>Part 3, 12.4. Answers SEQUENCE for a sequence object.
 */
public final class ReadPublic implements Command<ReadPublic.In, ReadPublic.Out> {
    record In(Handle objectHandle) {}

    record Out(TpmObject object) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(1));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        return new Out(tpm.objects().object(in.objectHandle, SEQUENCE));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.object.publicArea().marshalSized(response);
        response.sized2(out.object.name()).sized2(out.object.qualifiedName());
    }
}
