package org.jswtpm.engine.tpm2.state;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.create;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createLoaded;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.sign;

import java.util.function.Function;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.TpmClient;
import org.jswtpm.engine.tpm2.command.duplication.DuplicationRequests;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.wire.Bytes;

/** A command whose answer is random in part, or, with KEPT in its name, follows from the state; under a profile that has all commands. */
enum Draw {
    RANDOM_OCTETS(tpm -> tpm.send(TestCommand.of(CommandCode.GET_RANDOM).parameters("0020"))),
    NONCE_OF_A_SESSION(tpm -> startSession(tpm, Handle.NULL, Handle.NULL)),
    SIGNATURE_ECDSA(tpm -> tpm.send(sign(Given.FIRST, Given.DIGEST, "0018 000b")), Given.ECC_KEY),
    SIGNATURE_SCHNORR(tpm -> tpm.send(sign(Given.FIRST, Given.DIGEST, "001c 000b")), Given.ECC_KEY),
    SIGNATURE_SM2(tpm -> tpm.send(sign(Given.FIRST, Given.DIGEST, "001b 000b")), Given.ECC_KEY),
    SIGNATURE_ECDAA(tpm -> tpm.send(sign(Given.FIRST, Given.DIGEST, "001a 000b 0000")), Given.ECDAA) {
        @Override
        void prepare(TpmClient tpm) {
            super.prepare(tpm);
            commit(tpm).isSuccess();
        }
    },
    SIGNATURE_PSS(tpm -> tpm.send(sign(Given.FIRST, Given.DIGEST, "0016 000b")), Given.RSA_KEY),
    ATTESTATION(
            tpm -> tpm.send(TestCommand.of(CommandCode.QUOTE)
                    .handle(Given.FIRST)
                    .password("")
                    .parameters("0000 0018 000b 00000000")),
            Given.ECC_KEY),
    KEY_ECC(tpm -> tpm.send(create(Given.FIRST, ObjectRequests.ECC_SIGN, "", "")), ObjectRequests.ECC_STORAGE),
    KEY_RSA(tpm -> tpm.send(create(Given.FIRST, Given.RSA_KEY, "", "")), ObjectRequests.ECC_STORAGE),
    KEY_HMAC(tpm -> tpm.send(create(Given.FIRST, ObjectRequests.HMAC_KEY, "", "")), ObjectRequests.ECC_STORAGE),
    KEY_AES(tpm -> tpm.send(create(Given.FIRST, ObjectRequests.AES_KEY, "", "")), ObjectRequests.ECC_STORAGE),
    KEY_LOADED(tpm -> tpm.send(createLoaded(Given.FIRST, ObjectRequests.ECC_SIGN, "", "")), ObjectRequests.ECC_STORAGE),
    SEALED_DATA(
            tpm -> tpm.send(create(Given.FIRST, ObjectRequests.SEALED, "", "5a5a5a5a")), ObjectRequests.ECC_STORAGE),
    EPHEMERAL_KEY(
            tpm -> tpm.send(TestCommand.of(CommandCode.ECDH_KEY_GEN).handle(Given.FIRST)), ObjectRequests.ECC_STORAGE),
    CIPHERTEXT_OAEP(tpm -> rsaEncrypt(tpm, "0017 000b"), Given.RSA_KEY),
    CIPHERTEXT_PKCS1(tpm -> rsaEncrypt(tpm, "0015"), Given.RSA_KEY),
    CIPHERTEXT_ECC(
            tpm -> tpm.send(
                    TestCommand.of(CommandCode.ECC_ENCRYPT).handle(Given.FIRST).parameters("0004 5a5a5a5a 0021 000b")),
            "0023 000b 00020472 0000 0010 0010 0003 0010 0000 0000"),
    CREDENTIAL_ECC(Draw::makeCredential, ObjectRequests.ECC_STORAGE),
    CREDENTIAL_RSA(Draw::makeCredential, ObjectRequests.RSA_STORAGE),
    DUPLICATE(
            tpm -> DuplicationRequests.duplicate(tpm, Given.SECOND, Given.FIRST, "", DuplicationRequests.AES_128),
            ObjectRequests.ECC_STORAGE,
            DuplicationRequests.SEALED) {
        @Override
        void prepare(TpmClient tpm) {
            tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE)).isSuccess();
            ObjectRequests.createAndLoad(tpm, Given.FIRST, DuplicationRequests.SEALED, "", "5a5a5a5a");
        }
    },
    SEED_OF_A_HIERARCHY(tpm -> {
        tpm.send(TestCommand.of(CommandCode.CHANGE_EPS).handle(Handle.PLATFORM).password(""))
                .isSuccess();
        return tpm.send(createPrimary(Handle.ENDORSEMENT, ObjectRequests.ECC_SIGN));
    }),

    KEPT_PRIMARY(tpm -> tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN))),
    KEPT_PRIMARY_OF_THE_NULL_SEED(tpm -> tpm.send(createPrimary(Handle.NULL, ObjectRequests.ECC_SIGN))),
    KEPT_COMMITMENT(Draw::commit, Given.ECDAA),
    KEPT_EPHEMERAL(tpm -> tpm.send(TestCommand.of(CommandCode.EC_EPHEMERAL).parameters("0003"))),
    KEPT_CONTEXT(
            tpm -> tpm.send(TestCommand.of(CommandCode.CONTEXT_SAVE).handle(Given.FIRST)), ObjectRequests.ECC_STORAGE);

    /** What the commands are about. */
    private static final class Given {
        static final Handle FIRST = new Handle(0x8000_0000);
        static final Handle SECOND = new Handle(0x8000_0001);
        static final Bytes DIGEST = Bytes.hex("5a".repeat(32));
        static final String ECC_KEY = "0023 000b 00040472 0000 0010 0010 0003 0010 0000 0000";
        static final String RSA_KEY = "0001 000b 00060472 0000 0010 0010 0400 00000000 0000";
        static final String ECDAA = "0023 000b 00040472 0000 0010 001a 000b 0000 0003 0010 0000 0000";
    }

    private final Function<TpmClient, Answer> command;
    private final String[] keys;

    Draw(Function<TpmClient, Answer> command, String... keys) {
        this.command = command;
        this.keys = keys;
    }

    /** Loads what the command uses into the TPM whose state is saved. */
    void prepare(TpmClient tpm) {
        for (String key : keys) {
            tpm.send(createPrimary(Handle.OWNER, key)).isSuccess();
        }
    }

    /** What the command answers. */
    Bytes in(TpmClient tpm) {
        return command.apply(tpm).parameters();
    }

    private static Answer startSession(TpmClient tpm, Handle key, Handle bind) {
        return tpm.send(TestCommand.of(CommandCode.START_AUTH_SESSION)
                .handle(key)
                .handle(bind)
                .sized(Bytes.zeros(16))
                .sized(Bytes.EMPTY)
                .parameters("00 0010 000b"));
    }

    private static Answer commit(TpmClient tpm) {
        return tpm.send(TestCommand.of(CommandCode.COMMIT)
                .handle(Given.FIRST)
                .password("")
                .parameters("0004 0000 0000 0000 0000"));
    }

    private static Answer rsaEncrypt(TpmClient tpm, String scheme) {
        return tpm.send(TestCommand.of(CommandCode.RSA_ENCRYPT)
                .handle(Given.FIRST)
                .sized(Bytes.hex("5a5a5a5a"))
                .parameters(scheme)
                .sized(Bytes.EMPTY));
    }

    private static Answer makeCredential(TpmClient tpm) {
        return tpm.send(TestCommand.of(CommandCode.MAKE_CREDENTIAL)
                .handle(Given.FIRST)
                .sized(Bytes.hex("5a5a5a5a"))
                .sized(Bytes.hex("000b").then(Given.DIGEST)));
    }
}
