package org.jswtpm.engine.tpm2;

import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.StateException;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;

/** A TPM 2.0 in a test: entropy from a seed, a clock that is moved by hand, NV in memory. */
public final class Tpm2Fixture extends TpmClient {
    private final TestHost host;
    private final Tpm tpm;
    private int locality;

    private Tpm2Fixture(TestHost host) {
        this.host = host;
        tpm = Tpms.create(TpmVersion.TPM_2_0, host);
    }

    /** A new TPM that has power, but got no TPM2_Startup. */
    public static Tpm2Fixture poweredOn() {
        return poweredOn(new TestHost());
    }

    /** A TPM on what {@code host} keeps, after _TPM_Init. */
    public static Tpm2Fixture poweredOn(TestHost host) {
        Tpm2Fixture fixture = new Tpm2Fixture(host);
        fixture.powerOn();
        return fixture;
    }

    /** A new TPM with a profile, after TPM2_Startup(CLEAR). */
    public static Tpm2Fixture startedWith(String profile) {
        Tpm2Fixture fixture = new Tpm2Fixture(new TestHost());
        try {
            fixture.tpm.setProfile(profile);
        } catch (ProfileException e) {
            throw new AssertionError(e);
        }
        fixture.powerOn();
        return fixture.startUp();
    }

    /** A new TPM after TPM2_Startup(CLEAR). */
    public static Tpm2Fixture started() {
        return poweredOn().startUp();
    }

    private Tpm2Fixture startUp() {
        send(TestCommand.of(CommandCode.STARTUP).parameters("0000")).isSuccess();
        return this;
    }

    /** _TPM_Init: power goes and comes back. */
    public void powerOn() {
        try {
            tpm.powerOn();
        } catch (StateException e) {
            throw new AssertionError(e);
        }
    }

    /** The locality of the next commands. */
    public void setLocality(int locality) {
        this.locality = locality;
    }

    /** The outside of the TPM. */
    public TestHost host() {
        return host;
    }

    /** The TPM itself. */
    public Tpm tpm() {
        return tpm;
    }

    @Override
    public byte[] exchange(byte[] command) {
        return tpm.execute(command, locality);
    }
}
