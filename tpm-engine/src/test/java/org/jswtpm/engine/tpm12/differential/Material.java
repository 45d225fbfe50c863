package org.jswtpm.engine.tpm12.differential;

import java.io.IOException;
import java.util.List;
import org.jswtpm.engine.tpm12.KeptState;
import org.jswtpm.engine.tpm12.Ordinal;
import org.jswtpm.engine.tpm12.OwnedTpm;
import org.jswtpm.engine.tpm12.Request;
import org.jswtpm.engine.tpm12.Swtpm12;
import org.jswtpm.engine.tpm12.structure.EntityType;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.ReservedHandle;
import org.jswtpm.engine.tpm12.structure.TpmKey;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * Keys that swtpm has made below the storage root key of {@link KeptState}; all have {@link OwnedTpm#KEY_AUTH}.
 *
 * @param storage a parent
 * @param signing keys that sign, in each scheme; one can migrate, one needs no authorization
 * @param binding keys that decrypt, in both schemes, and one for both uses
 * @param migrating a key of migration authorities
 * @param identity an identity key
 * @param endorsement the endorsement key, which is that of the state
 */
record Material(
        Bytes storage, List<Bytes> signing, List<Bytes> binding, Bytes migrating, Bytes identity, Pubkey endorsement) {
    static final String STORAGE = OwnedTpm.keyInfo("0011", 0, OwnedTpm.STORAGE_PARMS);
    static final String SIGNING = OwnedTpm.keyInfo("0010", 0, parms("0001", "0002"));
    static final String MIGRATABLE = OwnedTpm.keyInfo("0010", 2, parms("0001", "0002"));
    static final String IDENTITY = OwnedTpm.keyInfo("0012", 0, OwnedTpm.SIGNING_PARMS);

    /** RSA of 512 bits. */
    static String parms(String encryption, String signature) {
        return "00000001" + encryption + signature + "0000000c 00000200 00000002 00000000";
    }

    static Material make() throws IOException, InterruptedException {
        try (Swtpm12 tpm = Swtpm12.powerOn(KeptState.host())) {
            tpm.send(Request.of(Ordinal.STARTUP).u16(1)).isSuccess();
            return new Material(
                    make(tpm, STORAGE),
                    List.of(
                            make(tpm, SIGNING),
                            make(tpm, OwnedTpm.keyInfo("0010", 0, parms("0001", "0003"))),
                            make(tpm, OwnedTpm.keyInfo("0010", 0, parms("0001", "0004"))),
                            make(tpm, MIGRATABLE),
                            make(tpm, SIGNING.replace("00000000" + "01", "00000000" + "00"))),
                    List.of(
                            make(tpm, OwnedTpm.keyInfo("0014", 0, parms("0002", "0001"))),
                            make(tpm, OwnedTpm.keyInfo("0014", 0, parms("0003", "0001"))),
                            make(tpm, OwnedTpm.keyInfo("0015", 2, parms("0003", "0002")))),
                    make(tpm, OwnedTpm.keyInfo("0016", 0, OwnedTpm.STORAGE_PARMS)),
                    makeIdentity(tpm),
                    endorsementKey(tpm));
        } catch (IOException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Bytes make(Swtpm12 tpm, String keyInfo) {
        return OwnedTpm.createKey(tpm, ReservedHandle.SRK, KeptState.SRK, keyInfo);
    }

    private static Bytes makeIdentity(Swtpm12 tpm) {
        var owner = tpm.osap(EntityType.OWNER, 0, KeptState.OWNER);
        WireReader made = tpm.send(Request.of(Ordinal.MAKE_IDENTITY)
                        .bytes(owner.encrypt(OwnedTpm.KEY_AUTH))
                        .bytes(Bytes.zeros(20))
                        .hex(IDENTITY)
                        .auth(tpm.oiap(KeptState.SRK))
                        .auth(owner))
                .isSuccess()
                .reader();
        WireWriter key = new WireWriter();
        TpmKey.Wrapped.unmarshal(made).marshal(key);
        return key.toBytes();
    }

    /** The endorsement key of {@link KeptState}. */
    private static Pubkey endorsementKey(Swtpm12 tpm) {
        return Pubkey.unmarshal(tpm.send(Request.of(Ordinal.OWNER_READ_PUBEK)
                        .auth(tpm.oiap(KeptState.OWNER).ending()))
                .isSuccess()
                .reader());
    }

    /** A key, with its private part. */
    static TpmKey.Wrapped parsed(Bytes key) {
        return TpmKey.Wrapped.unmarshal(WireReader.over(key, TpmResult.WIRE_FAULTS));
    }

    /** TPM_PUBKEY of a key. */
    static Bytes pubkey(Bytes key) {
        WireWriter out = new WireWriter();
        parsed(key).key().asPubkey().marshal(out);
        return out.toBytes();
    }
}
