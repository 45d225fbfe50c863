package org.jswtpm.tools.cert;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/** What the TCG puts into subject alternative names and subject directory attributes (EK Credential Profile, 3.1). */
final class TcgNames {
    private static final String[] TPM = {"2.23.133.2.1", "2.23.133.2.2", "2.23.133.2.3"};
    private static final String[] PLATFORM_1_2 = {"2.23.133.2.4", "2.23.133.2.5", "2.23.133.2.6"};
    private static final String[] PLATFORM_2_0 = {"2.23.133.5.1.1", "2.23.133.5.1.4", "2.23.133.5.1.5"};
    private static final String TPM_SPECIFICATION = "2.23.133.2.16";
    private static final String HARDWARE_MODULE_NAME = "1.3.6.1.5.5.7.8.4";
    private static final String HARDWARE_TPM_2_0 = "2.23.133.1.2";
    private static final int DIRECTORY_NAME = 4;

    private TcgNames() {}

    /** The GeneralNames of a certificate: one directoryName. */
    static ASN1Encodable subjectAlternativeName(CertArguments arguments) {
        ASN1Encodable name = switch (arguments.type()) {
            case EK -> tpm(arguments);
            case PLATFORM ->
                arguments.has(CertOption.TPM2)
                        ? platform(arguments, PLATFORM_2_0)
                        : new DERSequence(new ASN1Encodable[] {tpm(arguments), platform(arguments, PLATFORM_1_2)});
            case IAK, IDEVID -> hardwareModule(arguments.get(CertOption.TPM_SERIAL_NUM));
        };
        return new DERSequence(new DERTaggedObject(true, DIRECTORY_NAME, name));
    }

    private static ASN1Encodable tpm(CertArguments arguments) {
        return rdns(
                TPM,
                arguments.get(CertOption.TPM_MANUFACTURER),
                arguments.get(CertOption.TPM_MODEL),
                arguments.get(CertOption.TPM_VERSION));
    }

    private static ASN1Encodable platform(CertArguments arguments, String[] ids) {
        return rdns(
                ids,
                arguments.get(CertOption.PLATFORM_MANUFACTURER),
                arguments.get(CertOption.PLATFORM_MODEL),
                arguments.get(CertOption.PLATFORM_VERSION));
    }

    private static ASN1Encodable rdns(String[] ids, String... values) {
        ASN1EncodableVector names = new ASN1EncodableVector();
        for (int i = 0; i < ids.length; i++) {
            names.add(new DERSet(attribute(ids[i], new DERUTF8String(values[i]))));
        }
        return new DERSequence(names);
    }

    private static ASN1Encodable hardwareModule(String serialNumber) {
        ASN1Encodable name = new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier(HARDWARE_TPM_2_0),
            new DEROctetString(serialNumber.getBytes(StandardCharsets.UTF_8))
        });
        return new DERSequence(new DERSet(attribute(HARDWARE_MODULE_NAME, name)));
    }

    /** tPMSpecification: family, level, revision. */
    static ASN1Encodable specification(CertArguments arguments) {
        ASN1Encodable specification = new DERSequence(new ASN1Encodable[] {
            new DERUTF8String(arguments.get(CertOption.TPM_SPEC_FAMILY)),
            new ASN1Integer(arguments.number(CertOption.TPM_SPEC_LEVEL)),
            new ASN1Integer(arguments.number(CertOption.TPM_SPEC_REVISION))
        });
        return new DERSequence(attribute(TPM_SPECIFICATION, new DERSet(specification)));
    }

    private static ASN1Encodable attribute(String id, ASN1Encodable value) {
        return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(id), value});
    }
}
