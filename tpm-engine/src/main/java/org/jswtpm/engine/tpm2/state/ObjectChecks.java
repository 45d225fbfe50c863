package org.jswtpm.engine.tpm2.state;

import java.math.BigInteger;
import java.util.Optional;
import org.jswtpm.engine.tpm2.object.PublicAreaChecks;
import org.jswtpm.engine.tpm2.object.SlotAttributes;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.TpmException;

/**
 * What every object fulfils that a TPM has made or loaded, and commands take for granted. Whether a point is on its curve is found
 * out by the command that uses it: the arithmetic would delay every start.
 */
final class ObjectChecks {
    private static final int STORAGE_KEY = ObjectAttributes.RESTRICTED | ObjectAttributes.DECRYPT;
    /** Octets of an algorithm identifier in front of a digest. */
    private static final int ALGORITHM_SIZE = 2;

    private final StateReader in;
    private final TpmtPublic area;
    private final Optional<TpmtSensitive> sensitive;

    /** @param in tells faults of the field that it has announced last */
    ObjectChecks(StateReader in, TpmtPublic area, Optional<TpmtSensitive> sensitive) {
        this.in = in;
        this.area = area;
        this.sensitive = sensitive;
    }

    /** Both areas; announced is the sensitive one. */
    void checkAreas() {
        in.checkOptionalDigest(area.nameAlg(), area.authPolicy());
        try {
            new PublicAreaChecks(area, null, 1).checkSchemes();
        } catch (TpmException e) {
            throw in.fault("belongs to an object of a scheme that no object can have");
        }
        if (area.type() == PublicType.RSA) {
            check(area.rsa().unique().size() == area.rsa().parms().keyBytes(), "belongs to a modulus of another size");
        }
        if (sensitive.isPresent()) {
            checkSensitive(sensitive.get());
        }
    }

    private void checkSensitive(TpmtSensitive secret) {
        HashAlg nameAlg = area.nameAlg();
        check(secret.type() == area.type(), "is of another type than the public area");
        check(
                nameAlg.isNull() || secret.authValue().size() <= nameAlg.digestSize(),
                "has an auth value that is longer than a digest of " + nameAlg);
        Secret value = secret.sensitive();
        switch (area.type()) {
            case RSA -> check(value.use(this::dividesModulus), "has a prime that is none of the modulus");
            case SYM_CIPHER ->
                check(
                        value.size() == area.symCipher().parms().sym().keyBytes(),
                        "has a key of " + value.size() + " octets");
            case ECC, KEYED_HASH -> {}
        }
    }

    private boolean dividesModulus(byte[] prime) {
        BigInteger number = new BigInteger(1, prime);
        byte[] modulus = area.rsa().unique().toArray();
        return prime.length * 2 == modulus.length
                && number.signum() > 0
                && new BigInteger(1, modulus).mod(number).signum() == 0;
    }

    /** What the slot says of its object; announced is the part that names the hierarchy. */
    void checkAttributes(SlotAttributes attributes, Handle hierarchy) {
        check(
                attributes.has(SlotAttributes.PUBLIC_ONLY) == sensitive.isEmpty(),
                "contradicts the attributes, which say whether there is a sensitive area");
        boolean isParent = attributes.hasAny(SlotAttributes.IS_PARENT | SlotAttributes.DERIVATION);
        check(
                !isParent
                        || sensitive.isPresent()
                                && !area.nameAlg().isNull()
                                && area.attributes().has(STORAGE_KEY),
                "contradicts the attributes, which say that this is a parent");
        boolean isKeyedHash = area.type() == PublicType.KEYED_HASH;
        check(
                !attributes.has(isKeyedHash ? SlotAttributes.IS_PARENT : SlotAttributes.DERIVATION),
                "contradicts the attributes, which say that this is a parent of another kind");
        check(
                hierarchy.equals(Handle.OWNER)
                        || hierarchy.equals(Handle.ENDORSEMENT)
                        || hierarchy.equals(Handle.PLATFORM)
                        || hierarchy.equals(Handle.NULL),
                "is " + hierarchy + ", which is no hierarchy");
    }

    /** A Name, or a Qualified Name. */
    Bytes checkName(Bytes name) {
        int digestSize = area.nameAlg().digestSize();
        check(name.isEmpty() || name.size() == digestSize + ALGORITHM_SIZE, "has " + name.size() + " octets");
        return name;
    }

    private void check(boolean condition, String otherwise) {
        if (!condition) {
            throw in.fault(otherwise);
        }
    }
}
