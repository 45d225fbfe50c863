package org.jswtpm.tools.cert;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import org.jswtpm.options.OptionScanner;
import org.jswtpm.options.UsageException;

/** What a command line of swtpm_cert asks for; of a repeated option the last one counts. */
final class CertArguments {
    /** The most octets that a serial number may have (RFC 5280, 4.1.2.2). */
    private static final int MAX_SERIAL = 20;

    private static final int MAX_HEX = 10 * 1024;
    private static final long UINT32 = 0xffff_ffffL;

    private final Map<CertOption, String> values = new EnumMap<>(CertOption.class);
    private String keyKind;

    private CertArguments() {}

    /**
     * Reads and checks the whole line, or stops where it asks for a text.
     *
     * @throws UsageException for options that getopt refuses; the help belongs behind it
     * @throws CertException for values that are wrong
     */
    static CertArguments parse(String[] words) throws UsageException, CertException {
        CertArguments arguments = new CertArguments();
        OptionScanner<CertOption> scanner = OptionScanner.singleDash("swtpm_cert", CertOption.values(), words);
        for (CertOption option = scanner.next(); option != null; option = scanner.next()) {
            arguments.values.put(option, option.takesArgument() ? scanner.argument() : "");
            if (arguments.text() != null) {
                return arguments;
            }
            arguments.check(option);
        }
        arguments.checkAll();
        return arguments;
    }

    private void check(CertOption option) throws CertException {
        String value = values.get(option);
        switch (option) {
            case PUBKEY -> kind("read from file");
            case MODULUS -> hex(option, "RSA");
            case ECC_X, ECC_Y -> hex(option, "EC");
            case ECC_CURVEID -> kind("EC");
            case PUBLIC -> octets(option);
            case KEYALGO -> kind(SubjectKey.familyOf(value));
            case EXPONENT -> {
                kind("RSA");
                long exponent = number(option, "Could not parse the exponent '" + value + "'.");
                require(exponent > 0, "Exponent is wrong and cannot be <= 0.");
                require(exponent <= UINT32, "Exponent must fit into 32bits.");
            }
            case DAYS -> {
                long days = number(option, "Could not parse the number of days '" + value + "'.");
                require(
                        days >= -1 && days <= Integer.MAX_VALUE,
                        "Days value of '" + value + "' is outside valid range.");
            }
            case SERIAL -> require(parse(value, 10) != null, "Serial number is invalid.");
            case TYPE -> require(CertificateType.of(value) != null, "Unknown certificate type '" + value + "'.");
            case TPM_SPEC_LEVEL -> specNumber(option, "level");
            case TPM_SPEC_REVISION -> specNumber(option, "revision");
            default -> {}
        }
    }

    private void specNumber(CertOption option, String name) throws CertException {
        long number = number(option, "Could not parse the spec " + name + " '" + values.get(option) + "'.");
        require(number >= 0, "--tpm-spec-" + name + " must pass a positive number.");
        require(number <= UINT32, "--tpm-spec-" + name + " is outside valid range.");
    }

    private void hex(CertOption option, String kind) throws CertException {
        octets(option);
        kind(kind);
    }

    private void kind(String kind) throws CertException {
        require(
                keyKind == null || keyKind.equals(kind),
                "Already found options for '" + keyKind + "' key; cannot switch to '" + kind + "'.");
        keyKind = kind;
    }

