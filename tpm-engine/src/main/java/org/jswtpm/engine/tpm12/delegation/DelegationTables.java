package org.jswtpm.engine.tpm12.delegation;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BADINDEX;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DISABLED_CMD;
import static org.jswtpm.engine.tpm12.structure.TpmResult.FAMILYCOUNT;
import static org.jswtpm.engine.tpm12.structure.TpmResult.RESOURCES;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import java.util.Arrays;
import org.jswtpm.engine.tpm12.structure.DelegatePublic;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The table of families and the table of delegations to the owner's authorization. */
public final class DelegationTables {
    private final FamilyRow[] families = new FamilyRow[TpmLimits.FAMILY_ROWS];
    private final DelegateRow[] rows = new DelegateRow[TpmLimits.DELEGATE_ROWS];
    private int lastFamilyId;
    private int ownerReference = ReservedHandle.OWNER;

    public DelegationTables() {
        Arrays.fill(families, FamilyRow.NONE);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = DelegateRow.none();
        }
    }

    /** How many places for families there are. */
    public int familyCount() {
        return families.length;
    }

    public FamilyRow family(int index) {
        return families[index];
    }

    /** The family with this number; else TPM_BADINDEX. */
    public FamilyRow familyOf(int familyId) {
        return families[familyIndex(familyId)];
    }

    /** The family with this number; else TPM_BADINDEX, and TPM_DISABLED_CMD if it is not enabled. */
    public FamilyRow enabledFamily(int familyId) {
        FamilyRow family = familyOf(familyId);
        check(family.has(FamilyRow.ENABLED), DISABLED_CMD);
        return family;
    }

    /** The delegation is of its family's present generation; else TPM_BADINDEX, TPM_DISABLED_CMD, TPM_FAMILYCOUNT. */
    public void checkGeneration(DelegatePublic delegation) {
        FamilyRow family = enabledFamily(delegation.familyId());
        check(delegation.verificationCount() == family.verificationCount(), FAMILYCOUNT);
    }

    /**
     * Makes a family, which is not enabled yet; TPM_RESOURCES if there is no room.
     *
     * @return its number
     */
    public int addFamily(int label) {
        int index = freeFamilyIndex();
        families[index] = new FamilyRow(label, ++lastFamilyId, 1, 0, true);
        return lastFamilyId;
    }

    /** There is room for a family; else TPM_RESOURCES. */
    public int freeFamilyIndex() {
        for (int i = 0; i < families.length; i++) {
            if (!families[i].isValid()) {
                return i;
            }
        }
        throw RESOURCES.exception();
    }

    /** Puts {@code row} in the place of the family with this number. */
    public void replaceFamily(int familyId, FamilyRow row) {
        families[familyIndex(familyId)] = row;
    }

    private int familyIndex(int familyId) {
        for (int i = 0; i < families.length; i++) {
            if (families[i].isValid() && families[i].familyId() == familyId) {
                return i;
            }
        }
        throw BADINDEX.exception();
    }

    /** How many places for delegations there are. */
    public int rowCount() {
        return rows.length;
    }

    /** The place at {@code index}, with or without a delegation. */
    public DelegateRow row(int index) {
        return rows[index];
    }

    /** Puts a row in its place; the one before is wiped. */
    public void setRow(int index, DelegateRow row) {
        rows[index].authValue().close();
        rows[index] = row;
    }

    /** The delegation at {@code index}; else TPM_BADINDEX. */
    public DelegateRow validRow(int index) {
        check(index >= 0 && index < rows.length && rows[index].isValid(), BADINDEX);
        return rows[index];
    }

    /** The number of the youngest family. */
    public int lastFamilyId() {
        return lastFamilyId;
    }

    public void setLastFamilyId(int familyId) {
        lastFamilyId = familyId;
    }

    /** TPM_STCLEAR_DATA.ownerReference: TPM_KH_OWNER, or the row whose auth value stands for the owner's. */
    public int ownerReference() {
        return ownerReference;
    }

    public void setOwnerReference(int reference) {
        ownerReference = reference;
    }

    /** What clearing the owner makes of them. */
    public void clearOwner() {
        Arrays.fill(families, FamilyRow.NONE);
        for (int i = 0; i < rows.length; i++) {
            setRow(i, DelegateRow.none());
        }
        ownerReference = ReservedHandle.OWNER;
    }

    /** Both tables and the number of the youngest family, as the state has them. */
    public void marshal(WireWriter out) {
        for (FamilyRow family : families) {
            family.marshal(out);
        }
        for (DelegateRow row : rows) {
            row.marshal(out);
        }
        out.uint32(lastFamilyId);
    }

    /** Reads what {@link #marshal} writes. */
    public void unmarshal(WireReader in) {
        for (int i = 0; i < families.length; i++) {
            families[i] = FamilyRow.unmarshal(in);
        }
        for (int i = 0; i < rows.length; i++) {
            setRow(i, DelegateRow.unmarshal(in));
        }
        lastFamilyId = in.uint32();
    }

    /** Wipes what is secret. */
    public void wipe() {
        for (DelegateRow row : rows) {
            row.authValue().close();
        }
    }
}
