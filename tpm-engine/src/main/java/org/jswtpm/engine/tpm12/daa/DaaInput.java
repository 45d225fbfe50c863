package org.jswtpm.engine.tpm12.daa;

import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA0;
import static org.jswtpm.engine.tpm12.structure.TpmResult.DAA_INPUT_DATA1;
import static org.jswtpm.engine.tpm12.structure.TpmResult.check;

import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm12.structure.TpmResult;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireReader;

/**
 * What the host gives to a stage.
 *
 * @param data0 inputData0
 * @param data1 inputData1
 */
public record DaaInput(Bytes data0, Bytes data1) {
    /** inputData0, which has this size: else TPM_DAA_INPUT_DATA0. */
    Bytes data0(int size) {
        check(data0.size() == size, DAA_INPUT_DATA0);
        return data0;
    }

    /** inputData1, which has this size: else TPM_DAA_INPUT_DATA1. */
    Bytes data1(int size) {
        check(data1.size() == size, DAA_INPUT_DATA1);
        return data1;
    }

    /** inputData0 as a number of 32 bits. */
    int count() {
        return reader(data0(Integer.BYTES)).uint32();
    }

    /** inputData0, which has this digest. */
    DaaNumber public0(Bytes digest) {
        check(digestOf(data0).equals(digest), DAA_INPUT_DATA0);
        return DaaNumber.of(data0);
    }

    /** inputData1, which has this digest. */
    DaaNumber public1(Bytes digest) {
        check(digestOf(data1).equals(digest), DAA_INPUT_DATA1);
        return DaaNumber.of(data1);
    }

    /** inputData0 as TPM_DAA_ISSUER and nothing else. */
    DaaIssuer issuer() {
        try {
            WireReader in = reader(data0);
            DaaIssuer issuer = DaaIssuer.unmarshal(in);
            check(in.remaining() == 0, DAA_INPUT_DATA0);
            return issuer;
        } catch (TpmException e) {
            throw DAA_INPUT_DATA0.exception();
        }
    }

    private static Bytes digestOf(Bytes octets) {
        return Bytes.wrap(Hasher.digest(Digest.SHA1, octets.toArray()));
    }

    private static WireReader reader(Bytes octets) {
        return WireReader.over(octets, TpmResult.WIRE_FAULTS);
    }
}
