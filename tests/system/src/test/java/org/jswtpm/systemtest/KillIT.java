package org.jswtpm.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.Stream;
import org.jswtpm.systemtest.process.RunningTpm;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.tpm.Template;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.jswtpm.systemtest.tpm.TpmContents;
import org.jswtpm.systemtest.tpm.TpmResponse;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A daemon that dies by SIGKILL loses at most the command it has not answered, and keeps that one whole or not at all. With
 * -Djswtpm.kill.kills=40, every kind of store and key is killed forty times.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("jswtpm.kill.kills", 0);
    private static final int MAX_COMMANDS_PER_LIFE = 8;
    private static final int MAX_AUTH_FAIL = 0x20F; // TPM_PT_MAX_AUTH_FAIL

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("jswtpm.kill.seed", 1);
    private final Random random = new Random(seed);

    private String tpmState;
    private String[] moreOptions = {};
    private OwnedState before;
    private List<OwnedState> expected;
    private int sent;
    private int unanswered;
    private int kills;

    /** Place of the state, options of the key, and how many commands: fewer of them with a key, which changes little here. */
    static Stream<Arguments> stores() {
        List<Arguments> stores = new ArrayList<>(List.of(
                arguments("dir=%s", "", 200),
                arguments("dir=%s,fsync", "", 50),
                arguments("dir=%s,backup", "", 50),
                arguments("dir=%s,backup,fsync", "", 50),
                arguments("backend-uri=file://%s/linear", "", 100)));
        if (KILLS > 0) {
            stores.add(arguments("dir=%s,lock=false", "", 0));
            stores.add(arguments("dir=%s,mode=0600", "", 0));
            stores.add(arguments("backend-uri=file://%s/linear,lock", "", 0));
            for (String place : List.of("dir=%s", "dir=%s,backup", "backend-uri=file://%s/linear")) {
                stores.add(arguments(place, "file=%s/key16,format=binary,mode=aes-128-cbc", 0));
                stores.add(arguments(place, "file=%s/key32,format=binary,mode=aes-256-cbc", 0));
                stores.add(arguments(place, "pwdfile=%s/key16,kdf=sha512,mode=aes-128-cbc", 0));
                stores.add(arguments(place, "pwdfile=%s/key16,kdf=pbkdf2,mode=aes-256-cbc", 0));
            }
        }
        return stores.stream();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void stateIsThatOfTheLastAnsweredCommandOrOfTheOneInFlight(String place, String key, int commands)
            throws Exception {
        tpmState = place.formatted(directory);
        if (!key.isEmpty()) {
            Files.write(directory.resolve("key16"), new byte[16]);
            Files.write(directory.resolve("key32"), new byte[32]);
            moreOptions = new String[] {"--key", key.formatted(directory)};
        }
        manufacture();
        RandomOwner owner = new RandomOwner(random, before.maxTries());
        try {
            while (KILLS > 0 ? kills < KILLS : sent < commands) {
                live(owner);
            }
            try (RunningTpm tpm = switchedOn()) {
                observe(tpm);
            }
        } catch (AssertionError | IOException e) {
            throw new AssertionError("command " + sent + "; repeat with -Djswtpm.kill.seed=" + seed, e);
        }
        assertTrue(unanswered > 0, "the daemon was never killed with a command in flight");
        if (KILLS > 0) {
            System.out.println(
                    kills + " kills, " + unanswered + " in flight, " + sent + " commands: " + place + " " + key);
        }
    }

    private void manufacture() throws Exception {
        try (RunningTpm tpm = switchedOn()) {
            before = read(tpm, "");
            expected = List.of(before);
            tpm.shutDown();
        }
    }

    /** One life of the daemon: it begins in an expected state and ends by SIGKILL during or after its last command. */
    private void live(RandomOwner owner) throws Exception {
        try (RunningTpm tpm = switchedOn()) {
            before = observe(tpm);
            for (int left = random.nextInt(MAX_COMMANDS_PER_LIFE); left > 0; left--) {
                RandomOwner.Step step = nextStep(owner, tpm);
                assertEquals(0, tpm.channel().transmit(step.command()).code(), step.name());
                expected = List.of(step.after());
                before = observe(tpm);
            }
            RandomOwner.Step last = nextStep(owner, tpm);
            tpm.channel().send(last.command());
            awaitRandomMoment();
            tpm.kill();
            kills++;
            expected = wasAnswered(tpm, last) ? List.of(last.after()) : List.of(before, last.after());
        }
    }

    private RunningTpm switchedOn() throws Exception {
        return RunningTpm.switchedOn(Swtpm.underTest().startAt(tpmState, directory, moreOptions));
    }

    private RandomOwner.Step nextStep(RandomOwner owner, RunningTpm tpm) throws IOException {
        sent++;
        return owner.next(before, loadStorageKey(tpm));
    }

    /** The first TPM2_EvictControl wants a loaded key; what is loaded is lost with the daemon. */
    private int loadStorageKey(RunningTpm tpm) throws IOException {
        byte[] ownerAuth = HexFormat.of().parseHex(before.ownerAuth());
        tpm.channel().transmit(Tpm2Command.flushContext(Tpm2Command.FIRST_TRANSIENT));
        return tpm.execute(Tpm2Command.createPrimary(Tpm2Command.OWNER, ownerAuth, Template.SRK_ECC_P256))
                .handle();
    }

    private boolean wasAnswered(RunningTpm tpm, RandomOwner.Step step) {
        TpmResponse response;
        try {
            response = tpm.channel().receive();
        } catch (IOException _) {
            unanswered++;
            return false;
        }
        assertEquals(0, response.code(), step.name());
        return true;
    }

    /** Spins, because a thread that sleeps comes back too late: from 3 us to 3 ms, short times as likely as long ones. */
    private void awaitRandomMoment() {
        long end = System.nanoTime() + (long) (3_000 * Math.pow(1_000, random.nextDouble()));
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** The state of the TPM, which must be one of those expected. */
    private OwnedState observe(RunningTpm tpm) throws IOException {
        OwnedState observed = null;
        for (OwnedState candidate : expected) {
            if (accepts(tpm, candidate.ownerAuth())) {
                observed = read(tpm, candidate.ownerAuth());
                if (candidate.allows(observed, before)) {
                    return observed;
                }
            }
        }
        throw new AssertionError("expected one of " + expected + " but was " + observed);
    }

    private static boolean accepts(RunningTpm tpm, String ownerAuth) throws IOException {
        byte[] auth = HexFormat.of().parseHex(ownerAuth);
        byte[] use = Tpm2Command.createPrimary(Tpm2Command.OWNER, auth, Template.SRK_ECC_P256);
        TpmResponse response = tpm.channel().transmit(use);
        if (response.code() != 0) {
            return false;
        }
        tpm.execute(Tpm2Command.flushContext(response.handle()));
        return true;
    }

    private static OwnedState read(RunningTpm tpm, String ownerAuth) throws IOException {
        TpmContents contents = new TpmContents(tpm::execute, HexFormat.of().parseHex(ownerAuth));
        NavigableMap<Integer, String> keys = contents.persistentKeys();
        keys.replaceAll((_, readPublic) -> firstSized(readPublic));
        ByteBuffer property = tpm.execute(Tpm2Command.property(MAX_AUTH_FAIL)).parameters(0);
        int maxTries = property.getInt(property.limit() - 4);
        return new OwnedState(ownerAuth, contents.nvData(), keys, maxTries, contents.primary(Template.SRK_ECC_P256));
    }

    private static String firstSized(String octets) {
        byte[] sized = TpmResponse.sized(ByteBuffer.wrap(HexFormat.of().parseHex(octets)));
        return HexFormat.of().formatHex(sized);
    }
}
