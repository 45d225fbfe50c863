package org.jswtpm.engine.tpm2.command.nv;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** Requests around one NV Index, and the attributes by which tests define it. */
final class NvRequests {
    static final Handle INDEX = new Handle(0x0180_0001);
    /** The auth value of the Index. */
    static final String AUTH = "736563726574";

    /** OWNERWRITE, AUTHWRITE, OWNERREAD, AUTHREAD. */
    static final int BY_ALL = 0x0006_0006;

    static final int COUNTER = 0x10;
    static final int BITS = 0x20;
    static final int EXTEND = 0x40;
    static final int PIN_FAIL = 0x80;
    static final int PIN_PASS = 0x90;

    private NvRequests() {}

    /** TPM2_NV_DefineSpace by the owner; SHA-256, without a policy. */
    static TestCommand define(int attributes, int size) {
        return define(Handle.OWNER, AUTH, "000b", attributes, "", size);
    }

    /** TPM2_NV_DefineSpace; auth value and policy in hexadecimal. */
    static TestCommand define(Handle by, String auth, String nameAlg, int attributes, String policy, int size) {
        WireWriter area = new WireWriter();
        INDEX.marshal(area);
        area.bytes(Bytes.hex(nameAlg))
                .uint32(attributes)
                .sized2(Bytes.hex(policy))
                .uint16(size);
        return TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                .handle(by)
                .password("")
                .sized(Bytes.hex(auth))
                .sized(area.toBytes());
    }

    /** TPM2_NV_UndefineSpace. */
    static TestCommand undefine(Handle by) {
        return TestCommand.of(CommandCode.NV_UNDEFINE_SPACE)
                .handle(by)
                .handle(INDEX)
                .password("");
    }

    /** A command with the handles of who authorizes and of the Index, by the owner. */
    static TestCommand byOwner(CommandCode code) {
        return TestCommand.of(code).handle(Handle.OWNER).handle(INDEX).password("");
    }

    /** The same by the auth value of the Index. */
    static TestCommand byIndex(CommandCode code, String password) {
        return TestCommand.of(code).handle(INDEX).handle(INDEX).password(password);
    }

    /** TPM2_NV_Write by the owner. */
    static TestCommand write(String data, int offset) {
        return byOwner(CommandCode.NV_WRITE).sized(Bytes.hex(data)).parameters("%04x".formatted(offset));
    }

    /** TPM2_NV_Read by the owner. */
    static TestCommand read(int size, int offset) {
        return byOwner(CommandCode.NV_READ).parameters("%04x%04x".formatted(size, offset));
    }

    /** TPM2_NV_ReadPublic. */
    static TestCommand readPublic() {
        return TestCommand.of(CommandCode.NV_READ_PUBLIC).handle(INDEX);
    }

    /** TPM2_Startup or TPM2_Shutdown with CLEAR. */
    static TestCommand clear(CommandCode code) {
        return TestCommand.of(code).parameters("0000");
    }
}
