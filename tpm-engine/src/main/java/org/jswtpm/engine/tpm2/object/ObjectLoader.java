package org.jswtpm.engine.tpm2.object;

import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY_SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.Optional;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;

/** Checks the areas of an object that is to be loaded (ObjectLoad of libtpms). */
public final class ObjectLoader {
    private final int publicParameter;
    private final int sensitiveParameter;

    /**
     * @param publicParameter the number of the parameter that faults of the public area blame
     * @param sensitiveParameter the number of the one that faults of the sensitive area blame
     */
    public ObjectLoader(int publicParameter, int sensitiveParameter) {
        this.publicParameter = publicParameter;
        this.sensitiveParameter = sensitiveParameter;
    }

    /** The child of {@code parent} with these areas. */
    public ObjectParts child(TpmObject parent, TpmtPublic area, TpmtSensitive sensitive) {
        checkAreas(parent, area, Optional.of(sensitive));
        // What a parent with fixedTPM protects was made or imported here, and checked then.
        if (!parent.publicAttributes().fixedTpm()) {
            checkKeys(area, Optional.of(sensitive));
        }
        return parts(area, Optional.of(sensitive));
    }

    /** An object without a parent. */
    public ObjectParts external(TpmtPublic area, Optional<TpmtSensitive> sensitive) {
        checkAreas(null, area, sensitive);
        checkKeys(area, sensitive);
        return parts(area, sensitive);
    }

    private void checkAreas(TpmObject parent, TpmtPublic area, Optional<TpmtSensitive> sensitive) {
        if (sensitive.isEmpty() || area.nameAlg().isNull()) {
            new PublicAreaChecks(area, null, publicParameter).checkSchemes();
        } else {
            check(
                    sensitive.get().seedValue().size() <= area.nameAlg().digestSize(),
                    KEY_SIZE.parameter(sensitiveParameter));
            new PublicAreaChecks(area, parent, publicParameter).checkAttributes();
        }
    }

    private void checkKeys(TpmtPublic area, Optional<TpmtSensitive> sensitive) {
        new KeyChecks(area, sensitive, publicParameter, sensitiveParameter).check();
    }

    private static ObjectParts parts(TpmtPublic area, Optional<TpmtSensitive> sensitive) {
        Optional<RsaPrivateKey> rsaKey = area.type() == PublicType.RSA && sensitive.isPresent()
                ? Optional.of(TpmObject.loadRsaKey(area, sensitive.get()))
                : Optional.empty();
        return new ObjectParts(area, sensitive, rsaKey, ObjectName.of(area));
    }
}
