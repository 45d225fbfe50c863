package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.AuthValue;
import org.jswtpm.engine.tpm2.object.ObjectCreation;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.object.ProtectedStorage;
import org.jswtpm.engine.tpm2.object.PublicAreaChecks;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmsSensitiveCreate;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Create: creates an object that can be loaded under its parent.
 *
 * <p>Part 3, 12.1. Answers TYPE at handle 1 for what is no storage key, OBJECT_MEMORY without a free slot, then what is
 * wrong with the public area at parameter 2, SIZE at parameter 1 for the auth value, then RANGE, KEY_SIZE, KEY or SIZE
 * for the key itself.
 */
public final class Create implements Command<Create.In, Create.Out> {
    private static final int PARENT_HANDLE = 1;
    private static final int IN_SENSITIVE = 1;
    private static final int IN_PUBLIC = 2;
    private static final int OUTSIDE_INFO = 3;
    private static final int CREATION_PCR = 4;

    record In(
            Handle parentHandle,
            TpmsSensitiveCreate inSensitive,
            TpmtPublic inPublic,
            CreationEvidence.Request request) {}

    record Out(Bytes outPrivate, TpmtPublic outPublic, CreationEvidence evidence) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        TpmsSensitiveCreate inSensitive = TpmsSensitiveCreate.unmarshalSized(in.at(IN_SENSITIVE));
        TpmtPublic inPublic = TpmtPublic.unmarshalSized(in.at(IN_PUBLIC), in.algorithms(), false);
        Bytes outsideInfo = in.at(OUTSIDE_INFO).sized2(TpmLimits.MAX_DATA_SIZE);
        CreationEvidence.Request request = new CreationEvidence.Request(
                outsideInfo, PcrSelection.unmarshalList(in.at(CREATION_PCR), in.algorithms()));
        return new In(handles.get(PARENT_HANDLE), inSensitive, inPublic, request);
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (TpmsSensitiveCreate given = in.inSensitive) {
            TpmObject parent = tpm.objects().object(in.parentHandle, TYPE.handle(PARENT_HANDLE));
            check(parent.isParent(), TYPE.handle(PARENT_HANDLE));
            tpm.objects().checkFree();
            new PublicAreaChecks(in.inPublic, parent, IN_PUBLIC)
                    .checkNew(given.data().size());
            ObjectParts parts = create(in, given, tpm);
            try (TpmtSensitive sensitive = parts.sensitive().orElseThrow()) {
                CreationEvidence evidence =
                        CreationEvidence.ofChild(tpm, parent, in.inPublic.nameAlg(), parts.name(), in.request);
                Bytes outPrivate =
                        ProtectedStorage.wrap(sensitive, parts.name(), in.inPublic.nameAlg(), parent, tpm.random());
                return new Out(outPrivate, parts.publicArea(), evidence);
            }
        }
    }

    private static ObjectParts create(In in, TpmsSensitiveCreate given, TpmState tpm) {
        try (TpmsSensitiveCreate adjusted =
                AuthValue.adjusted(given, in.inPublic.nameAlg(), SIZE.parameter(IN_SENSITIVE))) {
            return new ObjectCreation(in.inPublic, adjusted, tpm.keyGeneration().with(tpm.primes()))
                    .create(tpm.random());
        }
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outPrivate);
        out.outPublic.marshalSized(response);
        out.evidence.marshal(response);
    }
}
