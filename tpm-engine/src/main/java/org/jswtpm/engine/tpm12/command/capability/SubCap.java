package org.jswtpm.engine.tpm12.command.capability;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_MODE;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;

/**
 * The subCap of a capability: mostly a number of 16 or 32 bits.
 *
 * @param octets as they came
 */
record SubCap(Bytes octets) {
    /** 32 bits; else TPM_BAD_MODE. */
    int uint32() {
        check(octets.size() == Integer.BYTES, BAD_MODE);
        return reader().uint32();
    }

    /** 16 bits; else TPM_BAD_MODE. */
    int uint16() {
        check(octets.size() == Short.BYTES, BAD_MODE);
        return reader().uint16();
    }

    /** 32 bits, 0 if it is none. */
    int value32() {
        return octets.size() == Integer.BYTES ? reader().uint32() : 0;
    }

    /** For structures. */
    WireReader reader() {
        return WireReader.over(octets, TpmResult.WIRE_FAULTS);
    }
}
