package org.jswtpm.engine.tpm2.command.duplication;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.TYPE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.DuplicateArea;
import org.jswtpm.engine.tpm2.object.InnerWrap;
import org.jswtpm.engine.tpm2.object.ObjectLoader;
import org.jswtpm.engine.tpm2.object.ObjectName;
import org.jswtpm.engine.tpm2.object.OuterWrap;
import org.jswtpm.engine.tpm2.object.ProtectedStorage;
import org.jswtpm.engine.tpm2.object.SharedSecret;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.tpm2.structure.TpmtSymDefObject;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_Import: takes a duplicate into the protection of a new parent, so that it can be loaded under it.
 *
 * <p>Part 3, 13.3. Answers ATTRIBUTES at parameter 2 for an object with fixedTPM or fixedParent, TYPE at handle 1 for what is
 * no parent, or no asymmetric one with a seed, SIZE at parameter 1 for a key that is not one of the cipher, ATTRIBUTES at
 * parameter 1 or 4 for encryptedDuplication and no inner or outer protection, at parameter 4 what is wrong with the seed, at
 * parameter 3 what is wrong with the duplicate, INTEGRITY above all, then what is wrong with the areas.
 */
public final class Import implements Command<Import.In, Import.Out> {
    private static final int PARENT_HANDLE = 1;
    private static final int ENCRYPTION_KEY = 1;
    private static final int OBJECT_PUBLIC = 2;
    private static final int DUPLICATE = 3;
    private static final int IN_SYM_SEED = 4;
    private static final int SYMMETRIC_ALG = 5;

    record In(
            Handle parentHandle,
            Secret encryptionKey,
            TpmtPublic objectPublic,
            Bytes duplicate,
            Bytes inSymSeed,
            TpmtSymDefObject symmetricAlg) {}

    record Out(Bytes outPrivate) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(PARENT_HANDLE),
                in.at(ENCRYPTION_KEY).secret2(TpmLimits.MAX_DATA_SIZE),
                TpmtPublic.unmarshalSized(in.at(OBJECT_PUBLIC), in.algorithms(), false),
                in.at(DUPLICATE).sized2(TpmLimits.MAX_PRIVATE_SIZE),
                in.at(IN_SYM_SEED).sized2(TpmLimits.MAX_ENCRYPTED_SECRET_SIZE),
                TpmtSymDefObject.unmarshalOrNull(in.at(SYMMETRIC_ALG), in.algorithms()));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        try (Secret key = in.encryptionKey) {
            boolean isFixed = in.objectPublic.attributes().fixedTpm()
                    || in.objectPublic.attributes().fixedParent();
            check(!isFixed, ATTRIBUTES.parameter(OBJECT_PUBLIC));
            TpmObject parent = tpm.objects().object(in.parentHandle, TYPE.handle(PARENT_HANDLE));
            check(parent.isParent(), TYPE.handle(PARENT_HANDLE));
            checkProtections(in, parent);
            Bytes name = ObjectName.of(in.objectPublic);
            try (Secret seed = seed(in, parent, tpm);
                    TpmtSensitive sensitive = unwrap(in, name, parent, seed, key)) {
                // libtpms looks at it below a parent with fixedTPM only, and does not survive it elsewhere
                check(
                        sensitive.authValue().size()
                                <= in.objectPublic.nameAlg().digestSize(),
                        SIZE.parameter(DUPLICATE));
                if (parent.publicAttributes().fixedTpm()) {
                    new ObjectLoader(OBJECT_PUBLIC, DUPLICATE).external(in.objectPublic, Optional.of(sensitive));
                }
                return new Out(ProtectedStorage.wrap(sensitive, name, in.objectPublic.nameAlg(), parent, tpm.random()));
            }
        }
    }

    private static void checkProtections(In in, TpmObject parent) {
        boolean mustEncrypt = in.objectPublic.attributes().encryptedDuplication();
        check(in.encryptionKey.size() == in.symmetricAlg.keyBytes(), SIZE.parameter(ENCRYPTION_KEY));
        check(!in.symmetricAlg.isNull() || !mustEncrypt, ATTRIBUTES.parameter(ENCRYPTION_KEY));
        if (in.inSymSeed.isEmpty()) {
            check(!mustEncrypt, ATTRIBUTES.parameter(IN_SYM_SEED));
        } else {
            check(parent.type() != PublicType.SYM_CIPHER, TYPE.handle(PARENT_HANDLE));
        }
    }

    private static Secret seed(In in, TpmObject parent, TpmState tpm) {
        if (in.inSymSeed.isEmpty()) {
            return Secret.empty();
        }
        try {
            return SharedSecret.open(parent, Bytes.EMPTY, StorageKey.LABEL, in.inSymSeed, tpm.helpers());
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(IN_SYM_SEED).exception();
        }
    }

    private static TpmtSensitive unwrap(In in, Bytes name, TpmObject parent, Secret seed, Secret key) {
        Optional<InnerWrap> inner = in.symmetricAlg.isNull()
                ? Optional.empty()
                : Optional.of(new InnerWrap(in.objectPublic.nameAlg(), in.symmetricAlg, key));
        // an RSA parent may get an empty seed, which counts as none
        Optional<OuterWrap> outer =
                seed.isEmpty() ? Optional.empty() : Optional.of(new OuterWrap(parent.publicArea(), seed));
        try {
            return DuplicateArea.unwrap(in.duplicate, name, inner, outer);
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(DUPLICATE).exception();
        }
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.outPrivate);
    }
}
