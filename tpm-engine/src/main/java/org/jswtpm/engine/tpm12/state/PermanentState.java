package org.jswtpm.engine.tpm12.state;

import static org.jswtpm.engine.tpm12.structure.TpmResult.FAIL;
import static org.jswtpm.engine.tpm12.structure.TpmResult.NOSPACE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.StateException;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.audit.AuditState;
import org.jswtpm.engine.tpm12.flags.PermanentFlag;
import org.jswtpm.engine.tpm12.permanent.PermanentData;
import org.jswtpm.engine.tpm12.structure.Pubkey;
import org.jswtpm.engine.tpm12.structure.StructureTag;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.tpm12.structure.TpmLimits;
import org.jswtpm.engine.wire.Secret;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/** The permanent blob: TPM_PERMANENT_DATA, TPM_PERMANENT_FLAGS, the keys that the owner keeps, the areas of NV. */
public final class PermanentState {
    private static final int V1 = 1;
    /** Without disableFullDALogicInfo. */
    private static final int FLAGS_94 = 1;

    private static final int FLAGS_103 = 2;
    private static final String NAME = "the TPM's permanent state";

    private PermanentState() {}

    /**
     * Fills the rooms of a new TPM from {@code blob}.
     *
     * @throws StateException with TPM_FAIL; the TPM cannot be used then
     */
    public static void read(byte[] blob, TpmState tpm) throws StateException {
        Blob.read(NAME, blob, (in, place) -> {
            check(in.remaining() <= TpmLimits.MAX_NV_SPACE - TpmLimits.DIGEST_SIZE, NOSPACE);
            Blob.checkVersion(in, V1);
            readData(in, place, tpm);
            place.at("TPM_PERMANENT_FLAGS");
            readFlags(in, tpm);
            place.at("the list of keys that the owner keeps");
            KeyCodec.readOwnerEvictKeys(in, tpm.keys());
            place.at("the list of NV areas");
            NvCodec.read(in, tpm.nv());
        });
    }

    /** The blob of the TPM as it is now. */
    public static byte[] write(TpmState tpm) {
        WireWriter out = new WireWriter();
        out.uint16(V1);
        writeData(tpm, out);
        out.uint16(FLAGS_103).uint32(tpm.permanentFlags().bits());
        KeyCodec.writeOwnerEvictKeys(tpm.keys(), out);
        NvCodec.write(tpm.nv(), out);
        return Blob.complete(out);
    }

    private static void readData(WireReader in, Blob.Place place, TpmState tpm) {
        place.at("TPM_PERMANENT_DATA");
        PermanentData data = tpm.permanent();
        StructureTag.PERMANENT_DATA.unmarshal(in);
        data.setTpmProof(in.secret(TpmLimits.AUTHDATA_SIZE));
        data.setEkReset(in.bytes(TpmLimits.NONCE_SIZE));
        data.setOwnerAuth(in.secret(TpmLimits.AUTHDATA_SIZE));
        data.setOperatorAuth(in.secret(TpmLimits.AUTHDATA_SIZE));
        data.setAuthDir(in.bytes(TpmLimits.DIGEST_SIZE));
        check(in.uint8() != 0, FAIL); // a TPM without maintenance has no key for it
        data.setManuMaintPub(Pubkey.unmarshal(in));
        place.at("the endorsement key");
        data.setEndorsementKey(KeyCodec.readEndorsementKey(in));
        place.at("the storage root key");
        data.setSrk(KeyCodec.readKey(in));
        place.at("TPM_PERMANENT_DATA behind its keys");
        data.contextKey().unmarshal(in);
        data.delegateKey().unmarshal(in);
        tpm.audit().counter().unmarshalState(in);
        for (int i = 0; i < tpm.counters().size(); i++) {
            tpm.counters().at(i).unmarshalState(in);
        }
        tpm.audit().setStatus(in.bytes(AuditState.STATUS_SIZE));
        tpm.delegations().unmarshal(in);
        data.setNoOwnerNvWrite(in.uint32());
        data.setRestrictDelegate(in.uint32());
        readTail(in, tpm);
    }

    private static void readTail(WireReader in, TpmState tpm) {
        PermanentData data = tpm.permanent();
        Secret seed = in.secret(TpmLimits.NONCE_SIZE);
        data.setOwnerInstalled(TpmBool.unmarshal(in));
        tpm.audit().setTscStatus(in.uint8());
        data.setLoadMaintPubAllowed(TpmBool.unmarshal(in));
        data.setDaaSecrets(seed, in.secret(TpmLimits.NONCE_SIZE));
        data.daaBlobKey().unmarshal(in);
    }

    private static void writeData(TpmState tpm, WireWriter out) {
        PermanentData data = tpm.permanent();
        StructureTag.PERMANENT_DATA.marshal(out);
        out.secret(data.tpmProof()).bytes(data.ekReset());
        out.secret(data.ownerAuth()).secret(data.operatorAuth()).bytes(data.authDir());
        TpmBool.marshal(true, out);
        data.manuMaintPub().marshal(out);
        KeyCodec.writeEndorsementKey(data.endorsementKey(), out);
        KeyCodec.writeKey(data.srk(), out);
        data.contextKey().marshal(out);
        data.delegateKey().marshal(out);
        tpm.audit().counter().marshalState(out);
        for (int i = 0; i < tpm.counters().size(); i++) {
            tpm.counters().at(i).marshalState(out);
        }
        out.bytes(tpm.audit().status());
        tpm.delegations().marshal(out);
        out.uint32(data.noOwnerNvWrite()).uint32(data.restrictDelegate());
        out.secret(data.tpmDaaSeed());
        TpmBool.marshal(data.isOwnerInstalled(), out);
        out.uint8(tpm.audit().tscStatus());
        TpmBool.marshal(data.isLoadMaintPubAllowed(), out);
        out.secret(data.daaProof());
        data.daaBlobKey().marshal(out);
    }

    private static void readFlags(WireReader in, TpmState tpm) {
        int version = in.uint16();
        check(version == FLAGS_94 || version == FLAGS_103, FAIL);
        tpm.permanentFlags().setBits(in.uint32());
        if (version == FLAGS_94) {
            tpm.permanentFlags().set(PermanentFlag.DISABLE_FULL_DA_LOGIC_INFO, false);
        }
    }
}
