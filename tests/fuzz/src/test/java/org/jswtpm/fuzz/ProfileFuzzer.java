package org.jswtpm.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;

/** The reader of profiles: it refuses one, or makes a TPM 2.0 that starts again. */
public final class ProfileFuzzer {
    private ProfileFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) throws StateException {
        TestHost host = new TestHost();
        try (Tpm tpm = Tpms.create(TpmVersion.TPM_2_0, host)) {
            tpm.setProfile(new String(input, StandardCharsets.UTF_8));
            tpm.powerOn();
        } catch (ProfileException e) {
            return; // refused: as it should be
        }
        try (Tpm again = Tpms.create(TpmVersion.TPM_2_0, host)) {
            again.powerOn();
        }
    }

    /** Built-in profiles, and some of the user's. */
    static List<byte[]> seeds() {
        return List.of(
                octets("{\"Name\":\"null\"}"),
                octets("{\"Name\":\"default-v2\",\"Description\":\"of libtpms\"}"),
                octets("{\"Name\":\"custom:mine\",\"StateFormatLevel\":7,\"Commands\":\"0x11f-0x193,0x197\","
                        + "\"Algorithms\":\"rsa,rsa-min-size=2048,sha1,hmac,aes,aes-min-size=128,mgf1,keyedhash,xor,"
                        + "sha256,sha384,sha512,null,rsassa,rsaes,rsapss,oaep,ecdsa,ecdh,kdf1-sp800-56a,kdf1-sp800-108,"
                        + "ecc,ecc-min-size=256,ecc-nist,symcipher,cmac,ctr,ofb,cbc,cfb,ecb\","
                        + "\"Attributes\":\"no-sha1-signing,pct\"}"));
    }

    private static byte[] octets(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
