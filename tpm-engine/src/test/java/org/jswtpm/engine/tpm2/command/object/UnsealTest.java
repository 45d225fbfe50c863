package org.jswtpm.engine.tpm2.command.object;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createAndLoad;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.unseal;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsealTest {
    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 128})
    void givesTheData(int size) {
        Handle parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        String data = "5a".repeat(size);
        Handle item = createAndLoad(tpm, parent, ObjectRequests.SEALED, "abcd", data);
        tpm.send(unseal(item, "abcd")).hasParameters("%04x".formatted(size) + data);
    }

    @Test
    void answersTypeForAnAsymmetricKey() {
        Handle key =
                tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN)).handle();
        tpm.send(unseal(key, "")).hasCode(TpmRc.TYPE.handle(1));
    }

    @Test
    void answersAttributesForKeysInKeyedHashObjects() {
        for (String template : new String[] {ObjectRequests.HMAC_KEY, ObjectRequests.DERIVATION}) {
            Handle key = tpm.send(createPrimary(Handle.OWNER, template)).handle();
            tpm.send(unseal(key, "")).hasCode(TpmRc.ATTRIBUTES.handle(1));
            tpm.send(flush(key)).isSuccess();
        }
    }

    @Test
    void answersAuthUnavailableWithoutUserWithAuth() {
        Handle parent = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.ECC_STORAGE))
                .handle();
        Handle item = createAndLoad(tpm, parent, "0008 000b 00000412 0000 0010 0000", "", "01");
        tpm.send(unseal(item, "")).hasCode(TpmRc.AUTH_UNAVAILABLE);
    }

    @SameAsSwtpm
    void unsealsAndRefusesLikeSwtpm(TpmPair both) {
        for (String template : new String[] {
            ObjectRequests.ECC_SIGN,
            ObjectRequests.HMAC_KEY,
            ObjectRequests.DERIVATION,
            ObjectRequests.AES_KEY,
            "0008 000b 00000412 0000 0010 0000"
        }) {
            String data = template.contains("00000412") ? "01" : "";
            Handle key = both.make(createPrimary(Handle.OWNER, template, "", data));
            both.refuse(unseal(key, ""));
            both.refuse(unseal(key, "01"));
            both.succeed(flush(key));
        }
        for (int size : new int[] {1, 32, 128}) {
            Handle item = both.make(createPrimary(Handle.OWNER, ObjectRequests.SEALED, "abcd", "5a".repeat(size)));
            both.succeed(unseal(item, "abcd")).isIdentical();
            both.succeed(unseal(item, "abcd00")).isIdentical();
            both.refuse(unseal(item, "abcd").parameters("00"));
            both.refuse(unseal(item, "ab"));
            both.refuse(TestCommand.of(CommandCode.UNSEAL).handle(item));
            both.succeed(flush(item));
            both.refuse(unseal(item, "abcd"));
        }
        both.refuse(unseal(Handle.OWNER, ""));
    }
}
