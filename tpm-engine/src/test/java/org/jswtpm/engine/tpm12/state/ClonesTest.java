package org.jswtpm.engine.tpm12.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.crypto.Entropy;
import org.jswtpm.engine.tpm12.ClientSession;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Tpm12Client;
import org.jswtpm.engine.tpm12.Tpm12Fixture;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.ResourceType;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.tpm2.TestHost;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One saved state from which many TPMs go on, as a snapshot that is restored again and again. */
class ClonesTest {
    private static final int CLONES = 5;
    private static final Entropy NONE = target -> {
        throw new IllegalStateException("the test wants a host without entropy");
    };

    /** What the hosts of all clones share, so that each gets other entropy. */
    private final Entropy entropy = new Random(4)::nextBytes;

    /** Commands that answer something random. */
    private enum Draw {
        RANDOM_OCTETS(tpm -> parameters(tpm, Request.of(Ordinal.GET_RANDOM).u32(32))),
        NONCE_OF_OIAP(tpm -> parameters(tpm, Request.of(Ordinal.OIAP)).slice(4, 20)),
        NONCES_OF_OSAP(tpm -> parameters(
                        tpm,
                        Request.of(Ordinal.OSAP)
                                .u16(EntityType.KEYHANDLE)
                                .u32(ReservedHandle.SRK)
                                .bytes(Bytes.zeros(20)))
                .slice(4, 40)),
        NONCE_OF_A_TRANSPORT_SESSION(tpm -> parameters(
                        tpm,
                        Request.of(Ordinal.ESTABLISH_TRANSPORT)
                                .handle(ReservedHandle.TRANSPORT)
                                .hex("001e 00000000 00000000 0001")
                                .sized(Bytes.zeros(20)))
                .slice(40, 20)),
        KEY(tpm -> {
            String keyInfo = OwnedTpm.keyInfo("0010", 0, "00000001 0001 0002 0000000c 00000200 00000002 00000000");
            Bytes made = OwnedTpm.createKey(tpm, ReservedHandle.SRK, KeptState.SRK, keyInfo);
            return TpmKey.unmarshal(WireReader.over(made, TpmResult.WIRE_FAULTS))
                    .pubKey();
        }),
        SEALED_DATA(tpm -> {
            ClientSession session = tpm.osap(EntityType.KEYHANDLE, ReservedHandle.SRK, KeptState.SRK);
            return parameters(
                    tpm,
                    Request.of(Ordinal.SEAL)
                            .handle(ReservedHandle.SRK)
                            .bytes(session.encrypt(OwnedTpm.KEY_AUTH))
                            .hex("00000000 00000004 5a5a5a5a")
                            .auth(session));
        }),
        CONTEXT_OF_A_SESSION(tpm -> parameters(
                tpm,
                Request.of(Ordinal.SAVE_CONTEXT)
                        .handle(tpm.oiap(KeptState.SRK).handle())
                        .u32(ResourceType.AUTH)
                        .bytes(Bytes.zeros(16))));

        private final Function<Tpm12Client, Bytes> in;

        Draw(Function<Tpm12Client, Bytes> in) {
            this.in = in;
        }

        private static Bytes parameters(Tpm12Client tpm, Request request) {
            return tpm.send(request).isSuccess().parameters();
        }
    }

    /** The ways on which a TPM comes from a saved state. */
    private enum Way {
        RESUME(StateKind.PERMANENT, StateKind.VOLATILE),
        RESTART(StateKind.PERMANENT),
        RESTART_FROM_THE_SAVED_STATE(StateKind.PERMANENT, StateKind.SAVE_STATE);

        private final StateKind[] kinds;

        Way(StateKind... kinds) {
            this.kinds = kinds;
        }

        private Map<StateKind, byte[]> states(Tpm12Fixture source) {
            Map<StateKind, byte[]> states = new EnumMap<>(StateKind.class);
            for (StateKind kind : kinds) {
                states.put(kind, source.stateBlob(kind).orElseThrow());
            }
            return states;
        }

        private void startup(Tpm12Fixture tpm) {
            if (this != RESUME) {
                tpm.startup(this == RESTART ? 1 : 2);
            }
        }
    }

    private static Tpm12Fixture source(Way way) {
        Tpm12Fixture source = KeptState.started();
        if (way == Way.RESTART_FROM_THE_SAVED_STATE) {
            source.send(Request.of(Ordinal.SAVE_STATE)).isSuccess();
        }
        return source;
    }

    @ParameterizedTest
    @EnumSource
    void drawOtherOctetsEach(Draw draw) {
        Map<StateKind, byte[]> states = Way.RESUME.states(source(Way.RESUME));
        Set<Bytes> drawn = new HashSet<>();
        for (int clone = 0; clone < CLONES; clone++) {
            TestHost host = new TestHost(entropy);
            states.forEach(host::put);
            drawn.add(draw.in.apply(Tpm12Fixture.poweredOn(host)));
        }
        assertEquals(CLONES, drawn.size());
    }

    @ParameterizedTest
    @EnumSource
    void areUnlikeOnEveryWay(Way way) {
        Map<StateKind, byte[]> states = way.states(source(way));
        Set<Bytes> drawn = new HashSet<>();
        for (int clone = 0; clone < CLONES; clone++) {
            TestHost host = new TestHost(entropy);
            states.forEach(host::put);
            Tpm12Fixture onHost = Tpm12Fixture.poweredOn(host);
            way.startup(onHost);
            drawn.add(Draw.RANDOM_OCTETS.in.apply(onHost));

            Tpm12Fixture given = Tpm12Fixture.poweredOn(new TestHost(entropy));
            given.goOnAs(states);
            way.startup(given);
            drawn.add(Draw.RANDOM_OCTETS.in.apply(given));
        }
        assertEquals(2 * CLONES, drawn.size());
    }

    @Test
    void doNotStartWithoutEntropy() {
        Map<StateKind, byte[]> states = Way.RESUME.states(source(Way.RESUME));
        TestHost host = new TestHost(NONE);
        states.forEach(host::put);
        Tpm tpm = Tpms.create(TpmVersion.TPM_1_2, host);
        assertThrows(IllegalStateException.class, tpm::powerOn);
        assertFalse(tpm.isOn());
        assertEquals(0, host.commits());
    }
}
