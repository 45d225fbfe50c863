package org.jswtpm.engine.tpm2.command.object;

import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** Requests around objects, with areas in hexadecimal, and the areas by which tests create them. */
public final class ObjectRequests {
    /** An ECC P-256 storage key as the Linux kernel makes it in the null hierarchy; TCG's SRK template H-2 with a user. */
    public static final String ECC_STORAGE = "0023 000b 00030472 0000 0006 0080 0043 0010 0003 0010 0000 0000";

    /** TCG's SRK template H-1. */
    public static final String RSA_STORAGE = "0001 000b 00030472 0000 0006 0080 0043 0010 0800 00000000 0000";

    /** A storage key that can be duplicated. */
    public static final String FREE_STORAGE = "0023 000b 00030060 0000 0006 0080 0043 0010 0003 0010 0000 0000";

    /** A symmetric storage key. */
    public static final String SYM_STORAGE = "0025 000b 00030472 0000 0006 0080 0043 0000";

    /** A parent from which objects are derived. */
    public static final String DERIVATION = "0008 000b 00030472 0000 000a 000b 0022 0000";

    public static final String ECC_SIGN = "0023 000b 00040472 0000 0010 0018 000b 0003 0010 0000 0000";
    public static final String RSA_SIGN = "0001 000b 00040472 0000 0010 0014 000b 0800 00000000 0000";
    public static final String RSA_DECRYPT = "0001 000b 00020472 0000 0010 0010 0800 00000000 0000";
    public static final String HMAC_KEY = "0008 000b 00040472 0000 0005 000b 0000";
    public static final String AES_KEY = "0025 000b 00060472 0000 0006 0080 0043 0000";
    /** Sealed data. */
    public static final String SEALED = "0008 000b 00000452 0000 0010 0000";

    private ObjectRequests() {}

    /** TPM2_CreatePrimary without auth value and data, under an empty password. */
    public static TestCommand createPrimary(Handle hierarchy, String template) {
        return createPrimary(hierarchy, template, "", "");
    }

    /** TPM2_CreatePrimary under an empty password. */
    public static TestCommand createPrimary(Handle hierarchy, String template, String auth, String data) {
        return TestCommand.of(CommandCode.CREATE_PRIMARY)
                .handle(hierarchy)
                .password("")
                .parameters(sensitive(auth, data))
                .sized(Bytes.hex(template))
                .parameters("0000 00000000");
    }

    /** TPM2_Create under a parent with an empty password. */
    public static TestCommand create(Handle parent, String template, String auth, String data) {
        return TestCommand.of(CommandCode.CREATE)
                .handle(parent)
                .password("")
                .parameters(sensitive(auth, data))
                .sized(Bytes.hex(template))
                .parameters("0000 00000000");
    }

    /** TPM2_CreateLoaded under a parent with an empty password. */
    public static TestCommand createLoaded(Handle parent, String template, String auth, String data) {
        return TestCommand.of(CommandCode.CREATE_LOADED)
                .handle(parent)
                .password("")
                .parameters(sensitive(auth, data))
                .sized(Bytes.hex(template));
    }

    /** TPM2_Load of what TPM2_Create gave, under a parent with an empty password. */
    public static TestCommand load(Handle parent, Created created) {
        return TestCommand.of(CommandCode.LOAD)
                .handle(parent)
                .password("")
                .sized(created.privateArea)
                .sized(created.publicArea);
    }

    /** TPM2_LoadExternal; an empty sensitive area for none. */
    public static TestCommand loadExternal(String sensitive, String area, Handle hierarchy) {
        return TestCommand.of(CommandCode.LOAD_EXTERNAL)
                .sized(Bytes.hex(sensitive))
                .sized(Bytes.hex(area))
                .parameters(hierarchy.asName());
    }

    /** TPM2_ReadPublic. */
    public static TestCommand readPublic(Handle object) {
        return TestCommand.of(CommandCode.READ_PUBLIC).handle(object);
    }

    /** TPM2_FlushContext. */
    public static TestCommand flush(Handle handle) {
        return TestCommand.of(CommandCode.FLUSH_CONTEXT).parameters(handle.asName());
    }

    /** TPM2_Unseal under a password in hexadecimal. */
    public static TestCommand unseal(Handle item, String password) {
        return TestCommand.of(CommandCode.UNSEAL).handle(item).password(password);
    }

    /** TPM2B_SENSITIVE_CREATE. */
    public static Bytes sensitive(String auth, String data) {
        WireWriter out = new WireWriter();
        int mark = out.beginSized2();
        out.sized2(Bytes.hex(auth)).sized2(Bytes.hex(data));
        out.endSized2(mark);
        return out.toBytes();
    }

    /** The octets with a bit of one of them changed. */
    public static Bytes damaged(Bytes octets, int at) {
        byte[] copy = octets.toArray();
        copy[at] ^= 1;
        return Bytes.wrap(copy);
    }

    /**
     * What TPM2_Create gave.
     *
     * @param privateArea TPM2B_PRIVATE
     * @param publicArea TPM2B_PUBLIC
     */
    public record Created(Bytes privateArea, Bytes publicArea) {
        public static Created of(Answer answer) {
            WireReader in = answer.read();
            return new Created(in.sized2(0xffff), in.sized2(0xffff));
        }
    }

    /** Creates and loads a child; gives its handle. */
    public static Handle createAndLoad(TpmClient tpm, Handle parent, String template, String auth, String data) {
        Created created = Created.of(tpm.send(create(parent, template, auth, data)));
        return tpm.send(load(parent, created)).handle();
    }
}
