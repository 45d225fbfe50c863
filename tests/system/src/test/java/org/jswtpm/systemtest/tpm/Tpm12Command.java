package org.jswtpm.systemtest.tpm;

/** TPM 1.2 commands (TPM Main, Part 3) without authorization, in octets. */
public final class Tpm12Command {
    private static final short TPM_TAG_RQU_COMMAND = 0x00C1;
    private static final int TAG_NV_ATTRIBUTES = 0x0017;
    private static final int TAG_NV_DATA_PUBLIC = 0x0018;
    private static final int NV_PER_PPREAD_PPWRITE = 0x00010001;
    private static final int ALL_LOCALITIES = 0x1F;
    private static final int DIGEST_SIZE = 20;
    private static final int CAP_FLAG = 4;
    private static final int CAP_PROPERTY = 5;
    private static final int CAP_FLAG_PERMANENT = 0x108;
    private static final int CAP_PROP_OWNER = 0x111;

    private Tpm12Command() {}

    /** TPM_Startup(ST_CLEAR), 3.2. */
    public static byte[] startupClear() {
        return command(0x99).u16(1).command();
    }

    /** TPM_Extend, 16.1. */
    public static byte[] extend(int pcr, byte[] digest) {
        return command(0x14).u32(pcr).raw(digest).command();
    }

    /** TPM_PCRRead, 16.2. */
    public static byte[] pcrRead(int pcr) {
        return command(0x15).u32(pcr).command();
    }

    /** TPM_NV_DefineSpace, 20.1, of an area for anybody who is there, on a TPM without an owner. */
    public static byte[] nvDefineSpace(int index, int size) {
        CommandOctets define = command(0xCC).u16(TAG_NV_DATA_PUBLIC).u32(index);
        for (int i = 0; i < 2; i++) { // TPM_PCR_INFO_SHORT, to read and to write
            define.u16(3).raw(new byte[3]).u8(ALL_LOCALITIES).raw(new byte[DIGEST_SIZE]);
        }
        return define.u16(TAG_NV_ATTRIBUTES)
                .u32(NV_PER_PPREAD_PPWRITE)
                .raw(new byte[3]) // no lock
                .u32(size)
                .raw(new byte[DIGEST_SIZE]) // the auth value
                .command();
    }

    /** TPM_NV_WriteValue, 20.2, from the first octet of the area. */
    public static byte[] nvWrite(int index, byte[] data) {
        return command(0xCD).u32(index).u32(0).u32(data.length).raw(data).command();
    }

    /** TPM_NV_ReadValue, 20.4, from the first octet of the area; the answer has a 32-bit size before the data. */
    public static byte[] nvRead(int index, int size) {
        return command(0xCF).u32(index).u32(0).u32(size).command();
    }

    /** TPM_GetCapability, 7.1: the TPM_PERMANENT_FLAGS. */
    public static byte[] permanentFlags() {
        return command(0x65).u32(CAP_FLAG).u32(4).u32(CAP_FLAG_PERMANENT).command();
    }

    /** TPM_GetCapability, 7.1: whether there is an owner, in one octet behind a 32-bit size. */
    public static byte[] hasOwner() {
        return command(0x65).u32(CAP_PROPERTY).u32(4).u32(CAP_PROP_OWNER).command();
    }

    private static CommandOctets command(int ordinal) {
        return new CommandOctets(TPM_TAG_RQU_COMMAND, ordinal);
    }
}
