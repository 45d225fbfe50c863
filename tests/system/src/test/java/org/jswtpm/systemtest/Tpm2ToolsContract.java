package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.TPM2_TOOLS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tpm2-tools see of a swtpm; a subclass says of which. */
@Needs(TPM2_TOOLS)
abstract class Tpm2ToolsContract {
    private static final String ZEROS = "0".repeat(64);
    private static final int FAILURE = 1; // tpm2-tools' exit code when the TPM refuses

    @TempDir
    private Path directory;

    private SwtpmProcess swtpm;
    private Tpm2Tools tools;

    abstract Swtpm program();

    @BeforeEach
    void startOnTcp() throws Exception {
        PortPair ports = PortPair.free();
        swtpm = start(
                new Endpoint.Tcp(ports.control()), "type=tcp,port=" + ports.data(), "type=tcp,port=" + ports.control());
        tools = new Tpm2Tools(directory, "swtpm:host=127.0.0.1,port=" + ports.data());
    }

    private SwtpmProcess start(Endpoint control, String serverOption, String controlOption) throws Exception {
        Path state = Files.createTempDirectory(directory, "state");
        return program()
                .start(
                        directory,
                        control,
                        List.of(
                                "socket",
                                "--tpm2",
                                "--tpmstate",
                                "dir=" + state,
                                "--server",
                                serverOption,
                                "--ctrl",
                                controlOption,
                                "--flags",
                                "not-need-init,startup-clear"));
    }

    @AfterEach
    void stop() {
        if (swtpm != null) {
            swtpm.close();
        }
    }

    @Test
    void capabilities() throws Exception {
        assertTrue(tools.output("getcap properties-fixed").contains("value: \"2.0\""));
        assertTrue(tools.output("getcap algorithms").contains("sha256:"));
        assertTrue(tools.output("getcap commands").contains("TPM2_CC_CreatePrimary:"));
        assertTrue(tools.output("getcap ecc-curves").contains("TPM2_ECC_NIST_P256: 0x3"));
        assertTrue(tools.output("getcap pcrs").contains("sha256: [ 0, 1, 2,"));
        assertTrue(tools.output("getcap properties-variable").contains("TPM2_PT_LOCKOUT_COUNTER: 0x0"));
        assertEquals("", tools.output("getcap handles-persistent"));
    }

    @Test
    void unixSocketsServeTheToolsToo() throws Exception {
        Path data = directory.resolve("tpm");
        Path control = directory.resolve("tpm.ctrl");
        try (SwtpmProcess onUnix =
                start(new Endpoint.Unix(control), "type=unixio,path=" + data, "type=unixio,path=" + control)) {
            Tpm2Tools throughUnix = new Tpm2Tools(directory, "swtpm:path=" + data);

            assertEquals(16, throughUnix.output("getrandom --hex 8").length());
            throughUnix.output("clear");

            onUnix.process().terminate();
            assertEquals(0, onUnix.awaitExit(), "the exit code after SIGTERM");
            assertFalse(Files.exists(data), "the data socket is left over");
            assertFalse(Files.exists(control), "the control socket is left over");
        }
    }

    @Test
    void randomNumbers() throws Exception {
        String first = tools.output("getrandom --hex 16");
        assertTrue(first.matches("[0-9a-f]{32}"), first);
        assertNotEquals(first, tools.output("getrandom --hex 16"));
        assertEquals(FAILURE, tools.run("getrandom --hex 65").exitCode(), "more than the largest digest");
    }

    @Test
    void pcrs() throws Exception {
        String measured = "5a".repeat(32);
        byte[] extended = sha256(HexFormat.of().parseHex(ZEROS), HexFormat.of().parseHex(measured));
        assertEquals(ZEROS, pcr16());

        tools.output("pcrextend 16:sha256=" + measured);
        assertEquals(HexFormat.of().formatHex(extended), pcr16());

        tools.output("pcrreset 16");
        assertEquals(ZEROS, pcr16());
        assertEquals(FAILURE, tools.run("pcrreset 0").exitCode(), "PCR 0 is not for resetting");
    }

    @Test
    void dataSealedToAPcrIsUnsealedOnlyWhileThePcrStays() throws Exception {
        Files.writeString(directory.resolve("data"), "sealed data");
        tools.output("startauthsession --session trial");
        tools.output("policypcr --session trial --pcr-list sha256:16 --policy policy");
        tools.output("flushcontext trial");
        tools.outputAndFlush("createprimary --hierarchy o --key-algorithm ecc --key-context primary");
        tools.outputAndFlush("create --parent-context primary --public public --private private --policy policy"
                + " --sealing-input data");
        tools.outputAndFlush("load --parent-context primary --public public --private private --key-context sealed");

        assertEquals("sealed data", unseal().requireSuccess().stdout());

        tools.output("pcrextend 16:sha256=" + "5a".repeat(32));
        assertEquals(FAILURE, unseal().exitCode());
    }

    @Test
    void primaryKeysAreTheSameEachTime() throws Exception {
        for (String algorithm : List.of("ecc", "rsa")) {
            String key = "createprimary --hierarchy o --key-algorithm " + algorithm + " --key-context ";
            String first = tools.outputAndFlush(key + "first");
            assertTrue(
                    first.contains("fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|decrypt"), first);
            assertEquals(first, tools.outputAndFlush(key + "second"));
        }
    }

