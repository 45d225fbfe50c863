package org.jswtpm.engine.tpm2.command.duplication;

import java.util.List;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.ClientSession;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/** Requests of the duplication tests, and objects with the policy that TPM2_Duplicate asks for. */
public final class DuplicationRequests {
    static final String NULL = "0010";
    public static final String AES_128 = "0006 0080 0043";
    static final String KEY = "000102030405060708090a0b0c0d0e0f";

    /** The policyDigest of TPM2_PolicyCommandCode(TPM_CC_Duplicate). */
    static final Bytes POLICY = Bytes.wrap(Hasher.digest(
            Digest.SHA256, new byte[32], Bytes.hex("0000016c 0000014b").toArray()));

    public static final String SEALED = "0008 000b 00000440 0020" + POLICY + "0010 0000";
    static final String ECC_KEY = "0023 000b 00040460 0020" + POLICY + "0010 0018 000b 0003 0010 0000 0000";
    static final String RSA_KEY = "0001 000b 00020460 0020" + POLICY + "0010 0010 0400 00000000 0000";
    static final String SYM_KEY = "0025 000b 00060460 0020" + POLICY + "0006 0080 0043 0000";
    static final String STORAGE = "0023 000b 00030460 0020" + POLICY + "0006 0100 0043 0010 0004 0010 0000 0000";

    /** The auth value and the data of {@link #SEALED}. */
    static final String AUTH = "6b";

    static final String DATA = "c0ffee";

    /** New parents of each kind. */
    static final List<String> PARENTS = List.of(
            ObjectRequests.ECC_STORAGE,
            ObjectRequests.RSA_STORAGE,
            "0023 000c 00030472 0000 0026 0100 0043 0010 0004 0010 0000 0000",
            "0001 0004 00030472 0000 0003 00c0 0043 0010 0400 00000000 0000");

    private DuplicationRequests() {}

    /** A primary object; what is sealed gets its data. */
    static Handle primary(TpmClient client, String template) {
        boolean isSealed = template.equals(SEALED);
        return client.send(ObjectRequests.createPrimary(
                        Handle.OWNER, template, isSealed ? AUTH : "", isSealed ? DATA : ""))
                .handle();
    }

    /**
     * What TPM2_Duplicate and TPM2_Rewrap give.
     *
     * @param key encryptionKeyOut; empty from TPM2_Rewrap
     * @param duplicate TPM2B_PRIVATE
     * @param seed TPM2B_ENCRYPTED_SECRET
     */
    record Blob(Bytes key, Bytes duplicate, Bytes seed) {
        static Blob ofDuplicate(Answer answer) {
            WireReader in = answer.read();
            return new Blob(in.sized2(0xffff), in.sized2(0xffff), in.sized2(0xffff));
        }

        static Blob ofRewrap(Answer answer) {
            WireReader in = answer.read();
            return new Blob(Bytes.EMPTY, in.sized2(0xffff), in.sized2(0xffff));
        }
    }

    /** TPM2B_PUBLIC of an object without its size. */
    static Bytes area(TpmClient tpm, Handle object) {
        return tpm.send(ObjectRequests.readPublic(object)).read().sized2(0xffff);
    }

    /** The Name of an area with SHA-256. */
    static Bytes name(Bytes area) {
        return Bytes.hex("000b").then(Bytes.wrap(Hasher.digest(Digest.SHA256, area.toArray())));
    }

    /** TPM2_Duplicate under a policy session, which it starts and ends. */
    public static Answer duplicate(TpmClient tpm, Handle object, Handle newParent, String key, String symmetric) {
        ClientSession session =
                tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0).authNotIncluded();
        tpm.send(TestCommand.of(CommandCode.POLICY_COMMAND_CODE)
                        .handle(session.handle())
                        .parameters("0000014b"))
                .isSuccess();
        Answer answer = tpm.send(TestCommand.of(CommandCode.DUPLICATE)
                .handle(object, nameOf(tpm, object))
                .handle(newParent, newParent.equals(Handle.NULL) ? newParent.asName() : nameOf(tpm, newParent))
                .session(session.attributes(ClientSession.CONTINUE))
                .sized(Bytes.hex(key))
                .parameters(symmetric));
        tpm.send(ObjectRequests.flush(session.handle())).isSuccess();
        return answer;
    }

    private static Bytes nameOf(TpmClient tpm, Handle object) {
        WireReader in = tpm.send(ObjectRequests.readPublic(object)).read();
        in.sized2(0xffff);
        return in.sized2(0xffff);
    }

    static TestCommand rewrap(Handle oldParent, Handle newParent, Bytes duplicate, Bytes name, Bytes seed) {
        TestCommand command = TestCommand.of(CommandCode.REWRAP)
                .handle(oldParent)
                .handle(newParent)
                .password("");
        return command.sized(duplicate).sized(name).sized(seed);
    }

    static TestCommand imported(Handle parent, String key, Bytes area, Bytes duplicate, Bytes seed, String symmetric) {
        return TestCommand.of(CommandCode.IMPORT)
                .handle(parent)
                .password("")
                .sized(Bytes.hex(key))
                .sized(area)
                .sized(duplicate)
                .sized(seed)
                .parameters(symmetric);
    }
}
