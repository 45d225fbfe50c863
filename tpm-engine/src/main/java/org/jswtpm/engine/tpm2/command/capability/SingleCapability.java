package org.jswtpm.engine.tpm2.command.capability;

import static org.jswtpm.engine.tpm2.structure.TpmRc.HANDLE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** One element of what TPM2_GetCapability lists, for TPM2_PolicyCapability (Part 3, 23.25). */
public final class SingleCapability {
    private static final int LIST_HEADER = 8;
    private static final int UINT16_MASK = 0xFFFF;

    private final Capability capability;
    private final int capabilityParameter;
    private final int property;
    private final int propertyParameter;

    private SingleCapability(Capability capability, int capabilityParameter, int property, int propertyParameter) {
        this.capability = capability;
        this.capabilityParameter = capabilityParameter;
        this.property = property;
        this.propertyParameter = propertyParameter;
    }

    /** Two parameters, of which the first is number {@code parameter}; else TPM_RC_VALUE. */
    public static SingleCapability unmarshal(ParameterReader in, int parameter) {
        Capability capability = Capability.unmarshal(in.at(parameter));
        int property = in.at(parameter + 1).uint32();
        return new SingleCapability(capability, parameter, property, parameter + 1);
    }

    /** Adds both parameters to a hash. */
    public Hasher update(Hasher hasher) {
        return hasher.updateUint32(capability.value()).updateUint32(property);
    }

    /**
     * The element, as the list has it.
     *
     * @return empty if there is none
     * @throws org.jswtpm.engine.wire.TpmException VALUE at the capability for one that has no single elements; HANDLE or VALUE
     *     at the property for a handle of another type
     */
    public Bytes find(TpmState tpm) {
        return switch (capability) {
            case HANDLES -> isPresent(new Handle(property), tpm) ? octets(property) : Bytes.EMPTY;
            case PCRS, ACT, VENDOR_PROPERTY ->
                throw VALUE.parameter(capabilityParameter).exception();
            case AUTH_POLICIES -> {
                boolean isPermanent = new Handle(property).type() == Handle.TYPE_PERMANENT;
                check(isPermanent, VALUE.parameter(propertyParameter));
                yield firstOfList(tpm);
            }
            case ALGS, COMMANDS, PP_COMMANDS, AUDIT_COMMANDS, TPM_PROPERTIES, PCR_PROPERTIES, ECC_CURVES ->
                firstOfList(tpm);
        };
    }

    /** A list from the property on begins with the property's own element, if there is one. */
    private Bytes firstOfList(TpmState tpm) {
        Bytes list = new GetCapability()
                .execute(new GetCapability.In(capability, property, 1), tpm)
                .toBytes();
        if (list.size() == LIST_HEADER) {
            return Bytes.EMPTY;
        }
        Bytes element = list.slice(LIST_HEADER, list.size() - LIST_HEADER);
        WireReader in = WireReader.over(element, TpmRc.WIRE_FAULTS);
        boolean isAsked = switch (capability) {
            case ALGS, ECC_CURVES -> in.uint16() == (property & UINT16_MASK);
            case COMMANDS -> (in.uint32() & UINT16_MASK) == property;
            default -> in.uint32() == property;
        };
        return isAsked ? element : Bytes.EMPTY;
    }

    /** Otherwise than the lists: a session counts as loaded and as saved at the same time, as in libtpms. */
    private boolean isPresent(Handle handle, TpmState tpm) {
        return switch (handle.type()) {
            case Handle.TYPE_TRANSIENT -> isObjectFrom(handle.index(), tpm);
            case Handle.TYPE_HMAC_SESSION, Handle.TYPE_POLICY_SESSION -> {
                Handle session = new Handle(HandleCapability.FIRST_HMAC_SESSION | handle.index());
                yield tpm.sessions().isLoaded(session) || tpm.sessions().isSaved(session);
            }
            case Handle.TYPE_PCR -> handle.index() < PcrBanks.COUNT;
            case Handle.TYPE_NV_INDEX, Handle.TYPE_PERSISTENT ->
                contains(tpm.nv().handles(handle.type()), handle.value());
            case Handle.TYPE_PERMANENT -> HandleCapability.isPermanent(handle);
            default -> throw HANDLE.parameter(propertyParameter).exception();
        };
    }

    /** libtpms takes any object at the handle or behind it for the one that was asked for. */
    private static boolean isObjectFrom(int first, TpmState tpm) {
        for (int i = first; i < TpmLimits.MAX_LOADED_OBJECTS; i++) {
            if (tpm.objects().isPresent(new Handle(HandleCapability.FIRST_TRANSIENT | i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(int[] handles, int wanted) {
        for (int handle : handles) {
            if (handle == wanted) {
                return true;
            }
        }
        return false;
    }

    private static Bytes octets(int value) {
        return new WireWriter().uint32(value).toBytes();
    }
}
