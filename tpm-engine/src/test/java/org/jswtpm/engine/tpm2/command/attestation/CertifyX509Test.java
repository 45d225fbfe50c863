package org.jswtpm.engine.tpm2.command.attestation;

import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.createPrimary;
import static org.jswtpm.engine.tpm2.command.object.ObjectRequests.flush;
import static org.jswtpm.engine.tpm2.command.signing.SigningRequests.NULL_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Time;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.crypto.Hasher;
import org.jswtpm.engine.tpm2.Answer;
import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.SameAsSwtpm;
import org.jswtpm.engine.tpm2.TestCommand;
import org.jswtpm.engine.tpm2.Tpm2Fixture;
import org.jswtpm.engine.tpm2.TpmPair;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.tpm2.structure.TpmtSignature;
import org.jswtpm.engine.wire.Bytes;
import org.jswtpm.engine.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TPM2_CertifyX509: the JDK takes what comes out of it for a certificate. */
class CertifyX509Test {
    private static final String ECC = "0023 000b 000c0472 0000 0010 0018 000b 0003 0010 0000 0000";
    private static final String BN = "0023 000b 00040472 0000 0010 0018 000b 0010 0010 0000 0000";
    private static final String ECC_SM2 = "0023 000b 00040472 0000 0010 001b 000b 0020 0010 0000 0000";
    private static final String STORAGE = ObjectRequests.ECC_STORAGE;
    /** digitalSignature. */
    private static final String SIGN = extension("0603551d0f 0404 03020780");
    /** digitalSignature, critical. */
    private static final String CRITICAL = extension("0603551d0f 0101ff 0404 03020780");
    /** keyAgreement. */
    private static final String AGREE = extension("0603551d0f 0404 03020308");
    /** keyEncipherment. */
    private static final String ENCIPHER = extension("0603551d0f 0404 03020520");
    /** nonRepudiation. */
    private static final String NON_REPUDIATION = extension("0603551d0f 0404 03020640");

    /** 40 bits, of which libtpms forgets the first eight. */
    private static final String TOO_MANY_BITS = extension("0603551d0f 0408 0306 00 ff80000000");

    private static final String OTHER = extension("0603551d13 0402 3000");
    private static final Bytes NAME = Bytes.wrap(encoded(new X500Name("CN=jswtpm")));
    private static final String ECDSA_SHA256 = "300a 06082a8648ce3d040302";

    private final Tpm2Fixture tpm = Tpm2Fixture.started();

    private static byte[] encoded(ASN1Object object) {
        try {
            return object.getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String element(String tag, String contents) {
        Bytes octets = Bytes.hex(contents);
        int size = octets.size();
        return tag + (size < 0x80 ? "%02x" : size < 0x100 ? "81%02x" : "82%04x").formatted(size) + octets;
    }

    private static String extension(String contents) {
        return element("30", contents);
    }

    private static String extensions(String contents) {
        return element("a3", element("30", contents));
    }

    private static String keyAttributes(String bits) {
        return extension("0607 6781050a010101 " + element("04", bits));
    }

    private static Bytes partial(String algorithm, String extensions) {
        Bytes validity = Bytes.wrap(encoded(
                new DERSequence(new ASN1Encodable[] {new Time(new Date(0)), new Time(new Date(1L << 40))})));
        return Bytes.hex(element("30", algorithm + NAME + validity + NAME + extensions));
    }

    private static TestCommand certify(Handle object, Handle signer, String scheme, Bytes partial) {
        return TestCommand.of(CommandCode.CERTIFY_X509)
                .handle(object)
                .handle(signer)
                .password("")
                .password("")
                .sized(Bytes.EMPTY)
                .parameters(scheme)
                .sized(partial);
    }

    /** The certificate of what the caller gave, what the TPM added, and the signature. */
    private static X509Certificate certificate(Bytes partial, Answer answer)
            throws GeneralSecurityException, IOException {
        WireReader in = answer.read();
        ASN1Sequence added = ASN1Sequence.getInstance(in.sized2(1024).toArray());
        Bytes tbsDigest = in.sized2(64);
        TpmtSignature signature = TpmtSignature.unmarshal(in, AlgorithmSet.nullProfile());
        ASN1Sequence given = ASN1Sequence.getInstance(partial.toArray());
        ASN1EncodableVector tbs = new ASN1EncodableVector();
        boolean algorithmAdded = added.size() == 4;
        ASN1Encodable algorithm = algorithmAdded ? added.getObjectAt(2) : given.getObjectAt(0);
        int issuer = algorithmAdded ? 0 : 1;
        tbs.add(added.getObjectAt(0));
        tbs.add(added.getObjectAt(1));
        tbs.add(algorithm);
        tbs.add(given.getObjectAt(issuer));
        tbs.add(given.getObjectAt(issuer + 1));
        tbs.add(given.getObjectAt(issuer + 2));
        tbs.add(added.getObjectAt(added.size() - 1));
        tbs.add(given.getObjectAt(issuer + 3));
        DERSequence body = new DERSequence(tbs);
        Digest hash = signature.hash().digest();
        assertEquals(Bytes.wrap(Hasher.digest(hash, body.getEncoded("DER"))), tbsDigest);
        ASN1EncodableVector whole = new ASN1EncodableVector();
        whole.add(body);
        whole.add(algorithm);
        whole.add(new DERBitString(octets(signature)));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(whole).getEncoded("DER")));
    }

