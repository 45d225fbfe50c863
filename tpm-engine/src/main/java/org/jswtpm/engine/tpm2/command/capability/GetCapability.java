package org.jswtpm.engine.tpm2.command.capability;

import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_GetCapability: what the TPM can and has.
 *
 * <p>Part 3, 30.2. A list begins at the first element that is not below the property.
 */
public final class GetCapability implements Command<GetCapability.In, CapabilityList> {
    private static final int CAPABILITY = 1;
    private static final int PROPERTY = 2;
    private static final int PROPERTY_COUNT = 3;

    private static final int UINT16_MASK = 0xFFFF;
    private static final int FIRST_ACT = 0x4000_0110;
    private static final int LAST_ACT = 0x4000_011F;
    private static final int LAST_PCR_PROPERTY = 0x14;
    private static final AlgId[] ALGORITHMS = AlgId.values();
    private static final EccCurve[] CURVES = EccCurve.values();

    record In(Capability capability, int property, int propertyCount) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                Capability.unmarshal(in.at(CAPABILITY)),
                in.at(PROPERTY).uint32(),
                in.at(PROPERTY_COUNT).uint32());
    }

    @Override
    public CapabilityList execute(In in, TpmState tpm) {
        CapabilityList list = new CapabilityList(in.capability, in.propertyCount);
        switch (in.capability) {
            case ALGS -> addAlgorithms(in.property & UINT16_MASK, tpm, list);
            case HANDLES -> new HandleCapability(tpm, list).add(new Handle(in.property), PROPERTY);
            case COMMANDS -> CommandCapability.addCommands(in.property, tpm.commands(), list);
            case PP_COMMANDS -> CommandCapability.addAll(tpm.presence().codes(), in.property, list);
            case AUDIT_COMMANDS -> CommandCapability.addAll(tpm.audit().codes(), in.property, list);
            case PCRS -> addPcrs(in.property, tpm, list);
            case TPM_PROPERTIES -> new TpmProperties(tpm).add(in.property, list);
            case PCR_PROPERTIES -> addPcrProperties(in.property, list);
            case ECC_CURVES -> addCurves(in.property & UINT16_MASK, tpm, list);
            case AUTH_POLICIES -> {
                check(new Handle(in.property).type() == Handle.TYPE_PERMANENT, VALUE.parameter(PROPERTY));
                new HandleCapability(tpm, list).addPolicies(in.property);
            }
            // libtpms has none of these timers
            case ACT -> check(in.property >= FIRST_ACT && in.property <= LAST_ACT, VALUE.parameter(PROPERTY));
            case VENDOR_PROPERTY -> throw VALUE.parameter(CAPABILITY).exception();
        }
        return list;
    }

    private static void addAlgorithms(int first, TpmState tpm, CapabilityList list) {
        for (AlgId algorithm : ALGORITHMS) {
            if (algorithm != AlgId.NULL
                    && algorithm.value() >= first
                    && tpm.algorithms().isEnabled(algorithm)) {
                if (!list.next()) {
                    return;
                }
                algorithm.marshal(list.out());
                list.out().uint32(algorithm.attributes());
            }
        }
    }

    private static void addCurves(int first, TpmState tpm, CapabilityList list) {
        for (EccCurve curve : CURVES) {
            if (curve.value() >= first && tpm.algorithms().isEnabled(curve)) {
                if (!list.next()) {
                    return;
                }
                curve.marshal(list.out());
            }
        }
    }

    /** All banks that the profile leaves or, where nothing was asked for, none. */
    private static void addPcrs(int property, TpmState tpm, CapabilityList list) {
        check(property == 0, VALUE.parameter(PROPERTY));
        if (list.next()) {
            List<PcrSelection> banks = new ArrayList<>();
            for (PcrSelection selection : tpm.pcrs().allocation()) {
                if (tpm.algorithms().isEnabled(selection.hash().algId())) {
                    banks.add(selection);
                }
            }
            list.replaceBy(banks.size());
            for (PcrSelection selection : banks) {
                selection.marshal(list.out());
            }
        }
    }

    private static void addPcrProperties(int first, CapabilityList list) {
        for (long property = Integer.toUnsignedLong(first); property <= LAST_PCR_PROPERTY; property++) {
            // as in libtpms, a number without a meaning behind the last place counts as more
            if (!list.hasRoom()) {
                list.next();
                return;
            }
            int pcrs = PcrBanks.withProperty((int) property);
            if (pcrs >= 0) {
                list.next();
                list.out().uint32((int) property).uint8(PcrSelection.SELECT_SIZE);
                list.out().uint8(pcrs).uint8(pcrs >> 8).uint8(pcrs >> 16);
            }
        }
    }

    @Override
    public void marshal(CapabilityList out, WireWriter response) {
        response.uint8(out.hasMore() ? 1 : 0).bytes(out.toBytes());
    }
}
