package org.jswtpm.engine.tpm2.command.asymmetric;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.AES_KEY;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.loadExternal;

import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TPM2_ECC_Encrypt and TPM2_ECC_Decrypt, which the null profile does not have. */
class EccEncryptionTest {
    /** The key is that of NIST's CAVP, "KAS ECC CDH Primitive Test", P-256, count 0. */
    private static final String SCALAR = "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534";

    private static final String POINT = "0020 ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230"
            + "0020 28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141";
    private static final String DECRYPT = "00020440";
    private static final String KDF2_SHA256 = "0021 000b";
    private static final String KDF2_SHA384 = "0021 000c";
    private static final String TEXT = "00112233";

    /** What libtpms 0.11 made of {@link #TEXT} with that key, under the profile default-v1; without the scheme. */
    private static final String BY_LIBTPMS_SHA256 = "0044"
            + "0020 b55b819d4666c52a03416f69bad46c7d59c106c3802f75f690e4c749cd49e8b3"
            + "0020 6e2214bbbd3783531a247cfa14f54e8663c42c7f80736c2344053366f366f42d"
            + "0004 6f38eefb"
            + "0020 1820e20ef2e429a88e8934e4c10471e46699f9f40f1e75b07f8e925d513a2c0d";

    private static final String BY_LIBTPMS_SHA384 = "0044"
            + "0020 2a66718a003841013629235eb70a7639a196b3fc7a67d7dfc75ce940b425efd6"
            + "0020 c1c62fcfb842fcd1985a80efad880817726f5ccd7db0aef363c50b26e56d7ab6"
            + "0004 dbcfb8c2"
            + "0030 dbc68d4228f2a7b140a95934b023ed86f7b63c6f0ff287d6b983a22be9ffcbb67da68c4e78e90aa9d8a3b3a1781d9e54";

    private final Tpm2Fixture tpm = Tpm2Fixture.startedWith("{\"Name\":\"default-v1\"}");
    private final Handle key = load(DECRYPT);

    private Handle load(String attributes) {
        String area = "0023 000b" + attributes + "0000 0010 0010 0003 0010" + POINT;
        return tpm.send(loadExternal("0023 0000 0000 0020" + SCALAR, area, Handle.NULL))
                .handle();
    }

    private Answer encrypt(Handle handle, String parameters) {
        return tpm.send(TestCommand.of(CommandCode.ECC_ENCRYPT).handle(handle).parameters(parameters));
    }

    private Answer decrypt(Handle handle, String parameters) {
        TestCommand command = TestCommand.of(CommandCode.ECC_DECRYPT).handle(handle);
        return tpm.send(command.password("").parameters(parameters));
    }

    @Test
    void readsWhatLibtpmsEncrypted() {
        decrypt(key, BY_LIBTPMS_SHA256 + KDF2_SHA256).hasParameters("0004" + TEXT);
        decrypt(key, BY_LIBTPMS_SHA384 + KDF2_SHA384).hasParameters("0004" + TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", TEXT, "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"})
    void whatIsEncryptedForAKeyIsReadWithIt(String text) {
        String sized = "%04x".formatted(text.length() / 2) + text;
        Bytes encrypted = encrypt(key, sized + KDF2_SHA256).parameters();
        decrypt(key, encrypted + KDF2_SHA256).hasParameters(sized);
        decrypt(key, encrypted + KDF2_SHA384).hasCode(TpmRc.VALUE);
    }

    @Test
    void damagedTextIsRefused() {
        for (String[] change : new String[][] {{"6f38", "6f39"}, {"1820", "1821"}, {"b55b", "b55c"}}) {
            String damaged = BY_LIBTPMS_SHA256.replaceFirst(change[0], change[1]);
            decrypt(key, damaged + KDF2_SHA256).hasCode(TpmRc.VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0010", "0020 000b", "0007 0004"})
    void theSchemeMustBeKdf2(String scheme) {
        boolean none = scheme.equals("0010");
        encrypt(key, "0000" + scheme).hasCode(none ? TpmRc.SCHEME.parameter(2) : TpmRc.SCHEME);
        decrypt(key, BY_LIBTPMS_SHA256 + scheme).hasCode(none ? TpmRc.SCHEME.parameter(4) : TpmRc.SCHEME);
    }

    @Test
    void decryptingNeedsADecryptionKey() {
        Handle sign = load("00040440");
        decrypt(sign, BY_LIBTPMS_SHA256 + KDF2_SHA256).hasCode(TpmRc.ATTRIBUTES.handle(1));
        encrypt(sign, "0000" + KDF2_SHA256).isSuccess();
        Handle other = tpm.send(createPrimary(Handle.OWNER, AES_KEY)).handle();
        decrypt(other, BY_LIBTPMS_SHA256 + "0010").hasCode(TpmRc.KEY.handle(1));
        encrypt(other, "00000010").hasCode(TpmRc.KEY.handle(1));
    }
}
