package org.jswtpm.engine.tpm2.x509;

import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.VALUE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jswtpm.engine.wire.Bytes;

/**
 * What the caller gives of a TBSCertificate (RFC 5280, 4.1; Part 3, 18.8). The TPM adds version, serial number and public key, and
 * the signature algorithm if it is not here. Each component is a whole element; only that it is a SEQUENCE is known of the first
 * four.
 *
 * @param signatureAlgorithm AlgorithmIdentifier of the signature, if it is given
 * @param issuer the issuer's name
 * @param validity the times
 * @param subject the subject's name
 * @param extensions the extensions, with their tag [3]
 */
public record PartialCertificate(
        Optional<Bytes> signatureAlgorithm, Bytes issuer, Bytes validity, Bytes subject, DerElement extensions) {
    private static final int NAMES_AND_VALIDITY = 3;

    /** Else SIZE if it is not one SEQUENCE, or VALUE for what is in it; both without a number. */
    public static PartialCertificate read(Bytes octets) {
        check(!octets.isEmpty(), VALUE);
        DerElement outer = DerElement.read(octets, 0).orElseThrow(SIZE::exception);
        check(outer.tag() == DerElement.SEQUENCE && outer.whole().size() == octets.size(), SIZE);
        List<Bytes> sequences = new ArrayList<>();
        DerElement extensions = null;
        for (int offset = outer.headerSize(); offset < octets.size(); ) {
            DerElement element = DerElement.read(octets, offset).orElseThrow(VALUE::exception);
            offset += element.whole().size();
            if (element.tag() == DerElement.SEQUENCE) {
                sequences.add(element.whole());
            } else {
                check(element.tag() == DerElement.EXTENSIONS && extensions == null, VALUE);
                extensions = element;
            }
        }
        int given = sequences.size() - NAMES_AND_VALIDITY;
        check((given == 0 || given == 1) && extensions != null, VALUE);
        return new PartialCertificate(
                given == 0 ? Optional.empty() : Optional.of(sequences.get(0)),
                sequences.get(given),
                sequences.get(given + 1),
                sequences.get(given + 2),
                extensions);
    }
}
