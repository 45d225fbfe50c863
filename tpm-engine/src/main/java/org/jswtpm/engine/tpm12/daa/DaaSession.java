package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_ISSUER_SETTINGS;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_STAGE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_TPM_SETTINGS;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** TPM_DAA_SESSION_DATA: a session of TPM_DAA_Join or TPM_DAA_Sign; which of them is not written down, as in libtpms. */
public final class DaaSession {
    private DaaIssuer issuer = DaaIssuer.NONE;
    private DaaTpm tpmSpecific = new DaaTpm();
    private DaaContext context = new DaaContext();
    private DaaJoinData joinData = new DaaJoinData();
    private int handle;

    /** Its handle. */
    public int handle() {
        return handle;
    }

    public void setHandle(int newHandle) {
        handle = newHandle;
    }

    public static DaaSession unmarshal(WireReader in) {
        DaaSession session = new DaaSession();
        session.issuer = DaaIssuer.unmarshal(in);
        session.tpmSpecific = DaaTpm.unmarshal(in);
        session.context = DaaContext.unmarshal(in);
        session.joinData = DaaJoinData.unmarshal(in);
        session.handle = in.uint32();
        return session;
    }

    public void marshal(WireWriter out) {
        issuer.marshal(out);
        tpmSpecific.marshal(out);
        context.marshal(out);
        joinData.marshal(out);
        out.uint32(handle);
    }

    DaaIssuer issuer() {
        return issuer;
    }

    void setIssuer(DaaIssuer newIssuer) {
        issuer = newIssuer;
    }

    DaaTpm tpmSpecific() {
        return tpmSpecific;
    }

    /** Takes {@code newTpm} over. */
    void setTpmSpecific(DaaTpm newTpm) {
        tpmSpecific.wipe();
        tpmSpecific = newTpm;
    }

    DaaContext context() {
        return context;
    }

    DaaJoinData joinData() {
        return joinData;
    }

    /** The secret f of the TPM at this issuer. */
    DaaNumber f() {
        return tpmSpecific.f(issuer.q());
    }

    /** The challenge of the verifier as a number. */
    DaaNumber challenge() {
        return DaaNumber.of(context.digest());
    }

    /** The session is at this stage; else TPM_DAA_STAGE. */
    public void checkStage(int stage) {
        check(context.stage() == stage, DAA_STAGE);
    }

    /** The next stage comes. */
    public void nextStage() {
        context.setStage(context.stage() + 1);
    }

    /** What TPM_DAA_Join has sealed is still true; else TPM_DAA_TPM_SETTINGS. */
    public void checkJoin() {
        check(context.digestContext().equals(joinDigest()), DAA_TPM_SETTINGS);
    }

    /** What TPM_DAA_Sign has sealed is still true; else TPM_DAA_TPM_SETTINGS. */
    public void checkSign() {
        check(context.digestContext().equals(signDigest()), DAA_TPM_SETTINGS);
    }

    /** The issuer is the one for whom the TPM has its part; else TPM_DAA_ISSUER_SETTINGS. */
    public void checkIssuer() {
        check(tpmSpecific.digestIssuer().equals(issuer.digest()), DAA_ISSUER_SETTINGS);
    }

    /** Keeps what TPM_DAA_Join goes on with. */
    void sealJoin() {
        context.setDigestContext(joinDigest());
    }

    /** Keeps what TPM_DAA_Sign goes on with. */
    void sealSign() {
        context.setDigestContext(signDigest());
    }

    private Bytes joinDigest() {
        WireWriter out = new WireWriter();
        tpmSpecific.marshal(out);
        joinData.marshal(out);
        return digest(out);
    }

    private Bytes signDigest() {
        WireWriter out = new WireWriter();
        tpmSpecific.marshal(out);
        return digest(out);
    }

    private static Bytes digest(WireWriter secret) {
        Bytes digest = Bytes.wrap(Hasher.digest(Digest.SHA1, secret.toArray()));
        secret.wipe();
        return digest;
    }

    /** Wipes what is secret. */
    public void wipe() {
        tpmSpecific.wipe();
        context.wipe();
        joinData.wipe();
    }
}
