package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.INVALID_STRUCTURE;

import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_STRUCTURE_TAG (Part 2, 3.1): what a structure begins with. */
public enum StructureTag {
    CONTEXTBLOB(0x0001),
    CONTEXT_SENSITIVE(0x0002),
    SIGNINFO(0x0005),
    PCR_INFO_LONG(0x0006),
    EK_BLOB(0x000C),
    EK_BLOB_AUTH(0x000D),
    COUNTER_VALUE(0x000E),
    TRANSPORT_INTERNAL(0x000F),
    TRANSPORT_LOG_IN(0x0010),
    TRANSPORT_LOG_OUT(0x0011),
    AUDIT_EVENT_IN(0x0012),
    AUDIT_EVENT_OUT(0x0013),
    CURRENT_TICKS(0x0014),
    KEY(0x0015),
    STORED_DATA12(0x0016),
    NV_ATTRIBUTES(0x0017),
    NV_DATA_PUBLIC(0x0018),
    NV_DATA_SENSITIVE(0x0019),
    DELEGATIONS(0x001A),
    DELEGATE_PUBLIC(0x001B),
    DELEGATE_TABLE_ROW(0x001C),
    TRANSPORT_AUTH(0x001D),
    TRANSPORT_PUBLIC(0x001E),
    PERMANENT_FLAGS(0x001F),
    STCLEAR_FLAGS(0x0020),
    STANY_FLAGS(0x0021),
    PERMANENT_DATA(0x0022),
    STCLEAR_DATA(0x0023),
    STANY_DATA(0x0024),
    FAMILY_TABLE_ENTRY(0x0025),
    DELEGATE_SENSITIVE(0x0026),
    DELG_KEY_BLOB(0x0027),
    KEY12(0x0028),
    CERTIFY_INFO2(0x0029),
    DELEGATE_OWNER_BLOB(0x002A),
    EK_BLOB_ACTIVATE(0x002B),
    DAA_BLOB(0x002C),
    DAA_CONTEXT(0x002D),
    DAA_ISSUER(0x002F),
    CAP_VERSION_INFO(0x0030),
    DAA_SENSITIVE(0x0031),
    DAA_TPM(0x0032),
    CMK_MIGAUTH(0x0033),
    CMK_SIGTICKET(0x0034),
    CMK_MA_APPROVAL(0x0035),
    QUOTE_INFO2(0x0036),
    DA_INFO(0x0037),
    DA_INFO_LIMITED(0x0038),
    DA_ACTION_TYPE(0x0039);

    private final int value;

    StructureTag(int value) {
        this.value = value;
    }

    /** The tag on the wire. */
    public int value() {
        return value;
    }

    /** Reads the tag, which has to be this one: else TPM_INVALID_STRUCTURE. */
    public void unmarshal(WireReader in) {
        TpmResult.check(in.uint16() == value, INVALID_STRUCTURE);
    }

    /** Writes the tag. */
    public void marshal(WireWriter out) {
        out.uint16(value);
    }
}
