package org.jswtpm.engine.tpm2.command.capability;

import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.nv.NvMemory;
import org.jswtpm.engine.tpm2.pcr.PcrBanks;
import org.jswtpm.engine.tpm2.session.SessionSlots;
import org.jswtpm.engine.tpm2.startup.BootState;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.EccCurve;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.NvPublic;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmIdentity;
import org.jswtpm.engine.tpm2.structure.TpmLimits;

/** TPM_PT (Part 2, 6.13): the properties of the TPM, with the values of libtpms. */
final class TpmProperties {
    private static final int GROUP = 0x100;
    private static final int FIXED = GROUP;
    private static final int VARIABLE = 2 * GROUP;
    /** A property that does not exist; none that does has this value. */
    private static final long NONE = -1;

    /** TPMA_MEMORY: sharedNV and objectCopiedToRam. */
    private static final int MEMORY = 0x6;

    private final TpmState tpm;

    TpmProperties(TpmState tpm) {
        this.tpm = tpm;
    }

    /** Adds the properties from {@code first} to the end of its group. */
    void add(int first, CapabilityList list) {
        int property = Integer.compareUnsigned(first, FIXED) < 0 ? FIXED : first;
        if (Integer.compareUnsigned(property, VARIABLE + GROUP) >= 0) {
            return;
        }
        int end = property / GROUP * GROUP + GROUP;
        for (; property < end; property++) {
            long value = property < VARIABLE ? fixed(property - FIXED) : variable(property - VARIABLE);
            if (value != NONE) {
                if (!list.next()) {
                    return;
                }
                list.out().uint32(property).uint32((int) value);
            }
        }
    }

    private long fixed(int property) {
        return switch (property) {
            case 0 -> TpmIdentity.FAMILY_INDICATOR;
            case 1 -> TpmIdentity.LEVEL;
            case 2 -> TpmIdentity.REVISION;
            case 3 -> TpmIdentity.DAY_OF_YEAR;
            case 4 -> TpmIdentity.YEAR;
            case 5 -> TpmIdentity.MANUFACTURER;
            case 6 -> TpmIdentity.VENDOR_STRING_1;
            case 7 -> TpmIdentity.VENDOR_STRING_2;
            case 8 -> TpmIdentity.VENDOR_STRING_3;
            case 9 -> TpmIdentity.VENDOR_STRING_4;
            case 10 -> TpmIdentity.VENDOR_TPM_TYPE;
            case 11 -> TpmIdentity.FIRMWARE_VERSION_1;
            case 12 -> TpmIdentity.FIRMWARE_VERSION_2;
            case 35 -> TpmIdentity.PLATFORM_FAMILY;
            case 36 -> TpmIdentity.PLATFORM_LEVEL;
            case 37 -> TpmIdentity.PLATFORM_REVISION;
            case 38 -> TpmIdentity.PLATFORM_DAY_OF_YEAR;
            case 39 -> TpmIdentity.PLATFORM_YEAR;
            case 47 -> TpmIdentity.FIRMWARE_SVN;
            case 48 -> TpmIdentity.FIRMWARE_MAX_SVN;
            default -> limit(property);
        };
    }

    private long limit(int property) {
        return switch (property) {
            case 13 -> TpmLimits.MAX_DIGEST_BUFFER;
            case 14 -> TpmLimits.MAX_LOADED_OBJECTS;
            case 15 -> NvMemory.MIN_PERSISTENT_OBJECTS;
            case 16 -> SessionSlots.MAX_LOADED;
            case 17 -> TpmLimits.MAX_ACTIVE_SESSIONS;
            case 18 -> PcrBanks.COUNT;
            case 19 -> PcrSelection.SELECT_SIZE;
            case 20 -> tpm.sessions().slotMask();
            case 22 -> 0; // NV_COUNTERS_MAX: as many as fit
            case 23 -> NvPublic.MAX_DATA_SIZE;
            case 24 -> MEMORY;
            case 25 -> 4096; // CLOCK_UPDATE, in milliseconds
            case 26 -> AlgId.SHA512.value(); // of the integrity of contexts
            case 27 -> AlgId.AES.value();
            case 28 -> 256; // bits of the key of contexts
            case 29 -> 255; // ORDERLY_COUNT
            case 30, 31 -> tpm.bufferSize();
            case 32 -> TpmLimits.MAX_DIGEST_SIZE;
            case 33 -> TpmLimits.MAX_OBJECT_CONTEXT;
            case 34 -> TpmLimits.MAX_SESSION_CONTEXT;
            case 40 -> 128; // SPLIT_MAX
            case 41, 42 -> CommandCapability.count(tpm.commands());
            case 43 -> 0; // VENDOR_COMMANDS
            case 44 -> 1024; // NV_BUFFER_MAX
            case 45 -> 0; // MODES
            case 46 -> 1024; // MAX_CAP_BUFFER
            default -> NONE;
        };
    }

    private long variable(int property) {
        return switch (property) {
            case 0 -> permanent();
            case 1 -> startupClear();
            case 2 -> tpm.nv().indexCount();
            case 3 -> SessionSlots.MAX_LOADED - tpm.sessions().freeSlots();
            case 4 -> tpm.sessions().freeSlots();
            case 5 -> tpm.sessions().activeCount();
            case 6 -> SessionSlots.MAX_ACTIVE - tpm.sessions().activeCount();
            case 7 -> tpm.objects().freeCount();
            case 8 -> tpm.nv().objectCount();
            case 9 -> tpm.nv().objectsAvailable();
            case 10 -> tpm.nv().counterCount();
            case 11 -> tpm.nv().countersAvailable();
            case 12 -> unsigned(tpm.algorithmSet());
            case 13 -> EccCurve.values().length;
            case 14 -> unsigned(tpm.lockout().failedTries());
            case 15 -> unsigned(tpm.lockout().maxTries());
            case 16 -> unsigned(tpm.lockout().recoveryTime());
            case 17 -> unsigned(tpm.lockout().lockoutRecovery());
            case 18 -> 0; // NV_WRITE_RECOVERY
            case 19 -> tpm.audit().counter() >>> Integer.SIZE;
            case 20 -> unsigned((int) tpm.audit().counter());
            default -> NONE;
        };
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    /** TPMA_PERMANENT (Part 2, 8.6). */
    private long permanent() {
        return bit(0, !tpm.hierarchies().auth(Handle.OWNER).isEmpty())
                | bit(1, !tpm.hierarchies().auth(Handle.ENDORSEMENT).isEmpty())
                | bit(2, !tpm.hierarchies().auth(Handle.LOCKOUT).isEmpty())
                | bit(8, tpm.hierarchies().isClearDisabled())
                | bit(9, tpm.lockout().isLockedOut())
                | bit(10, true); // tpmGeneratedEPS
    }

    /** TPMA_STARTUP_CLEAR (Part 2, 8.7). */
    private long startupClear() {
        return bit(0, tpm.hierarchies().isEnabled(Handle.PLATFORM))
                | bit(1, tpm.hierarchies().isEnabled(Handle.OWNER))
                | bit(2, tpm.hierarchies().isEnabled(Handle.ENDORSEMENT))
                | bit(3, tpm.hierarchies().isPlatformNvEnabled())
                | bit(31, tpm.boot().previousOrderlyState() != BootState.SU_NONE);
    }

    private static long bit(int number, boolean isSet) {
        return isSet ? 1L << number : 0;
    }
}
