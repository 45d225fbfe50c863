package org.jswtpm.tools.setup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jswtpm.tools.crypto.Tpm12Crypto;
import org.jswtpm.tools.log.ToolLog;

/** Gives a TPM 1.2 its endorsement key, certificates and, on demand, an owner. */
final class Manufacturer12 {
    private static final int EK_CERTIFICATE_INDEX = 0x1000F000;
    private static final int PLATFORM_CERTIFICATE_INDEX = 0x1000F002;
    /** TCG_PCCLIENT_STORED_CERT, which the NV areas hold and files do not. */
    private static final int CERTIFICATE_HEADER = 7;

    private static final String DEFAULT_OWNER_PASSWORD = "ooo";
    private static final String DEFAULT_STORAGE_PASSWORD = "sss";

    private final SetupTpm tpm;
    private final Tpm12Client client;
    private final SetupArguments arguments;
    private final CertificateTool certificates;
    private final CertificateFiles files;
    private final ToolLog log;

    Manufacturer12(
            SetupTpm tpm, SetupArguments arguments, CertificateTool certificates, CertificateFiles files, ToolLog log) {
        this.tpm = tpm;
        this.client = new Tpm12Client(tpm);
        this.arguments = arguments;
        this.certificates = certificates;
        this.files = files;
        this.log = log;
    }

    /** Does all that is asked for. */
    void run() throws SetupException {
        client.activate();
        if (arguments.has(SetupOption.CREATEEK)) {
            byte[] key = client.createEndorsementKey();
            log.say("Successfully created EK.");
            if (arguments.has(SetupOption.TAKE_OWNERSHIP)) {
                byte[] owner = secret(SetupOption.OWNERPASS, SetupOption.OWNER_WELL_KNOWN, DEFAULT_OWNER_PASSWORD);
                byte[] storage = secret(SetupOption.SRKPASS, SetupOption.SRK_WELL_KNOWN, DEFAULT_STORAGE_PASSWORD);
                client.takeOwnership(key, owner, storage);
                log.say("Successfully took ownership of the TPM.");
            }
            certify(HexFormat.of().formatHex(key));
        }
        if (arguments.has(SetupOption.LOCK_NVRAM)) {
            client.lockNv();
            log.say("Successfully locked NVRAM access.");
        }
    }

    /** SHA-1 of a password; "well known" is the hash of twenty zeros, as in swtpm. */
    private byte[] secret(SetupOption password, SetupOption wellKnown, String fallback) {
        if (!arguments.has(password) && arguments.has(wellKnown)) {
            return Tpm12Crypto.sha1(new byte[Tpm12Crypto.DIGEST_SIZE]);
        }
        String text = arguments.has(password) ? arguments.get(password) : fallback;
        return Tpm12Crypto.sha1(text.getBytes(StandardCharsets.UTF_8));
    }

    private void certify(String key) throws SetupException {
        if (arguments.has(SetupOption.CREATE_EK_CERT)) {
            byte[] certificate = certificates.issue("ek", key, null, tpm);
            client.writeNv(EK_CERTIFICATE_INDEX, certificate);
            log.say("Successfully created NVRAM area for EK certificate.");
            files.write("ek", KeyAlgorithm.RSA_2048, withoutHeader(certificate));
        }
        if (arguments.has(SetupOption.CREATE_PLATFORM_CERT)) {
            byte[] certificate = certificates.issue("platform", key, null, tpm);
            client.writeNv(PLATFORM_CERTIFICATE_INDEX, certificate);
            log.say("Successfully created NVRAM area for Platform certificate.");
        }
    }

    /** A certificate tool of somebody's own may make what has none. */
    private static byte[] withoutHeader(byte[] certificate) {
        int start = Math.min(CERTIFICATE_HEADER, certificate.length);
        return Arrays.copyOfRange(certificate, start, certificate.length);
    }
}
