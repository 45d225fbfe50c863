package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.structure.TpmRc.ASYMMETRIC;
import static org.jswtpm.engine.tpm2.structure.TpmRc.ATTRIBUTES;
import static org.jswtpm.engine.tpm2.structure.TpmRc.KEY;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SCHEME;
import static org.jswtpm.engine.tpm2.structure.TpmRc.SIZE;
import static org.jswtpm.engine.tpm2.structure.TpmRc.check;

import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Command;
import org.jswtpm.engine.tpm2.Handles;
import org.jswtpm.engine.tpm2.ParameterReader;
import org.jswtpm.engine.tpm2.TpmState;
import org.jswtpm.engine.tpm2.object.TpmObject;
import org.jswtpm.engine.tpm2.signing.Signer;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmLimits;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtAsymScheme;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.tpm2.x509.AlgorithmIdentifiers;
import org.jswtpm.engine.tpm2.x509.Der;
import org.jswtpm.engine.tpm2.x509.Extensions;
import org.jswtpm.engine.tpm2.x509.PartialCertificate;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.TpmException;
import org.jswtpm.engine.wire.WireWriter;

/**
 * TPM2_CertifyX509: signs an X.509 certificate for an object, to which the TPM adds version, serial number and public key.
 *
 * <p>Part 3, 18.8. Answers SIZE at parameter 1, KEY at handle 2, SCHEME at parameter 2, ASYMMETRIC at handle 1, SIZE or VALUE at parameter
 * 3, SCHEME at handle 2, ATTRIBUTES at handle 1, and RESERVED_BITS or VALUE at parameter 3.
 */
public final class CertifyX509 implements Command<CertifyX509.In, CertifyX509.Out> {
    private static final int OBJECT_HANDLE = 1;
    private static final int SIGN_HANDLE = 2;
    private static final int RESERVED = 1;
    private static final int IN_SCHEME = 2;
    private static final int PARTIAL_CERTIFICATE = 3;

    /** The third version of X.509 is written as 2. */
    private static final int VERSION = 2;

    private static final int MAX_SERIAL_SIZE = 20;

    record In(Handle objectHandle, Handle signHandle, Bytes reserved, TpmtAsymScheme inScheme, Bytes partial) {}

    record Out(Bytes addedToCertificate, Bytes tbsDigest, TpmtSignature signature) {}

    @Override
    public In unmarshal(Handles handles, ParameterReader in) {
        return new In(
                handles.get(OBJECT_HANDLE),
                handles.get(SIGN_HANDLE),
                in.at(RESERVED).sized2(TpmLimits.MAX_DATA_SIZE),
                TpmtAsymScheme.unmarshalSigOrNull(in.at(IN_SCHEME), in.algorithms()),
                in.at(PARTIAL_CERTIFICATE).sized2(TpmLimits.MAX_DIGEST_BUFFER));
    }

    @Override
    public Out execute(In in, TpmState tpm) {
        check(in.reserved.isEmpty(), SIZE.parameter(RESERVED));
        Attestation attestation = Attestation.by(in.signHandle, SIGN_HANDLE, in.inScheme, IN_SCHEME, tpm);
        TpmObject object = tpm.objects().object(in.objectHandle, ASYMMETRIC.handle(OBJECT_HANDLE));
        Bytes publicKey = AlgorithmIdentifiers.ofKey(object.publicArea())
                .orElseThrow(ASYMMETRIC.handle(OBJECT_HANDLE)::exception);
        PartialCertificate partial = read(in.partial);
        // libtpms comes to harm without a key, or if it has no Name algorithm
        TpmObject key = attestation.key().orElseThrow(KEY.handle(SIGN_HANDLE)::exception);
        Bytes signatureAlgorithm = partial.signatureAlgorithm()
                .or(() -> AlgorithmIdentifiers.ofSignature(key.publicArea(), attestation.scheme()))
                .orElseThrow(SCHEME.handle(SIGN_HANDLE)::exception);
        checkExtensions(object, partial);
        check(!key.nameAlg().isNull(), KEY.handle(SIGN_HANDLE));

        Bytes version = Der.tagged(0, Der.integer(VERSION));
        Bytes behindSerial = join(signatureAlgorithm, partial.issuer(), partial.validity(), partial.subject())
                .then(join(publicKey, partial.extensions().whole()));
        Bytes serial = Der.integer(serialNumber(key, object, behindSerial));
        byte[] digest = Hasher.digest(
                attestation.hash().digest(),
                Der.sequence(version, serial, behindSerial).toArray());
        TpmtSignature signature = new Signer(tpm.profile(), tpm.ephemeralKeys(), tpm.random(), tpm.helpers())
                .sign(key, attestation.scheme(), digest);
        Bytes added = partial.signatureAlgorithm().isPresent()
                ? Der.sequence(version, serial, publicKey)
                : Der.sequence(version, serial, signatureAlgorithm, publicKey);
        return new Out(added, Bytes.wrap(digest), signature);
    }

    private static PartialCertificate read(Bytes partial) {
        try {
            return PartialCertificate.read(partial);
        } catch (TpmException e) {
            throw new TpmRc(e.responseCode()).parameter(PARTIAL_CERTIFICATE).exception();
        }
    }

    private static void checkExtensions(TpmObject object, PartialCertificate partial) {
        try {
            Extensions.checkFor(object.publicAttributes(), partial);
        } catch (TpmException e) {
            TpmRc fault = new TpmRc(e.responseCode());
            throw (fault.equals(ATTRIBUTES) ? fault.handle(OBJECT_HANDLE) : fault.parameter(PARTIAL_CERTIFICATE))
                    .exception();
        }
    }

    /** It follows from all else that is in the certificate, and from both keys. */
    private static Bytes serialNumber(TpmObject key, TpmObject object, Bytes certificate) {
        byte[] digest = Hasher.digest(
                key.nameAlg().digest(),
                certificate.toArray(),
                key.name().toArray(),
                object.name().toArray());
        return Bytes.copyOf(digest, 0, Math.min(digest.length, MAX_SERIAL_SIZE));
    }

    private static Bytes join(Bytes... parts) {
        WireWriter out = new WireWriter();
        for (Bytes part : parts) {
            out.bytes(part);
        }
        return out.toBytes();
    }

    @Override
    public void marshal(Out out, WireWriter response) {
        response.sized2(out.addedToCertificate).sized2(out.tbsDigest);
        out.signature.marshal(response);
    }
}
