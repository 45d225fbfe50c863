package org.jswtpm.engine.tpm12.command.audit;

import org.jswtpm.engine.tpm12.Authorizations;
import org.jswtpm.engine.tpm12.Command;
import org.jswtpm.engine.tpm12.ParameterReader;
import org.jswtpm.engine.tpm12.TpmState;
import org.jswtpm.engine.tpm12.structure.TpmBool;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_GetAuditDigest: the audit digest, and which commands are audited.
 *
 * <p>Part 3, 8.1. No errors of its own; all ordinals fit into one response.
 */
public final class GetAuditDigest implements Command<Integer, GetAuditDigest.Out> {
    record Out(Bytes counterValue, Bytes auditDigest, Bytes ordList) {}

    @Override
    public Integer unmarshal(ParameterReader in) {
        return in.uint32();
    }

    @Override
    public Out execute(Integer startOrdinal, TpmState tpm, Authorizations auth) {
        WireWriter counter = new WireWriter();
        tpm.audit().counter().marshal(counter);
        return new Out(
                counter.toBytes(),
                tpm.audit().digest(),
                tpm.audit().auditedOrdinals(Integer.toUnsignedLong(startOrdinal)));
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.bytes(out.counterValue).bytes(out.auditDigest);
        TpmBool.marshal(false, response);
        response.sized4(out.ordList);
    }
}
