package org.jswtpm.engine.tpm12.structure;

import static org.jswtpm.engine.tpm12.structure.TpmResult.BAD_KEY_PROPERTY;

import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM_KEY_PARMS (Part 2, 10.1).
 *
 * @param encScheme TPM_ENC_SCHEME
 * @param sigScheme TPM_SIG_SCHEME
 * @param parms what the algorithm asks for
 */
public record KeyParms(int encScheme, int sigScheme, Parms parms) {
    /** The parms field, which follows from the algorithm. */
    public sealed interface Parms {}

    /** The parms of TPM_ALG_RSA. */
    public record Rsa(RsaKeyParms key) implements Parms {}

    /** The parms of a key that there is not yet: any octets. */
    public record None(Bytes octets) implements Parms {}

    /** The parms of a key that there is not yet. */
    public static final KeyParms EMPTY = new KeyParms(AlgorithmId.ES_NONE, AlgorithmId.SS_NONE, new None(Bytes.EMPTY));

    /** Else TPM_BAD_KEY_PROPERTY: keys are RSA keys, or there is none yet. */
    public static KeyParms unmarshal(WireReader in) {
        int algorithm = in.uint32();
        int encScheme = in.uint16();
        int sigScheme = in.uint16();
        Bytes octets = in.sized4(TpmLimits.ALLOC_MAX);
        return new KeyParms(encScheme, sigScheme, parms(algorithm, octets));
    }

    private static Parms parms(int algorithm, Bytes octets) {
        TpmResult.check(algorithm == AlgorithmId.NONE || algorithm == AlgorithmId.RSA, BAD_KEY_PROPERTY);
        if (algorithm == AlgorithmId.NONE) {
            return new None(octets);
        }
        return new Rsa(RsaKeyParms.unmarshal(WireReader.over(octets, TpmResult.WIRE_FAULTS)));
    }

    /** TPM_ALGORITHM_ID. */
    public int algorithmId() {
        return parms instanceof Rsa ? AlgorithmId.RSA : AlgorithmId.NONE;
    }

    /** The parms of an RSA key; else TPM_BAD_KEY_PROPERTY. */
    public RsaKeyParms rsa() {
        if (parms instanceof Rsa rsa) {
            return rsa.key;
        }
        throw BAD_KEY_PROPERTY.exception();
    }

    public void marshal(WireWriter out) {
        out.uint32(algorithmId()).uint16(encScheme).uint16(sigScheme);
        int mark = out.beginSized4();
        if (parms instanceof Rsa rsa) {
            rsa.key.marshal(out);
        } else if (parms instanceof None none) {
            out.bytes(none.octets);
        }
        out.endSized4(mark);
    }
}
