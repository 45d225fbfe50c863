package org.jswtpm.engine.tpm2.command.hierarchy;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;

import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.command.object.CreationEvidence;
import org.jswtpm.engine.tpm2.hierarchy.PrimaryCreation;
import org.jswtpm.engine.tpm2.object.AuthValue;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.object.PublicAreaChecks;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmsSensitiveCreate;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_CreatePrimary: creates a primary object from the seed of a hierarchy, or a temporary object, and loads it.
 *
 * <p>Part 3, 24.1. Answers OBJECT_MEMORY without a free slot, then what is wrong with the public area at parameter 2,
 * SIZE at parameter 1 for the auth value, then RANGE, KEY_SIZE, KEY or SIZE for the key itself.
 */
public final class CreatePrimary implements Command<CreatePrimary.In, CreatePrimary.Out> {
    private static final int IN_SENSITIVE = 1;
    private static final int IN_PUBLIC = 2;
    private static final int OUTSIDE_INFO = 3;
    private static final int CREATION_PCR = 4;

    record In(
            Handle primaryHandle,
            TpmsSensitiveCreate inSensitive,
            TpmtPublic inPublic,
            CreationEvidence.Request request) {}

    record Out(Handle objectHandle, TpmtPublic outPublic, CreationEvidence evidence, Bytes name) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        TpmsSensitiveCreate inSensitive = TpmsSensitiveCreate.unmarshalSized(in.at(IN_SENSITIVE));
        TpmtPublic inPublic = TpmtPublic.unmarshalSized(in.at(IN_PUBLIC), in.algorithms(), false);
        Bytes outsideInfo = in.at(OUTSIDE_INFO).sized2(TpmLimits.MAX_DATA_SIZE);
        CreationEvidence.Request request = new CreationEvidence.Request(
                outsideInfo, PcrSelection.unmarshalList(in.at(CREATION_PCR), in.algorithms()));
        return new In(handles.get(1), inSensitive, inPublic, request);
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (TpmsSensitiveCreate given = in.inSensitive) {
            tpm.objects().checkFree();
            new PublicAreaChecks(in.inPublic, null, IN_PUBLIC)
                    .checkNew(given.data().size());
            ObjectParts parts;
            try (TpmsSensitiveCreate adjusted =
                    AuthValue.adjusted(given, in.inPublic.nameAlg(), SIZE.parameter(IN_SENSITIVE))) {
                parts = new PrimaryCreation(tpm.hierarchies(), tpm.keyGeneration())
                        .create(in.primaryHandle, in.inPublic, adjusted);
            }
            CreationEvidence evidence =
                    CreationEvidence.ofPrimary(tpm, in.primaryHandle, in.inPublic.nameAlg(), parts.name(), in.request);
            Handle handle = tpm.objects()
                    .add(TpmObject.primary(
                            parts, in.primaryHandle, tpm.hierarchies().seedCompatLevel(in.primaryHandle)));
            return new Out(handle, parts.publicArea(), evidence, parts.name());
        }
    }

    @Override
    public Handle responseHandle(Out out) {
        return out.objectHandle;
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        out.outPublic.marshalSized(response);
        out.evidence.marshal(response);
        response.sized2(out.name);
    }
}