    @Test
    void persistentKeys() throws Exception {
        tools.outputAndFlush("createprimary --hierarchy o --key-algorithm ecc --key-context primary");
        String publicArea = tools.outputAndFlush("readpublic --object-context primary");

        tools.outputAndFlush("evictcontrol --hierarchy o --object-context primary 0x81000001");
        assertEquals("- 0x81000001\n", tools.output("getcap handles-persistent"));
        assertEquals(publicArea, tools.output("readpublic --object-context 0x81000001"));

        tools.output("evictcontrol --hierarchy o --object-context 0x81000001");
        assertEquals("", tools.output("getcap handles-persistent"));
        assertEquals(
                FAILURE, tools.run("readpublic --object-context 0x81000001").exitCode());
    }

    @Test
    void nvIndices() throws Exception {
        byte[] data = "thirty-two octets of an NV index".getBytes(StandardCharsets.US_ASCII);
        Files.write(directory.resolve("data"), data);
        tools.output("nvdefine --hierarchy o --size 32 --attributes ownerread|ownerwrite|authread 0x1500018");
        assertEquals(FAILURE, tools.run("nvread --hierarchy o 0x1500018").exitCode(), "not written yet");

        tools.output("nvwrite --hierarchy o --input data 0x1500018");
        tools.output("nvread --hierarchy o --output read 0x1500018");
        assertArrayEquals(data, Files.readAllBytes(directory.resolve("read")));
        String publicArea = tools.output("nvreadpublic 0x1500018");
        assertTrue(publicArea.contains("friendly: ownerwrite|ownerread|authread|written"), publicArea);
        assertTrue(publicArea.contains("size: 32"), publicArea);

        tools.output("nvundefine --hierarchy o 0x1500018");
        assertEquals("", tools.output("getcap handles-nv-index"));
        assertEquals(FAILURE, tools.run("nvread --hierarchy o 0x1500018").exitCode());
    }

    @Test
    void ownerAuthIsAskedForUntilClear() throws Exception {
        String primary = "createprimary --hierarchy o --key-algorithm ecc --key-context primary";
        String before = tools.outputAndFlush(primary);
        tools.output("changeauth --object-context o secret");
        for (String wrong : List.of("", " --hierarchy-auth wrong")) {
            Completed refused = tools.run(primary + wrong);
            assertEquals(FAILURE, refused.exitCode());
            assertTrue(refused.stderr().contains("(0x9A2)"), refused.stderr()); // TPM_RC_BAD_AUTH in session 1
        }
        assertEquals(before, tools.outputAndFlush(primary + " --hierarchy-auth secret"));

        tools.output("clear");
        assertNotEquals(before, tools.outputAndFlush(primary));
    }

    @Test
    void saltedSessionsAuthorizeAndEncrypt() throws Exception {
        tools.outputAndFlush("createprimary --hierarchy n --key-algorithm ecc --key-context salt");
        tools.outputAndFlush("startauthsession --hmac-session --tpmkey-context salt --session session");
        tools.output("sessionconfig session --enable-encrypt --enable-decrypt");

        assertTrue(tools.output("getrandom --hex 16 --session session").matches("[0-9a-f]{32}"));
        String primary = "createprimary --hierarchy o --key-algorithm ecc --key-context primary";
        String withSession = tools.outputAndFlush(primary + " --hierarchy-auth session:session");
        assertEquals(tools.outputAndFlush(primary), withSession);

        tools.output("flushcontext session");
        assertEquals(FAILURE, tools.run("flushcontext session").exitCode(), "the session is gone");
    }

    @Test
    void hierarchiesCanBeSwitchedOff() throws Exception {
        String primary = "createprimary --hierarchy o --key-algorithm ecc --key-context primary";
        tools.output("hierarchycontrol --hierarchy p shEnable clear");
        assertEquals(FAILURE, tools.run(primary).exitCode());
        tools.output("hierarchycontrol --hierarchy p shEnable set");
        tools.outputAndFlush(primary);
    }

    @Test
    void selfTestClockAndHash() throws Exception {
        tools.output("selftest --fulltest");
        assertTrue(tools.output("readclock").contains("safe: yes"));

        byte[] data = "abc".getBytes(StandardCharsets.US_ASCII);
        Files.write(directory.resolve("data"), data);
        String digest = tools.output("hash --hash-algorithm sha256 --hierarchy o --hex data");
        assertEquals(HexFormat.of().formatHex(sha256(data)), digest.strip());
    }

    private Completed unseal() throws Exception {
        tools.output("startauthsession --policy-session --session session");
        tools.output("policypcr --session session --pcr-list sha256:16");
        Completed unseal = tools.run("unseal --object-context sealed --auth session:session");
        tools.output("flushcontext session");
        tools.output("flushcontext --transient-object");
        return unseal;
    }

    private String pcr16() throws Exception {
        tools.output("pcrread --output pcr sha256:16");
        return HexFormat.of().formatHex(Files.readAllBytes(directory.resolve("pcr")));
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            hash.update(part);
        }
        return hash.digest();
    }
}