    private static byte[] octets(TpmtSignature signature) throws IOException {
        if (signature.sigAlg() != AlgId.ECDSA) {
            return ((TpmtSignature.Rsa) signature).sig().toArray();
        }
        TpmtSignature.Ecc ecc = (TpmtSignature.Ecc) signature;
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, ecc.r().toArray())));
        numbers.add(new ASN1Integer(new BigInteger(1, ecc.s().toArray())));
        return new DERSequence(numbers).getEncoded("DER");
    }

    @ParameterizedTest
    @CsvSource({
        "0023 000b 000c0472 0000 0010 0018 000b 0003 0010 0000 0000,      0010,      SHA256withECDSA",
        "0023 000c 00040472 0000 0010 0010 0004 0010 0000 0000,           0018 000c, SHA384withECDSA",
        "0023 000b 00040472 0000 0010 0010 0005 0010 0000 0000,           0018 000d, SHA512withECDSA",
        "0001 000b 00040472 0000 0010 0014 000b 0800 00000000 0000,       0010,      SHA256withRSA",
        "0001 000b 00060472 0000 0010 0010 0400 00000000 0000,            0014 000d, SHA512withRSA",
        "0001 000b 00040472 0000 0010 0010 0400 00000000 0000,            0016 000b, RSASSA-PSS",
        "0001 000b 00040472 0000 0010 0010 0800 00010001 0000,            0016 000d, RSASSA-PSS"
    })
    void makesACertificateThatTheJdkVerifies(String template, String scheme, String algorithm)
            throws GeneralSecurityException, IOException {
        Handle key = tpm.send(createPrimary(Handle.OWNER, template)).handle();
        Bytes partial = partial("", extensions(OTHER + CRITICAL));
        Answer answer = tpm.send(certify(key, key, scheme, partial));
        X509Certificate certificate = certificate(partial, answer);
        certificate.verify(certificate.getPublicKey());
        assertEquals(algorithm, certificate.getSigAlgName());
        assertEquals(3, certificate.getVersion());
        assertEquals("CN=jswtpm", certificate.getSubjectX500Principal().getName());
        X509Certificate again = certificate(partial, tpm.send(certify(key, key, scheme, partial)));
        assertEquals(certificate.getSerialNumber(), again.getSerialNumber());
    }

    @Test
    void certifiesAnotherKeyWithTheAlgorithmThatTheCallerNames() throws GeneralSecurityException, IOException {
        Handle signer = tpm.send(createPrimary(Handle.OWNER, ECC)).handle();
        Handle object = tpm.send(createPrimary(Handle.OWNER, ObjectRequests.RSA_STORAGE))
                .handle();
        Bytes partial = partial(ECDSA_SHA256, extensions(ENCIPHER + keyAttributes("0305 00 00030472")));
        X509Certificate certificate = certificate(partial, tpm.send(certify(object, signer, NULL_SCHEME, partial)));
        Bytes ownPartial = partial("", extensions(SIGN));
        X509Certificate ofSigner = certificate(ownPartial, tpm.send(certify(signer, signer, NULL_SCHEME, ownPartial)));
        certificate.verify(ofSigner.getPublicKey());
    }

    record Fault(String name, String object, String signer, String scheme, Bytes partial, TpmRc answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        Bytes good = partial("", extensions(SIGN));
        faults.add(new Fault("a storage key signs", ECC, STORAGE, NULL_SCHEME, good, TpmRc.KEY.handle(2)));
        faults.add(new Fault("another scheme", ECC, ECC, "0014 000b", good, TpmRc.SCHEME.parameter(2)));
        faults.add(new Fault(
                "an object that is no key", ObjectRequests.HMAC_KEY, ECC, "0010", good, TpmRc.ASYMMETRIC.handle(1)));
        faults.add(new Fault("a curve without a name", BN, ECC, NULL_SCHEME, good, TpmRc.ASYMMETRIC.handle(1)));
        faults.add(new Fault("a scheme without a name", ECC, ECC_SM2, NULL_SCHEME, good, TpmRc.SCHEME.handle(2)));
        faults.add(new Fault("an HMAC", ECC, ObjectRequests.HMAC_KEY, NULL_SCHEME, good, TpmRc.SCHEME.handle(2)));
        faults.add(new Fault(
                "other attributes",
                ECC,
                ECC,
                NULL_SCHEME,
                partial("", extensions(keyAttributes("0305 00 00040472") + SIGN)),
                TpmRc.ATTRIBUTES.handle(1)));
        faults.add(malformed("nothing", Bytes.EMPTY, TpmRc.VALUE));
        faults.add(malformed("no sequence", Bytes.hex("0400"), TpmRc.SIZE));
        faults.add(malformed("more than the sequence", good.then(Bytes.zeros(1)), TpmRc.SIZE));
        faults.add(malformed("less than the sequence", good.slice(0, good.size() - 1), TpmRc.SIZE));
        faults.add(malformed("an empty sequence", Bytes.hex("3000"), TpmRc.VALUE));
        faults.add(malformed("two sequences", Bytes.hex("3006 3000 3000 a300"), TpmRc.VALUE));
        faults.add(malformed("five sequences", Bytes.hex("300c 3000 3000 3000 3000 3000 a300"), TpmRc.VALUE));
        faults.add(malformed("no extensions", Bytes.hex("3006 3000 3000 3000"), TpmRc.VALUE));
        faults.add(malformed("extensions twice", Bytes.hex("300a 3000 3000 3000 a300 a300"), TpmRc.VALUE));
        faults.add(malformed("a unique identifier", Bytes.hex("300a 3000 3000 3000 8100 a300"), TpmRc.VALUE));
        for (String contents : new String[] {
            "a300",
            "a302 3001",
            "a302 0400",
            extensions(""),
            extensions(OTHER),
            extensions("0400" + SIGN),
            extensions(extension("0603551d0f")),
            extensions(extension("0603551d0f 0400")),
            extensions(extension("0603551d0f 0402 0300")),
            extensions(extension("0603551d0f 0404 04020780")),
            extensions(extension("0603551d0f 0403 030107")),
            extensions(extension("0603551d0f 0404 03020880")),
            extensions(extension("0603551d0f 0500 0404 03020780")),
            extensions(AGREE),
            extensions(ENCIPHER),
            extensions(keyAttributes("0400") + SIGN)
        }) {
            faults.add(malformed(contents, partial("", contents), TpmRc.VALUE));
        }
        faults.add(malformed(
                "reserved bits",
                partial("", extensions(extension("0603551d0f 0405 0303 00 8001"))),
                TpmRc.RESERVED_BITS));
        return faults.stream();
    }

    private static Fault malformed(String name, Bytes partial, TpmRc answer) {
        return new Fault(name, ECC, ECC, NULL_SCHEME, partial, answer.parameter(3));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answersFault(Fault fault) {
        Handle object = tpm.send(createPrimary(Handle.OWNER, fault.object)).handle();
        Handle signer = tpm.send(createPrimary(Handle.OWNER, fault.signer)).handle();
        tpm.send(certify(object, signer, fault.scheme, fault.partial)).hasCode(fault.answer);
    }

    @Test
    void theReservedParameterIsEmptyAndTheSignerIsAKey() {
        Handle key = tpm.send(createPrimary(Handle.OWNER, ECC)).handle();
        Bytes good = partial("", extensions(SIGN));
        tpm.send(TestCommand.of(CommandCode.CERTIFY_X509)
                        .handle(key)
                        .handle(key)
                        .password("")
                        .password("")
                        .sized(Bytes.zeros(1))
                        .parameters(NULL_SCHEME)
                        .sized(good))
                .hasCode(TpmRc.SIZE.parameter(1));
        tpm.send(certify(key, Handle.NULL, NULL_SCHEME, good)).hasCode(TpmRc.KEY.handle(2));
    }

    @SameAsSwtpm
    void addsWhatSwtpmAdds(TpmPair both) {
        Tpm2Fixture ours = both.oursOnStateOfSwtpm();
        String rsa = "0001 000b 00040472 0000 0010 0014 000b 0400 00000000 0000";
        for (String[] each : new String[][] {
            {rsa, rsa, NULL_SCHEME, ""},
            {ECC, rsa, NULL_SCHEME, ""},
            {ECC, ObjectRequests.HMAC_KEY, NULL_SCHEME, ECDSA_SHA256},
            {rsa, ObjectRequests.HMAC_KEY, NULL_SCHEME, "3000"},
            {ECC_SM2, ObjectRequests.HMAC_KEY, NULL_SCHEME, "3000"},
            {"0023 000b 00040472 0000 0010 0010 0005 0010 0000 0000", rsa, NULL_SCHEME, ""}
        }) {
            Handle object = ours.send(createPrimary(Handle.OWNER, each[0])).handle();
            Handle signer = ours.send(createPrimary(Handle.OWNER, each[1])).handle();
            both.swtpm().send(createPrimary(Handle.OWNER, each[0])).isSuccess();
            both.swtpm().send(createPrimary(Handle.OWNER, each[1])).isSuccess();
            for (String extensions :
                    new String[] {SIGN, CRITICAL, OTHER + SIGN, NON_REPUDIATION, SIGN + "0500", TOO_MANY_BITS}) {
                Bytes partial = partial(each[3], extensions(extensions));
                TestCommand command = certify(object, signer, each[2], partial);
                assertEquals(
                        both.swtpm().send(command).octets(), ours.send(command).octets());
            }
            for (Handle handle : new Handle[] {object, signer}) {
                both.swtpm().send(flush(handle)).isSuccess();
                ours.send(flush(handle)).isSuccess();
            }
        }
    }

    @SameAsSwtpm
    void findsTheFaultsThatSwtpmFinds(TpmPair both) {
        faults().forEach(fault -> {
            Handle object =
                    both.send(createPrimary(Handle.OWNER, fault.object)).ours().handle();
            Handle signer =
                    both.send(createPrimary(Handle.OWNER, fault.signer)).ours().handle();
            TpmRc answer = both.swtpm()
                    .send(certify(object, signer, fault.scheme, fault.partial))
                    .code();
            boolean isSame = answer.equals(fault.answer) || answer.equals(ofVersion09(fault.answer));
            assertTrue(isSame, fault.name + ": " + answer);
            both.send(flush(object));
            both.send(flush(signer));
        });
    }

    /** libtpms 0.9 counts the handles the other way round, and does not look at the reserved bits of the key usage. */
    private static TpmRc ofVersion09(TpmRc answer) {
        if (answer.equals(TpmRc.RESERVED_BITS.parameter(3))) {
            return TpmRc.SUCCESS;
        }
        boolean isOfHandle = (answer.value() & 0x40) == 0;
        return isOfHandle ? new TpmRc(answer.value() ^ 0x300) : answer;
    }
}