    private void checkAll() throws CertException {
        require(serial().bitLength() <= MAX_SERIAL * Byte.SIZE, "Serial number is too large.");
        require(
                !has(CertOption.PUBLIC) || has(CertOption.KEYALGO),
                "--public requires --keyalgo to specify the key algorithm.");
        require(keyKind != null, "No parameters for a public key were given.");
        require(
                !has(CertOption.KEYALGO) || has(CertOption.PUBLIC),
                "Missing --public option for key type " + keyKind + ".");
        require(has(CertOption.ECC_X) == has(CertOption.ECC_Y), "ECC x and y parameters must both be given.");
        require(has(CertOption.ISSUERCERT), "The issuer certificate name is required.");
        if (type().isDeviceIdentity()) {
            require(has(CertOption.TPM_SERIAL_NUM), "--tpm-serial-num must be provided");
        } else {
            requireThree(CertOption.TPM_MANUFACTURER, CertOption.TPM_MODEL, CertOption.TPM_VERSION);
        }
        if (type() == CertificateType.PLATFORM) {
            requireThree(CertOption.PLATFORM_MANUFACTURER, CertOption.PLATFORM_MODEL, CertOption.PLATFORM_VERSION);
        }
        if (type() == CertificateType.EK) {
            requireThree(CertOption.TPM_SPEC_FAMILY, CertOption.TPM_SPEC_LEVEL, CertOption.TPM_SPEC_REVISION);
        }
    }

    private void requireThree(CertOption first, CertOption second, CertOption third) throws CertException {
        require(
                has(first) && has(second) && has(third),
                "--" + first.longName() + " and --" + second.longName() + " and --" + third.longName()
                        + " must all be provided.");
    }

    private static void require(boolean condition, String complaint) throws CertException {
        if (!condition) {
            throw new CertException(complaint);
        }
    }

    /** The option whose text is all that is asked for; null where there is none. */
    CertOption text() {
        for (CertOption option :
                new CertOption[] {CertOption.PRINT_CAPABILITIES, CertOption.VERSION, CertOption.HELP}) {
            if (has(option)) {
                return option;
            }
        }
        return null;
    }

    /** Whether an option was given. */
    boolean has(CertOption option) {
        return values.containsKey(option);
    }

    /** The value of an option; null where it was not given. */
    String get(CertOption option) {
        return values.get(option);
    }

    /** The octets of a hexadecimal value. */
    byte[] octets(CertOption option) throws CertException {
        String text = values.get(option);
        int length = text.length();
        require(length <= MAX_HEX, "Unreasonably long hex string of " + length + " bytes.");
        require(length % 2 == 0, "Got an odd number of hex digits (" + length + ").\n    hex digits: " + text);
        byte[] octets = new byte[length / 2];
        for (int i = 0; i < length; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            require(digit >= 0, "Illegal hex character '" + text.charAt(i) + "'.");
            octets[i / 2] |= (byte) (i % 2 == 0 ? digit << 4 : digit);
        }
        return octets;
    }

    /** The value of an option whose number was checked before. */
    long number(CertOption option) {
        return parseAnyBase(values.get(option)).longValueExact();
    }

    private long number(CertOption option, String complaint) throws CertException {
        BigInteger number = parseAnyBase(values.get(option));
        require(number != null && number.bitLength() < Long.SIZE, complaint);
        return number.longValueExact();
    }

    /** strtol with base 0. */
    private static BigInteger parseAnyBase(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        BigInteger number;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            number = parse(digits.substring(2), 16);
        } else {
            number = parse(digits, digits.length() > 1 && digits.startsWith("0") ? 8 : 10);
        }
        return number == null || digits.equals(text) ? number : number.negate();
    }

    private static BigInteger parse(String text, int radix) {
        try {
            return new BigInteger(text.strip(), radix);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The serial number, without its sign as in swtpm. */
    BigInteger serial() {
        return has(CertOption.SERIAL) ? parse(get(CertOption.SERIAL), 10).abs() : BigInteger.ONE;
    }

    /** The days until the certificate expires; negative for never. */
    int days() {
        return has(CertOption.DAYS) ? (int) number(CertOption.DAYS) : 365;
    }

    /** The exponent of an RSA key. */
    long exponent() {
        return has(CertOption.EXPONENT) ? number(CertOption.EXPONENT) : 0x10001;
    }

    /** The kind of certificate. */
    CertificateType type() {
        return has(CertOption.TYPE) ? CertificateType.of(get(CertOption.TYPE)) : CertificateType.EK;
    }
}
