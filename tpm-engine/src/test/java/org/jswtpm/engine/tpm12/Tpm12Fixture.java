package org.jswtpm.engine.tpm12;

import java.util.Map;
import java.util.Optional;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.StateKind;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;
import org.jswtpm.engine.tpm2.TestHost;

/** A TPM 1.2 in a test: entropy from a seed, a clock that is moved by hand, NV in memory. */
public final class Tpm12Fixture implements Tpm12Client {
    private final TestHost host;
    private final Tpm12 tpm;
    private int locality;

    private Tpm12Fixture(TestHost host) {
        this.host = host;
        tpm = (Tpm12) Tpms.create(TpmVersion.TPM_1_2, host);
        powerOn();
    }

    /** A new TPM that has power, but got no TPM_Startup. */
    public static Tpm12Fixture poweredOn() {
        return new Tpm12Fixture(new TestHost());
    }

    /** A TPM on what {@code host} keeps, after TPM_Init. */
    public static Tpm12Fixture poweredOn(TestHost host) {
        return new Tpm12Fixture(host);
    }

    /** A new TPM after TPM_Startup(ST_CLEAR). */
    public static Tpm12Fixture started() {
        Tpm12Fixture fixture = poweredOn();
        fixture.startup(1);
        return fixture;
    }

    /** A new TPM in which somebody is there. */
    public static Tpm12Fixture startedWithPresence() {
        Tpm12Fixture fixture = started();
        fixture.setPresence();
        return fixture;
    }

    /** TPM_Startup. */
    public void startup(int type) {
        send(Request.of(Ordinal.STARTUP).u16(type)).isSuccess();
    }

    /** TSC_PhysicalPresence: by command, and somebody is there. */
    public void setPresence() {
        send(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x20)).isSuccess();
        send(Request.of(Ordinal.TSC_PHYSICAL_PRESENCE).u16(0x08)).isSuccess();
    }

    /** TPM_Init: power goes and comes back. */
    public void powerOn() {
        try {
            tpm.powerOn();
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    /** Goes on as another TPM: what CMD_STOP, CMD_SET_STATEBLOB and CMD_INIT ask for. */
    public void goOnAs(Map<StateKind, byte[]> states) {
        try {
            tpm.powerOff();
            for (Map.Entry<StateKind, byte[]> state : states.entrySet()) {
                tpm.setState(state.getKey(), state.getValue());
            }
            tpm.powerOn();
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    /** What CMD_GET_STATEBLOB asks for. */
    public Optional<byte[]> stateBlob(StateKind kind) {
        try {
            return tpm.state(kind);
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    /** The locality of the next commands. */
    public void setLocality(int locality) {
        this.locality = locality;
    }

    /** _TPM_Hash_Start, _TPM_Hash_Data and _TPM_Hash_End. */
    public void hash(byte[] octets) {
        tpm.hashStart();
        tpm.hashData(octets, 0, octets.length);
        tpm.hashEnd();
    }

    /** The outside of the TPM. */
    public TestHost host() {
        return host;
    }

    /** The TPM itself. */
    public Tpm12 tpm() {
        return tpm;
    }

    @Override
    public byte[] exchange(byte[] command) {
        return tpm.execute(command, locality);
    }
}
