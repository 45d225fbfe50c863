package org.jswtpm.engine.tpm12.nv;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.tpm12.structure.NvDataPublic;
import org.jswtpm.engine.tpm12.structure.NvPermission;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireWriter;

/**
 * The areas of NV. A new area takes the first place that a removed one has left, as in libtpms; a start closes such gaps. The
 * order can be seen in TPM_CAP_NV_LIST.
 */
public final class NvMemory {
    /** TPM_NV_INDEX_LOCK: defining it with size 0 locks NV. */
    public static final int INDEX_LOCK = 0xFFFF_FFFF;
    /** TPM_NV_INDEX0: writing to it with size 0 locks all areas that ask for that. */
    public static final int INDEX_0 = 0;
    /** TPM_NV_INDEX_DIR: the data integrity register. */
    public static final int INDEX_DIR = 0x1000_0001;
    /** TPM_NV_INDEX_TRIAL: an area that can be defined, to see whether it could, and is not. */
    public static final int INDEX_TRIAL = 0xF004;
    /** TPM_NV_INDEX_GPIO_00: the first of the input and output pins, of which this TPM has none. */
    public static final int INDEX_GPIO = 0x0001_1600;

    /** The D bit of an index: it can be defined only before NV is locked, and no clearing deletes it. */
    private static final int D_BIT = 0x1000_0000;

    private static final int RESERVED_BITS = 0x0F00_0000;
    private static final int LAST_GPIO = 0x0001_16FF;
    /** The version and the count before the areas in the state. */
    private static final int LIST_HEAD_SIZE = 6;

    /** Null where an area was removed. */
    private final List<NvArea> places = new ArrayList<>();

    /** Whether the index stands for a pin; what is written to one goes nowhere, and zeros are read. */
    public static boolean isGpio(int index) {
        return index >= INDEX_GPIO && index <= LAST_GPIO;
    }

    /** Whether an area with this index can exist only if it was defined before NV was locked. */
    public static boolean hasDBit(int index) {
        return (index & D_BIT) != 0;
    }

    /** Ends the command with TPM_BADINDEX if no area can have this index. */
    public static void checkIndex(int index) {
        check(index != INDEX_LOCK && index != INDEX_0 && index != INDEX_DIR, BADINDEX);
        check((index & RESERVED_BITS) == 0, BADINDEX);
    }

    /** The area with this index; else TPM_BADINDEX. */
    public NvArea get(int index) {
        NvArea area = find(index);
        check(area != null, BADINDEX);
        return area;
    }

    /** The area with this index, or null. */
    public NvArea find(int index) {
        for (NvArea area : places) {
            if (area != null && area.publicArea().nvIndex() == index) {
                return area;
            }
        }
        return null;
    }

    /** All areas; a list of the caller's. */
    public List<NvArea> areas() {
        List<NvArea> areas = new ArrayList<>(places.size());
        for (NvArea area : places) {
            if (area != null) {
                areas.add(area);
            }
        }
        return areas;
    }

    /** Takes a new area. */
    public void add(NvArea area) {
        int gap = places.indexOf(null);
        if (gap >= 0) {
            places.set(gap, area);
        } else {
            places.add(area);
        }
    }

    /** Wipes an area and forgets it. */
    public void remove(NvArea area) {
        area.wipe();
        places.set(places.indexOf(area), null);
    }

    /** TPM_Startup(ST_CLEAR): what was locked until the next start is free again. */
    public void startClear() {
        for (NvArea area : areas()) {
            area.setUse(new NvDataPublic.Use(false, false, area.use().writeDefine()));
        }
    }

    /**
     * What clearing the owner makes of it: the areas that the owner's authorization opens are gone.
     *
     * @param withDBit whether those with the D bit are gone, too
     */
    public void clearOwner(boolean withDBit) {
        for (NvArea area : areas()) {
            boolean isOwners = area.permission().has(NvPermission.OWNERREAD | NvPermission.OWNERWRITE);
            int index = area.publicArea().nvIndex();
            if (isOwners && (withDBit || !hasDBit(index)) || index == INDEX_GPIO) {
                remove(area);
            }
        }
    }

    /** How many octets the areas take in the state, with what stands before them. */
    public int usedSpace() {
        WireWriter out = new WireWriter();
        for (NvArea area : areas()) {
            marshal(area, out);
        }
        int used = out.size() + LIST_HEAD_SIZE;
        out.wipe();
        return used;
    }

    /** How many octets can still be used; negative if there is not enough room. */
    public int freeSpace() {
        return TpmLimits.MAX_NV_DEFINED_SIZE - usedSpace();
    }

    /** Writes an area as the state has it. */
    public static void marshal(NvArea area, WireWriter out) {
        StructureTag.NV_DATA_SENSITIVE.marshal(out);
        area.publicArea().marshalShortened(area.use(), out);
        out.secret(area.authValue());
        if (!isGpio(area.publicArea().nvIndex())) {
            area.writeData(out);
        }
    }

    /** Wipes all areas and forgets them. */
    public void clear() {
        for (NvArea area : areas()) {
            area.wipe();
        }
        places.clear();
    }
}
