package org.jswtpm.tools.setup;

import org.jswtpm.tools.config.ConfigFile;

/**
 * The algorithms of the keys that are made.
 *
 * @param first of the first endorsement key, which also has the platform certificate
 * @param second of the second one; there is only one where both are the same
 * @param attestation of the initial attestation key; null for none
 * @param identity of the initial device identity; null for none
 */
record SetupKeys(KeyAlgorithm first, KeyAlgorithm second, KeyAlgorithm attestation, KeyAlgorithm identity) {
    private static final String DEFAULT_RSA_SIZE = "2048";

    /** What command line and configuration say. */
    static SetupKeys of(SetupArguments arguments, ConfigFile config, SetupProgram program) throws SetupException {
        KeyAlgorithm first = chosen(arguments, SetupOption.EK1KEYALGO, config);
        if (first == null) {
            first = rsa(arguments, config, program);
        }
        KeyAlgorithm second = chosen(arguments, SetupOption.EK2KEYALGO, config);
        SetupKeys keys = new SetupKeys(
                first,
                second == null ? KeyAlgorithm.ECC_P384 : second,
                chosen(arguments, SetupOption.IAKKEYALGO, config),
                chosen(arguments, SetupOption.IDEVIDKEYALGO, config));
        for (KeyAlgorithm algorithm : new KeyAlgorithm[] {keys.first, keys.second}) {
            if (algorithm.isRsa()) {
                checkSize(Integer.toString(algorithm.parameter()), program);
            }
        }
        if ((keys.attestation != null || keys.identity != null) && !arguments.has(SetupOption.CREATE_EK_CERT)) {
            throw new SetupException(
                    "When creating IAK and/or IDevID keys, then an EK certificate must be created as" + " well.");
        }
        boolean keysOrCertificates =
                arguments.has(SetupOption.CREATEEK) || arguments.has(SetupOption.CREATE_PLATFORM_CERT);
        if (arguments.has(SetupOption.RECONFIGURE) && keysOrCertificates) {
            throw new SetupException("Reconfiguration is not supported with creation of EK or certificates");
        }
        return keys;
    }

    private static KeyAlgorithm chosen(SetupArguments arguments, SetupOption option, ConfigFile config)
            throws SetupException {
        String name = arguments.has(option) ? arguments.get(option) : config.get(option.longName());
        if (name == null) {
            return null;
        }
        KeyAlgorithm algorithm = KeyAlgorithm.of(name);
        if (algorithm == null) {
            throw new SetupException("Key algorithm " + name + " is not supported.");
        }
        return algorithm;
    }

    private static KeyAlgorithm rsa(SetupArguments arguments, ConfigFile config, SetupProgram program)
            throws SetupException {
        String size = arguments.get(SetupOption.RSA_KEYSIZE);
        if (size == null) {
            String configured = config.get("rsa_keysize");
            size = configured == null || configured.isBlank() ? DEFAULT_RSA_SIZE : configured.strip();
        }
        if (size.equals("max")) {
            var sizes = program.rsaKeySizes();
            size = sizes.isEmpty() ? DEFAULT_RSA_SIZE : sizes.getLast();
        }
        KeyAlgorithm algorithm = KeyAlgorithm.ofRsaBits(size);
        if (algorithm == null) {
            throw new SetupException("Unsupported RSA key size " + size + ".");
        }
        return algorithm;
    }

    private static void checkSize(String bits, SetupProgram program) throws SetupException {
        if (!bits.equals(DEFAULT_RSA_SIZE) && !program.rsaKeySizes().contains(bits)) {
            throw new SetupException(bits + " bit RSA keys are not supported by libtpms.");
        }
    }
}
