package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Unseal: gives the data of a sealed data object.
 *
 * <p>Part 3, 12.7. Answers TYPE at handle 1 for what is no keyed hash object, ATTRIBUTES for a key.
 */
public final class Unseal implements Command<Unseal.In, Unseal.Out> {
    private static final int ITEM_HANDLE = 1;

    record In(Handle itemHandle) {}

    record Out(Secret outData) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(handles.get(ITEM_HANDLE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        TpmObject object = tpm.objects().object(in.itemHandle, TYPE.handle(ITEM_HANDLE));
        check(object.type() == PublicType.KEYED_HASH, TYPE.handle(ITEM_HANDLE));
        ObjectAttributes attributes = object.publicAttributes();
        check(!attributes.decrypt() && !attributes.sign() && !attributes.restricted(), ATTRIBUTES.handle(ITEM_HANDLE));
        return new Out(object.sensitive().sensitive());
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.secret2(out.outData);
    }
}
