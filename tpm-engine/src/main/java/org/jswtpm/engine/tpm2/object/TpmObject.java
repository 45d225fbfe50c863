package org.jswtpm.engine.tpm2.object;

import java.util.Optional;
import org.jswtpm.engine.crypto.Helpers;
import org.jswtpm.engine.crypto.RsaPrivateKey;
import org.jswtpm.engine.crypto.SeedCompatLevel;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.ObjectAttributes;
import org.jswtpm.engine.tpm2.structure.PublicType;
import org.jswtpm.engine.tpm2.structure.RsaParms;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtPublic;
import org.jswtpm.engine.tpm2.structure.TpmtSensitive;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.Secret;

/**
 * An object in the memory of the TPM, transient or persistent (Part 1, 27): OBJECT of libtpms. It does not change once
 * it is made.
 */
public final class TpmObject implements SlotObject {
    /** The evict handle of an object that is not persistent. */
    private static final Handle NO_EVICT_HANDLE = new Handle(0);

    private static final Secret NO_AUTH = Secret.empty();

    private final TpmtPublic publicArea;
    private final Optional<TpmtSensitive> sensitive;
    private final Bytes name;
    private final Bytes qualifiedName;
    private final Handle hierarchy;
    private final SlotAttributes attributes;
    private final Handle evictHandle;
    private final SeedCompatLevel seedCompatLevel;
    private Optional<RsaPrivateKey> rsaKey;

    private TpmObject(
            ObjectParts parts,
            Bytes qualifiedName,
            Handle hierarchy,
            SlotAttributes attributes,
            Handle evictHandle,
            SeedCompatLevel seedCompatLevel) {
        this.publicArea = parts.publicArea();
        this.sensitive = parts.sensitive();
        this.rsaKey = parts.rsaKey();
        this.name = parts.name();
        this.qualifiedName = qualifiedName;
        this.hierarchy = hierarchy;
        this.attributes = attributes;
        this.evictHandle = evictHandle;
        this.seedCompatLevel = seedCompatLevel;
    }

    /** A primary or temporary object of {@code hierarchy}. */
    public static TpmObject primary(ObjectParts parts, Handle hierarchy, SeedCompatLevel level) {
        SlotAttributes attributes = ofHierarchy(parts, hierarchy).with(parentBits(parts));
        Bytes qualifiedName =
                ObjectName.qualified(hierarchy.asName(), parts.publicArea().nameAlg(), parts.name());
        return new TpmObject(parts, qualifiedName, hierarchy, attributes, NO_EVICT_HANDLE, level);
    }

    /** An object that TPM2_LoadExternal associates with {@code hierarchy}; it is never a parent. */
    public static TpmObject external(ObjectParts parts, Handle hierarchy) {
        // As in libtpms: what is derived from an external object follows the oldest rules.
        SlotAttributes attributes = ofHierarchy(parts, hierarchy).with(SlotAttributes.EXTERNAL);
        return new TpmObject(parts, parts.name(), hierarchy, attributes, NO_EVICT_HANDLE, SeedCompatLevel.ORIGINAL);
    }

    /** A child of {@code parent}. */
    public static TpmObject child(ObjectParts parts, TpmObject parent, SeedCompatLevel level) {
        SlotAttributes attributes = ofArea(parts)
                .with(parent.attributes.hierarchyBits() | parentBits(parts))
                .with(SlotAttributes.ST_CLEAR, isStClear(parts) || parent.attributes.has(SlotAttributes.ST_CLEAR))
                .with(SlotAttributes.TEMPORARY, parent.attributes.has(SlotAttributes.TEMPORARY));
        Bytes qualifiedName = ObjectName.qualified(
                parent.qualifiedNameForChildren(), parts.publicArea().nameAlg(), parts.name());
        return new TpmObject(parts, qualifiedName, parent.hierarchy, attributes, NO_EVICT_HANDLE, level);
    }

    /** An object as a state or a context has it. */
    public static TpmObject restore(
            ObjectParts parts,
            Bytes qualifiedName,
            Handle hierarchy,
            SlotAttributes attributes,
            Handle evictHandle,
            SeedCompatLevel level) {
        return new TpmObject(parts, qualifiedName, hierarchy, attributes, evictHandle, level);
    }

    /** An independent copy that is persistent under {@code handle}. */
    public TpmObject persistentCopy(Handle handle) {
        Optional<TpmtSensitive> copy = sensitive.isEmpty()
                ? Optional.empty()
                : Optional.of(sensitive.get().copy());
        ObjectParts parts = new ObjectParts(publicArea, copy, rsaKey, name);
        return new TpmObject(
                parts, qualifiedName, hierarchy, attributes.with(SlotAttributes.EVICT), handle, seedCompatLevel);
    }

