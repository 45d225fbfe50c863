package org.jswtpm.engine.tpm2.command.object;

import java.util.List;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.hierarchy.Tickets;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.HashAlg;
import org.jswtpm.engine.tpm2.structure.PcrSelection;
import org.jswtpm.engine.tpm2.structure.TpmsCreationData;
import org.jswtpm.engine.tpm2.structure.TpmtTicket;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * What the TPM tells of the creation of an object: the data, its digest, and the ticket by which TPM2_CertifyCreation
 * knows both again (Part 1, 27.6.6).
 *
 * @param data TPMS_CREATION_DATA
 * @param hash the digest of the data, with the Name algorithm of the object
 * @param ticket TPMT_TK_CREATION
 */
public record CreationEvidence(Bytes data, Bytes hash, TpmtTicket ticket) {
    /**
     * What the caller asks to be told.
     *
     * @param outsideInfo goes into the data as it is
     * @param creationPcr the PCRs of which a digest goes into the data
     */
    public record Request(Bytes outsideInfo, List<PcrSelection> creationPcr) {}

    /** The evidence for a primary object. */
    public static CreationEvidence ofPrimary(
            TpmState tpm, Handle hierarchy, HashAlg nameAlg, Bytes name, Request request) {
        Bytes parent = hierarchy.asName();
        return of(tpm, hierarchy, nameAlg, name, data(tpm, nameAlg, HashAlg.NULL, parent, parent, request));
    }

    /** The evidence for a child of {@code parent}. */
    public static CreationEvidence ofChild(
            TpmState tpm, TpmObject parent, HashAlg nameAlg, Bytes name, Request request) {
        TpmsCreationData data = data(tpm, nameAlg, parent.nameAlg(), parent.name(), parent.qualifiedName(), request);
        return of(tpm, parent.hierarchy(), nameAlg, name, data);
    }

    private static CreationEvidence of(
            TpmState tpm, Handle hierarchy, HashAlg nameAlg, Bytes name, TpmsCreationData data) {
        Bytes octets = data.toBytes();
        Bytes hash = Bytes.wrap(Hasher.digest(nameAlg.digest(), octets.toArray()));
        return new CreationEvidence(octets, hash, new Tickets(tpm.hierarchies()).creation(hierarchy, name, hash));
    }

    private static TpmsCreationData data(
            TpmState tpm,
            HashAlg nameAlg,
            HashAlg parentNameAlg,
            Bytes parentName,
            Bytes parentQualifiedName,
            Request request) {
        return new TpmsCreationData(
                tpm.pcrs().filter(request.creationPcr),
                tpm.pcrs().digest(nameAlg, request.creationPcr),
                1 << tpm.locality(),
                parentNameAlg,
                parentName,
                parentQualifiedName,
                request.outsideInfo);
    }

    /** Writes TPM2B_CREATION_DATA, TPM2B_DIGEST and TPMT_TK_CREATION. */
    public void marshal(WireWriter out) {
        out.sized2(data).sized2(hash);
        ticket.marshal(out);
    }
}
