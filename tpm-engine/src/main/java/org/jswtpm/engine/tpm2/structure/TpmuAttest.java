package org.jswtpm.engine.tpm2.structure;

import java.util.List;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/** TPMU_ATTEST: what an attestation attests (Part 2, 10.12). The selector is that of the variant. */
public sealed interface TpmuAttest {
    /**
     * TPMS_CERTIFY_INFO: the object is loaded.
     *
     * @param name its Name
     * @param qualifiedName its Qualified Name; empty if the signer is to stay anonymous
     */
    record Certify(Bytes name, Bytes qualifiedName) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_CERTIFY;
        }

        @Override
        public void marshal(WireWriter out) {
            out.sized2(name).sized2(qualifiedName);
        }
    }

    /**
     * TPMS_CREATION_INFO: the TPM made the object.
     *
     * @param objectName its Name
     * @param creationHash the digest of its creation data
     */
    record Creation(Bytes objectName, Bytes creationHash) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_CREATION;
        }

        @Override
        public void marshal(WireWriter out) {
            out.sized2(objectName).sized2(creationHash);
        }
    }

    /**
     * TPMS_QUOTE_INFO: PCRs have these values.
     *
     * @param pcrSelect which PCRs
     * @param pcrDigest the digest of their values
     */
    record Quote(List<PcrSelection> pcrSelect, Bytes pcrDigest) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_QUOTE;
        }

        @Override
        public void marshal(WireWriter out) {
            PcrSelection.marshalList(pcrSelect, out);
            out.sized2(pcrDigest);
        }
    }

    /**
     * TPMS_COMMAND_AUDIT_INFO.
     *
     * @param auditCounter how often a digest was begun
     * @param digestAlg the hash algorithm of both digests
     * @param auditDigest the digest over the audited commands that were executed; empty if there were none
     * @param commandDigest the digest over the codes of the commands that are audited
     */
    record CommandAudit(long auditCounter, HashAlg digestAlg, Bytes auditDigest, Bytes commandDigest)
            implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_COMMAND_AUDIT;
        }

        @Override
        public void marshal(WireWriter out) {
            out.uint64(auditCounter);
            digestAlg.marshal(out);
            out.sized2(auditDigest).sized2(commandDigest);
        }
    }

    /**
     * TPMS_SESSION_AUDIT_INFO.
     *
     * @param exclusive whether nothing but the audited commands was executed since the session's digest was begun
     * @param sessionDigest the session's digest
     */
    record SessionAudit(boolean exclusive, Bytes sessionDigest) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_SESSION_AUDIT;
        }

        @Override
        public void marshal(WireWriter out) {
            out.uint8(exclusive ? 1 : 0).sized2(sessionDigest);
        }
    }

    /**
     * TPMS_TIME_ATTEST_INFO.
     *
     * @param time Time and Clock, as they are
     * @param firmwareVersion the version, as it is
     */
    record Time(TimeInfo time, long firmwareVersion) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_TIME;
        }

        @Override
        public void marshal(WireWriter out) {
            time.marshal(out);
            out.uint64(firmwareVersion);
        }
    }

    /**
     * TPMS_NV_CERTIFY_INFO: an Index holds these octets.
     *
     * @param indexName its Name
     * @param offset where they begin
     * @param nvContents the octets
     */
    record Nv(Bytes indexName, int offset, Bytes nvContents) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_NV;
        }

        @Override
        public void marshal(WireWriter out) {
            out.sized2(indexName).uint16(offset).sized2(nvContents);
        }
    }

    /**
     * TPMS_NV_DIGEST_CERTIFY_INFO: an Index holds data with this digest.
     *
     * @param indexName its Name
     * @param nvDigest the digest of all data; empty without a hash algorithm
     */
    record NvDigest(Bytes indexName, Bytes nvDigest) implements TpmuAttest {
        @Override
        public StructureTag type() {
            return StructureTag.ATTEST_NV_DIGEST;
        }

        @Override
        public void marshal(WireWriter out) {
            out.sized2(indexName).sized2(nvDigest);
        }
    }

    /** The selector. */
    StructureTag type();

    /** The union, without its selector. */
    void marshal(WireWriter out);
}