    private static SlotAttributes ofHierarchy(ObjectParts parts, Handle hierarchy) {
        int bit = SlotAttributes.ofHierarchy(hierarchy);
        int kind = bit == 0 ? SlotAttributes.TEMPORARY : SlotAttributes.PRIMARY;
        return ofArea(parts).with(bit | kind).with(SlotAttributes.ST_CLEAR, isStClear(parts));
    }

    /** What follows from the areas alone. */
    private static SlotAttributes ofArea(ObjectParts parts) {
        return new SlotAttributes(SlotAttributes.OCCUPIED)
                .with(SlotAttributes.PUBLIC_ONLY, parts.sensitive().isEmpty())
                .with(SlotAttributes.PRIVATE_EXP, parts.rsaKey().isPresent());
    }

    private static boolean isStClear(ObjectParts parts) {
        return parts.publicArea().attributes().stClear();
    }

    /** Whether an object with these areas is a storage key or a derivation parent. */
    private static int parentBits(ObjectParts parts) {
        TpmtPublic area = parts.publicArea();
        if (!area.attributes().has(ObjectAttributes.RESTRICTED | ObjectAttributes.DECRYPT)
                || parts.sensitive().isEmpty()
                || area.nameAlg().isNull()) {
            return 0;
        }
        return area.type() == PublicType.KEYED_HASH ? SlotAttributes.DERIVATION : SlotAttributes.IS_PARENT;
    }

    /** The public area. */
    public TpmtPublic publicArea() {
        return publicArea;
    }

    /** What the object is. */
    public PublicType type() {
        return publicArea.type();
    }

    /** Whether the TPM knows the public area only. */
    public boolean isPublicOnly() {
        return sensitive.isEmpty();
    }

    /** The sensitive area, lent; not of an object of which only the public area is loaded. */
    public TpmtSensitive sensitive() {
        return sensitive.orElseThrow();
    }

    /** {@link #rsaPrivateKey()} for operations of which a helper may do half. */
    public RsaPrivateKey rsaPrivateKey(Helpers helpers) {
        return rsaPrivateKey().with(helpers);
    }

    /** The private key of an RSA object with a sensitive area; TPM_RC_BINDING if its areas do not fit. */
    public RsaPrivateKey rsaPrivateKey() {
        if (rsaKey.isEmpty()) {
            rsaKey = Optional.of(loadRsaKey(publicArea, sensitive()));
        }
        return rsaKey.get();
    }

    /** The private key of an RSA object (CryptRsaLoadPrivateExponent); else TPM_RC_BINDING. */
    static RsaPrivateKey loadRsaKey(TpmtPublic area, TpmtSensitive sensitive) {
        RsaParms parms = area.rsa().parms();
        byte[] modulus = area.rsa().unique().toArray();
        Optional<RsaPrivateKey> key =
                sensitive.sensitive().use(prime -> RsaPrivateKey.load(modulus, parms.exponent(), prime));
        return key.orElseThrow(TpmRc.BINDING::exception);
    }

    @Override
    public Bytes qualifiedName() {
        return qualifiedName;
    }

    /** The Qualified Name as a child's has it: none without a Name algorithm. */
    public Bytes qualifiedNameForChildren() {
        return publicArea.nameAlg().isNull() ? Bytes.EMPTY : qualifiedName;
    }

    /** The handle of a persistent object; 0 otherwise. */
    public Handle evictHandle() {
        return evictHandle;
    }

    /** Whether this is a persistent object. */
    public boolean isPersistent() {
        return attributes.has(SlotAttributes.EVICT);
    }

    /** Whether this is a storage key: it can have children. */
    public boolean isParent() {
        return attributes.has(SlotAttributes.IS_PARENT);
    }

    /** Whether objects can be derived from this one. */
    public boolean isDerivationParent() {
        return attributes.has(SlotAttributes.DERIVATION);
    }

    /** The rules by which keys are derived from this object. */
    public SeedCompatLevel seedCompatLevel() {
        return seedCompatLevel;
    }

    @Override
    public SlotAttributes attributes() {
        return attributes;
    }

    @Override
    public ObjectAttributes publicAttributes() {
        return publicArea.attributes();
    }

    @Override
    public HashAlg nameAlg() {
        return publicArea.nameAlg();
    }

    @Override
    public Bytes name() {
        return name;
    }

    @Override
    public Bytes authPolicy() {
        return publicArea.authPolicy();
    }

    @Override
    public Secret auth() {
        return sensitive.isEmpty() ? NO_AUTH : sensitive.get().authValue();
    }

    @Override
    public Handle hierarchy() {
        return hierarchy;
    }

    @Override
    public void wipe() {
        if (sensitive.isPresent()) {
            sensitive.get().close();
        }
    }
}
