package org.jswtpm.tools.setup;

import java.io.IOException;
import java.util.List;
import org.jswtpm.tools.cert.CertificateIdentity;
import org.jswtpm.tools.log.ToolLog;

/** Gives a TPM 2.0 its keys, their certificates and its PCR banks. */
final class Manufacturer {
    private static final int SPK_HANDLE = 0x81000001;
    private static final int IDEVID_HANDLE = 0x81020000;
    private static final int IAK_HANDLE = 0x81020001;
    private static final int PLATFORM_CERTIFICATE_INDEX = 0x01C08000;
    private static final int IAK_CERTIFICATE_INDEX = 0x01C90100;
    private static final int IDEVID_CERTIFICATE_INDEX = 0x01C90200;

    private final SetupTpm tpm;
    private final Tpm2Client client;
    private final SetupArguments arguments;
    private final CertificateTool certificates;
    private final ToolLog log;
    private final CertificateFiles files;
    private byte[] firstCertificate;

    Manufacturer(
            SetupTpm tpm, SetupArguments arguments, CertificateTool certificates, CertificateFiles files, ToolLog log) {
        this.tpm = tpm;
        this.client = new Tpm2Client(tpm);
        this.arguments = arguments;
        this.certificates = certificates;
        this.files = files;
        this.log = log;
    }

    /** The storage primary key, where one is asked for. */
    void makeStorageKey() throws SetupException {
        if (!arguments.has(SetupOption.CREATE_SPK)) {
            return;
        }
        KeyAlgorithm algorithm = arguments.has(SetupOption.ECC) ? KeyAlgorithm.ECC_P384 : KeyAlgorithm.RSA_3072;
        persist(Tpm2Client.RH_OWNER, algorithm, KeyTemplate.storage(algorithm), SPK_HANDLE);
        log.say("Successfully created storage primary key with handle " + hex(SPK_HANDLE) + ".");
    }

    /**
     * An endorsement key with what is asked for.
     *
     * @param platform whether the platform certificate, if one is asked for, is issued for this key
     */
    void makeEndorsementKey(KeyAlgorithm algorithm, boolean platform) throws SetupException {
        if (!arguments.has(SetupOption.CREATEEK)) {
            return;
        }
        boolean signing = arguments.has(SetupOption.ALLOW_SIGNING);
        KeyTemplate template = KeyTemplate.endorsement(algorithm, signing, arguments.has(SetupOption.DECRYPTION));
        String key = persist(Tpm2Client.RH_ENDORSEMENT, algorithm, template, algorithm.ekHandle());
        log.say("Successfully created " + algorithm.title() + " EK with handle " + hex(algorithm.ekHandle()) + ".");
        if (signing) {
            // nobody could know a template that is not a standard one
            write(algorithm.templateIndex(), template.octets(), algorithm.title() + " EK template");
        }
        if (arguments.has(SetupOption.CREATE_EK_CERT)) {
            byte[] certificate = certificates.issue("ek", key, null, tpm);
            write(algorithm.certificateIndex(), certificate, algorithm.title() + " EK certificate");
            files.write("ek", algorithm, certificate);
            firstCertificate = firstCertificate == null ? certificate : firstCertificate;
        }
        if (platform && arguments.has(SetupOption.CREATE_PLATFORM_CERT)) {
            byte[] certificate = certificates.issue("platform", key, null, tpm);
            write(PLATFORM_CERTIFICATE_INDEX, certificate, "platform certificate");
        }
    }

    /** The initial attestation key, with its certificate. */
    void makeAttestationKey(KeyAlgorithm algorithm) throws SetupException {
        String key = persist(Tpm2Client.RH_ENDORSEMENT, algorithm, KeyTemplate.attestation(algorithm), IAK_HANDLE);
        log.say("Successfully created " + algorithm.title() + " IAK primary key with handle " + hex(IAK_HANDLE) + ".");
        certify("iak", key, algorithm, IAK_CERTIFICATE_INDEX, "IAK certificate");
    }

    /** The initial device identity, with its certificate. */
    void makeDeviceIdentity(KeyAlgorithm algorithm) throws SetupException {
        String key = persist(Tpm2Client.RH_ENDORSEMENT, algorithm, KeyTemplate.identity(algorithm), IDEVID_HANDLE);
        log.say("Successfully created " + algorithm.title() + " IDevID primary key with handle " + hex(IDEVID_HANDLE)
                + ".");
        certify("idevid", key, algorithm, IDEVID_CERTIFICATE_INDEX, "IDevID certificate");
    }

    /** Read when it is needed only: a certificate tool of somebody's own need not make what names its issuer's key. */
    private CertificateIdentity identityOfFirst() throws SetupException {
        try {
            return CertificateIdentity.of(firstCertificate);
        } catch (IOException e) {
            throw new SetupException("The certificate of the EK cannot be used: " + e.getMessage());
        }
    }

    /** The TPM is known by its manufacturer and the certificate of its first endorsement key. */
    private void certify(String type, String key, KeyAlgorithm algorithm, int index, String title)
            throws SetupException {
        CertificateIdentity first = identityOfFirst();
        String serialNumber =
                client.manufacturer().replace("\0", "") + ":" + first.authorityKeyId() + ":" + first.serial();
        byte[] certificate = certificates.issue(type, key, serialNumber, tpm);
        write(index, certificate, title);
        files.write(type, algorithm, certificate);
    }

    private String persist(int hierarchy, KeyAlgorithm algorithm, KeyTemplate template, int handle)
            throws SetupException {
        CreatedKey key = client.createPrimary(hierarchy, algorithm, template);
        client.evictControl(key.handle(), handle);
        client.flushContext(key.handle());
        return key.parameters();
    }

    private void write(int index, byte[] data, String what) throws SetupException {
        client.writeNv(index, data);
        if (arguments.has(SetupOption.LOCK_NVRAM)) {
            client.lockNv(index);
        }
        log.say("Successfully created NVRAM area " + hex(index) + " for " + what + ".");
    }

    /** Activates the banks of a list with commas; {@code -} leaves all as they are. */
    void activate(String banks) throws SetupException {
        if (banks.equals("-")) {
            return;
        }
        List<Integer> all = client.pcrBanks();
        List<Integer> active = PcrBanks.select(banks, all);
        if (active.isEmpty()) {
            throw new SetupException("No PCR banks could be allocated. None of the selected algorithms are supported.");
        }
        client.allocatePcrs(active, all);
        log.say("Successfully activated PCR banks " + PcrBanks.names(active) + " among " + PcrBanks.names(all) + ".");
    }

    /** TPM2_Shutdown. */
    void finish() throws SetupException {
        client.shutdown();
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
