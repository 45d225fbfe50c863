package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM_TOOLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.tpm.Template;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmContents;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One state directory, taken in turns by the program under test and by C swtpm: the TPM stays the same. */
@Needs(SWTPM)
class StateInterchangeIT {
    private static final byte[] NO_AUTH = {};
    private static final byte[] OWNER_AUTH = "owner".getBytes(StandardCharsets.US_ASCII);
    private static final int NV_INDEX = 0x01800001;
    private static final int PERSISTENT_ECC = 0x81000001;
    private static final int PERSISTENT_RSA = 0x81000002;

    @TempDir
    private Path state;

    @Test
    void swtpmStartsWhatWeManufacturedAndUsed() throws Exception {
        NavigableMap<String, String> ours = run(Swtpm.underTest(), tpm -> {
            fill(tpm);
            return contents(tpm, OWNER_AUTH);
        });
        assertTrue(ours.containsKey("NV data 01800001"), ours::toString);
        assertTrue(ours.containsKey("persistent key 81000002"), ours::toString);

        NavigableMap<String, String> theirs = run(Swtpm.reference(), tpm -> contents(tpm, OWNER_AUTH));

        assertEquals(ours, theirs);
    }

    @Test
    void whatSwtpmChangedInOurStateIsThereAgain() throws Exception {
        run(Swtpm.underTest(), tpm -> {
            fill(tpm);
            return contents(tpm, OWNER_AUTH);
        });
        NavigableMap<String, String> theirs = run(Swtpm.reference(), tpm -> {
            tpm.execute(Tpm2Command.evictControl(OWNER_AUTH, PERSISTENT_RSA, PERSISTENT_RSA));
            tpm.execute(Tpm2Command.nvWrite(NV_INDEX, "rewritten".getBytes(StandardCharsets.US_ASCII)));
            tpm.execute(Tpm2Command.nvDefineSpace(OWNER_AUTH, NV_INDEX + 1, 100));
            tpm.execute(Tpm2Command.ownerChangeAuth(OWNER_AUTH, NO_AUTH));
            return contents(tpm, NO_AUTH);
        });

        NavigableMap<String, String> ours = run(Swtpm.underTest(), tpm -> contents(tpm, NO_AUTH));

        assertEquals(theirs, ours);
    }

    @Test
    void weManufactureTheOwnersKeysAnewAtClearAsSwtpmDoes() throws Exception {
        NavigableMap<String, String> before = run(Swtpm.reference(), tpm -> {
            fill(tpm);
            return contents(tpm, OWNER_AUTH);
        });
        NavigableMap<String, String> cleared = run(Swtpm.underTest(), tpm -> {
            tpm.execute(Tpm2Command.clear());
            return contents(tpm, NO_AUTH);
        });
        assertEquals(before.get("primary key EK_RSA_2048"), cleared.get("primary key EK_RSA_2048"));
        assertEquals(
                List.of(
                        "PCR banks",
                        "primary key EK_ECC_P256",
                        "primary key EK_RSA_2048",
                        "primary key HMAC_SHA_256",
                        "primary key SRK_ECC_P256",
                        "primary key SRK_RSA_2048"),
                List.copyOf(cleared.keySet()));

        NavigableMap<String, String> theirs = run(Swtpm.reference(), tpm -> contents(tpm, NO_AUTH));

        assertEquals(cleared, theirs);
    }

    @Test
    @Needs(SWTPM_TOOLS)
    void weStartWhatSwtpmSetupMade() throws Exception {
        String program = DebianPackage.SWTPM_TOOLS.file().toString();
        List<String> setup = List.of(program, "--tpm2", "--createek", "--tpmstate", state.toString());
        ChildProcess.run(state, Map.of(), setup).requireSuccess();

        NavigableMap<String, String> ours = run(Swtpm.underTest(), tpm -> contents(tpm, NO_AUTH));
        assertTrue(ours.containsKey("persistent key 81010001"), ours::toString);

        NavigableMap<String, String> theirs = run(Swtpm.reference(), tpm -> contents(tpm, NO_AUTH));

        assertEquals(theirs, ours);
    }

    private static void fill(RunningTpm tpm) throws Exception {
        tpm.execute(Tpm2Command.nvDefineSpace(NO_AUTH, NV_INDEX, 9));
        tpm.execute(Tpm2Command.nvWrite(NV_INDEX, "some data".getBytes(StandardCharsets.US_ASCII)));
        tpm.execute(Tpm2Command.nvDefineSpace(NO_AUTH, NV_INDEX - 1, 2048));
        persist(tpm, Template.SRK_ECC_P256, PERSISTENT_ECC);
        persist(tpm, Template.SRK_RSA_2048, PERSISTENT_RSA);
        tpm.execute(Tpm2Command.dictionaryAttackParameters(5, 600, 3600));
        tpm.execute(Tpm2Command.ownerChangeAuth(NO_AUTH, OWNER_AUTH));
    }

    private static void persist(RunningTpm tpm, Template template, int persistent) throws Exception {
        TpmResponse key = tpm.execute(Tpm2Command.createPrimary(Tpm2Command.OWNER, NO_AUTH, template));
        tpm.execute(Tpm2Command.evictControl(NO_AUTH, key.handle(), persistent));
        tpm.execute(Tpm2Command.flushContext(key.handle()));
    }

    private static NavigableMap<String, String> contents(RunningTpm tpm, byte[] ownerAuth) throws Exception {
        return new TpmContents(tpm::execute, ownerAuth).read();
    }

    private interface Use {
        NavigableMap<String, String> of(RunningTpm tpm) throws Exception;
    }

    private NavigableMap<String, String> run(Swtpm program, Use use) throws Exception {
        try (RunningTpm tpm = RunningTpm.start(program, state)) {
            NavigableMap<String, String> result = use.of(tpm);
            tpm.shutDown();
            return result;
        }
    }
}
