package org.jswtpm.engine.tpm2.hierarchy;

import org.jswtpm.engine.crypto.Drbg;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.object.KeyGeneration;
import org.jswtpm.engine.tpm2.object.ObjectCreation;
import org.jswtpm.engine.tpm2.object.ObjectName;
import org.jswtpm.engine.tpm2.object.ObjectParts;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmsSensitiveCreate;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/** Makes primary objects: from the same seed, template and data always the same one (Part 1, 14.3). */
public final class PrimaryCreation {
    private static final String PURPOSE = "Primary Object Creation";

    private final Hierarchies hierarchies;
    private final KeyGeneration generation;

    /** @param generation how a key is generated */
    public PrimaryCreation(Hierarchies hierarchies, KeyGeneration generation) {
        this.hierarchies = hierarchies;
        this.generation = generation;
    }

    /**
     * The primary object of a template in {@code hierarchy}.
     *
     * @param template a public area that has passed the checks of a new object
     * @param given the auth value, adjusted to the Name algorithm, and data; lent
     * @throws org.jswtpm.engine.wire.TpmException as {@link ObjectCreation#create}
     */
    public ObjectParts create(Handle hierarchy, TpmtPublic template, TpmsSensitiveCreate given) {
        ObjectCreation creation = new ObjectCreation(template, given, generation);
        try (Drbg random = seeded(hierarchy, ObjectName.of(template), given.data())) {
            return hierarchy.equals(Handle.ENDORSEMENT)
                    ? creation.createPrimary(
                            random, hierarchies.proof(Handle.OWNER), hierarchies.proof(Handle.ENDORSEMENT))
                    : creation.createPrimary(random);
        }
    }

    private Drbg seeded(Handle hierarchy, Bytes name, Secret data) {
        SeedCompatLevel level = hierarchies.seedCompatLevel(hierarchy);
        byte[] template = name.toArray();
        return hierarchies
                .primarySeed(hierarchy)
                .use(seed -> data.use(additional -> Drbg.seeded(seed, PURPOSE, template, additional, level)));
    }
}
