package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Arrays;
import org.jswtpm.engine.crypto.KdfRandom;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.PrimaryCreation;
import org.jswtpm.engine.tpm2.object.AuthValue;
import org.jswtpm.engine.tpm2.object.ObjectCreation;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.object.ProtectedStorage;
import org.jswtpm.engine.tpm2.object.PublicAreaChecks;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.profile.ProfileAttribute;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.DerivationTemplate;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmsDerive;
import org.jswtpm.engine.tpm2.structure.TpmsSensitiveCreate;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_CreateLoaded: creates an object and loads it: a primary object, an ordinary one, or one that is derived from its
 * parent.
 *
 * <p>Part 3, 12.9. Answers TYPE at handle 1 for what is no parent, OBJECT_MEMORY without a free slot, then what is wrong
 * with the template at parameter 2, SIZE at parameter 1 for the auth value, then what is wrong with the public area at
 * parameter 2, then RANGE, KEY_SIZE, KEY or SIZE for the key itself. Of a derived object: TYPE at parameter 2 for an RSA
 * key, ATTRIBUTES for sensitiveDataOrigin.
 */
public final class CreateLoaded implements Command<CreateLoaded.In, CreateLoaded.Out> {
    private static final int PARENT_HANDLE = 1;
    private static final int IN_SENSITIVE = 1;
    private static final int IN_PUBLIC = 2;

    record In(Handle parentHandle, TpmsSensitiveCreate inSensitive, Bytes inPublic) {}

    record Out(Handle objectHandle, Bytes outPrivate, TpmtPublic outPublic, Bytes name) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(PARENT_HANDLE),
                TpmsSensitiveCreate.unmarshalSized(in.at(IN_SENSITIVE)),
                in.at(IN_PUBLIC).sized2(TpmLimits.MAX_TEMPLATE_SIZE));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (TpmsSensitiveCreate given = in.inSensitive) {
            if (in.parentHandle.type() == Handle.TYPE_PERMANENT) {
                return primary(in, given, tpm);
            }
            TpmObject parent = tpm.objects().object(in.parentHandle, TYPE.handle(PARENT_HANDLE));
            check(parent.isParent() || parent.isDerivationParent(), TYPE.handle(PARENT_HANDLE));
            return parent.isParent() ? ordinary(in, given, parent, tpm) : derived(in, given, parent, tpm);
        }
    }

    private static Out primary(In in, TpmsSensitiveCreate given, TpmState tpm) {
        tpm.objects().checkFree();
        TpmtPublic template = template(in.inPublic, tpm.algorithms());
        try (TpmsSensitiveCreate adjusted = adjusted(given, template)) {
            new PublicAreaChecks(template, null, IN_PUBLIC)
                    .checkNew(given.data().size());
            ObjectParts parts = new PrimaryCreation(tpm.hierarchies(), tpm.keyGeneration())
                    .create(in.parentHandle, template, adjusted);
            SeedCompatLevel level = tpm.hierarchies().seedCompatLevel(in.parentHandle);
            return load(TpmObject.primary(parts, in.parentHandle, level), Bytes.EMPTY, tpm);
        }
    }

    private static Out ordinary(In in, TpmsSensitiveCreate given, TpmObject parent, TpmState tpm) {
        tpm.objects().checkFree();
        TpmtPublic template = template(in.inPublic, tpm.algorithms());
        try (TpmsSensitiveCreate adjusted = adjusted(given, template)) {
            new PublicAreaChecks(template, parent, IN_PUBLIC)
                    .checkNew(given.data().size());
            ObjectParts parts =
                    new ObjectCreation(template, adjusted, tpm.keyGeneration().with(tpm.primes())).create(tpm.random());
            Bytes outPrivate = ProtectedStorage.wrap(
                    parts.sensitive().orElseThrow(), parts.name(), template.nameAlg(), parent, tpm.random());
            return load(TpmObject.child(parts, parent, SeedCompatLevel.LATEST), outPrivate, tpm);
        }
    }

    private static Out derived(In in, TpmsSensitiveCreate given, TpmObject parent, TpmState tpm) {
        tpm.objects().checkFree();
        DerivationTemplate template = derivationTemplate(in.inPublic, tpm.algorithms());
        TpmtPublic area = template.area();
        try (TpmsSensitiveCreate adjusted = adjusted(new TpmsSensitiveCreate(given.userAuth(), Secret.empty()), area)) {
            check(area.type() != PublicType.RSA, TYPE.parameter(IN_PUBLIC));
            boolean allowed =
                    area.type() != PublicType.ECC || !tpm.profile().demands(ProfileAttribute.NO_ECC_KEY_DERIVATION);
            check(allowed, TYPE.parameter(IN_PUBLIC));
            check(!area.attributes().sensitiveDataOrigin(), ATTRIBUTES);
            new PublicAreaChecks(area, parent, IN_PUBLIC).checkAttributes();
            TpmsDerive derive = template.derive().orElse(derive(given.data()));
            try (KdfRandom random = random(parent, derive)) {
                ObjectParts parts = new ObjectCreation(area, adjusted, tpm.keyGeneration()).create(random);
                return load(TpmObject.child(parts, parent, parent.seedCompatLevel()), Bytes.EMPTY, tpm);
            }
        }
    }

    private static Out load(TpmObject object, Bytes outPrivate, TpmState tpm) {
        Handle handle = tpm.objects().add(object);
        return new Out(handle, outPrivate, object.publicArea(), object.name());
    }

    private static TpmsSensitiveCreate adjusted(TpmsSensitiveCreate given, TpmtPublic template) {
        return AuthValue.adjusted(given, template.nameAlg(), SIZE.parameter(IN_SENSITIVE));
    }

    /** Label and context where the template leaves them out; what follows them is ignored, as in libtpms. */
    private static TpmsDerive derive(Secret data) {
        if (data.isEmpty()) {
            return new TpmsDerive(Bytes.EMPTY, Bytes.EMPTY);
        }
        byte[] octets = data.expose();
        try {
            return TpmsDerive.unmarshal(WireReader.over(octets, TpmRc.WIRE_FAULTS));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static KdfRandom random(TpmObject parent, TpmsDerive derive) {
        byte[] label = derive.label().toArray();
        byte[] context = derive.context().toArray();
        return parent.sensitive()
                .sensitive()
                .use(key -> new KdfRandom(
                        parent.publicArea().keyedHash().parms().scheme().hash().digest(), key, label, context));
    }

    private static TpmtPublic template(Bytes octets, AlgorithmSet algorithms) {
        WireReader in = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        try {
            TpmtPublic template = TpmtPublic.unmarshal(in, algorithms);
            check(in.remaining() == 0, SIZE);
            return template;
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(IN_PUBLIC).exception();
        }
    }

    private static DerivationTemplate derivationTemplate(Bytes octets, AlgorithmSet algorithms) {
        WireReader in = WireReader.over(octets, TpmRc.WIRE_FAULTS);
        try {
            DerivationTemplate template = DerivationTemplate.unmarshal(in, algorithms);
            check(in.remaining() == 0, SIZE);
            return template;
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(IN_PUBLIC).exception();
        }
    }

    @Override
    public Handle responseHandle(Out out) {
        return out.objectHandle;
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outPrivate);
        out.outPublic.marshalSized(response);
        response.sized2(out.name);
    }
}
