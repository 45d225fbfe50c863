package org.jswtpm.engine.tpm12;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DEFEND_LOCK_RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;

/**
 * TPMs on a permanent state that libtpms 0.9.2 wrote: with an owner, and with two RSA keys of 1024 bits below the storage root
 * key that the owner keeps.
 */
public final class KeptState {
    public static final byte[] OWNER = ascii("the owner of the TPM");
    public static final byte[] SRK = Bytes.zeros(20).toArray();
    /** A signing key, TPM_SS_RSASSAPKCS1v15_SHA1. */
    public static final int SIGNING_KEY = 0x55ce_f980;

    /** The modulus of the signing key. */
    public static final Bytes SIGNING_MODULUS =
            Bytes.hex("f3b0e8cc5f78d10285864bf50e390de944c03f3590e1598d4905149668c66fa9ebde84d8a484849d1f715fb1742557b9"
                    + "f1c8893db5ee0d733a5cf1b020f79fc7c734f9f9a6cdeb1c410f1b8bcadcb3000191d7d35e6aa68750acea5fe0c2b185"
                    + "5d6598094eadaf2653ba5deb4f0619f2ebebad034ec8909e24a8a3d54253df17");

    public static final byte[] SIGNING = ascii("the auth of key sign");
    /** A legacy key, TPM_ES_RSAESOAEP_SHA1_MGF1 and TPM_SS_RSASSAPKCS1v15_SHA1. */
    public static final int LEGACY_KEY = 0x0a93_c2f0;

    /** The modulus of the legacy key. */
    public static final Bytes LEGACY_MODULUS =
            Bytes.hex("d64df2f84f6ac3f07d3b4193875c7da985be5d449f3e0457c258b3e663b4ef804c5df55b8cbf6fdd3def0f8614301f28"
                    + "2f530c4ee49434872d406bc499ed35fc783d9d0f4335e2c943392510c9399da448d64a447934bd539a72de35a466fcf9"
                    + "8403a640ac342a8dd038bad448756c14027d8514f71340748496f74d6b79e26f");

    public static final byte[] LEGACY = ascii("the auth of key lega");

    /** What a client does, and the answers that have to be the same of every TPM. */
    public interface Scenario {
        void play(Transcript answers);
    }

    private KeptState() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The state, before TPM_Startup. */
    public static TestHost host() {
        try (InputStream blob = KeptState.class.getResourceAsStream("owned.permall")) {
            TestHost host = new TestHost();
            host.put(StateKind.PERMANENT, blob.readAllBytes());
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This TPM, after TPM_Startup(ST_CLEAR). */
    public static Tpm12Fixture started() {
        Tpm12Fixture tpm = Tpm12Fixture.poweredOn(host());
        tpm.startup(1);
        return tpm;
    }

    /** Plays the same with this TPM and with swtpm. */
    public static void compare(Scenario scenario) throws Exception {
        Transcript ours = new Transcript(started());
        scenario.play(ours);
        try (Swtpm12 swtpm = Swtpm12.powerOn(host())) {
            swtpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
            Transcript theirs = new Transcript(swtpm);
            scenario.play(theirs);
            assertEquals(theirs.lines(), ours.lines());
            assertFalse(
                    ours.lines().toString().contains("-> " + DEFEND_LOCK_RUNNING.value()),
                    "how long a lockout takes depends on swtpm's clock: reset it");
        }
    }

    /** A client that writes down what counts of the answers. */
    public static final class Transcript implements Tpm12Client {
        private final Tpm12Client tpm;
        private final List<String> lines = new ArrayList<>();

        public Transcript(Tpm12Client tpm) {
            this.tpm = tpm;
        }

        /** Sends a request of which the result and the parameters count. */
        public Reply note(Request request) {
            Reply reply = send(request);
            lines.add(lines.size() + ": " + Integer.toHexString(request.ordinal()) + " -> " + reply.code() + " "
                    + reply.parameters());
            return reply;
        }

        /** Sends a request of which only the result counts and the size of the parameters. */
        public Reply noteCode(Request request) {
            Reply reply = send(request);
            note(request, "-> " + reply.code() + " " + reply.parameters().size());
            return reply;
        }

        /** Writes down what a test has found out itself. */
        public void note(Request request, Object finding) {
            lines.add(lines.size() + ": " + Integer.toHexString(request.ordinal()) + " " + finding);
        }

        public List<String> lines() {
            return lines;
        }

        @Override
        public byte[] exchange(byte[] command) {
            return tpm.exchange(command);
        }
    }
}
