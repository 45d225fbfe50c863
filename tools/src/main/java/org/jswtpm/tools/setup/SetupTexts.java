package org.jswtpm.tools.setup;

import org.jswtpm.options.Release;

/** What swtpm_setup says of itself. */
final class SetupTexts {
    private static final String HELP = """
        Usage: swtpm_setup [options]

        The following options are supported:

        --tpm-state <dir>: Path where the state of the TPM is to be; this option is mandatory;
                           dir://<dir> or file://<file> may be given as well

        --tpm '<path-to-executable> socket'
                         : Path to the TPM executable; by default, and for the swtpm that
                           belongs to this program, the TPM runs in this process

        --tpm2           : Setup a TPM 2; by default a TPM 1.2 is setup

        --createek       : Create the EK; for a TPM 2 an RSA and ECC EK will be
                           created

        --allow-signing  : Create an EK that can be used for signing;
                           this option requires --tpm2.
                           Note: Careful, this option will create a non-standard EK!

        --decryption     : Create an EK that can be used for key encipherment;
                           this is the default unless --allow-signing is given;
                           this option requires --tpm2.

        --ecc            : This option allows to create a TPM 2's ECC key as storage
                           primary key; a TPM 2 always gets an RSA and an ECC EK key.

        --ek1keyalgo <alg>
                         : Choice of the 1st EK's key algorithm; default is rsa2048
                           choices: rsa2048, rsa3072, rsa4096, ecc_nist_p256,
                           ecc_nist_p384, ecc_nist_p521

        --ek2keyalgo <alg>
                         : Choice of the 2nd EK's key algorithm; default is ecc_nist_p384

        --iakkeyalgo <alg>
                         : Choice of the IAK algorithm; default is none

        --idevidkeyalgo <alg>
                         : Choice of the IDevID key algorithm; default is none

        --take-ownership : Take ownership of a TPM 1.2; this option implies --createek
          --ownerpass  <password>
                         : Provide custom owner password; default is ooo
          --owner-well-known:
                         : Use an owner password of 20 zero bytes
          --srkpass <password>
                         : Provide custom SRK password; default is sss
          --srk-well-known:
                         : Use an SRK password of 20 zero bytes

        --create-ek-cert : Create an EK certificate; this implies --createek

        --create-platform-cert
                         : Create a platform certificate; this implies --createek

        --create-spk     : Create storage primary key; this requires --tpm2; deprecated

        --lock-nvram     : Lock NVRAM access

        --display        : without effect

        --config <config file>
                         : Path to configuration file; default is @CONFIG@

        --logfile <logfile>
                         : Path to log file; default is logging to stderr

        --keyfile <keyfile>
                         : Path to a key file containing the encryption key for the
                           TPM to encrypt its persistent state with. The content
                           must be a 32 hex digit number representing a 128bit AES key.

        --keyfile-fd <fd>: Like --keyfile but a file descriptor is given to read the
                           encryption key from.

        --pwdfile <pwdfile>
                         : Path to a file containing a passphrase from which the
                           TPM will derive the 128bit AES key.

        --pwdfile-fd <fd>: Like --pwdfile but a file descriptor is given to to read
                           the passphrase from.

        --cipher <cipher>: The cipher to use; either aes-128-cbc or aes-256-cbc;
                           the default is aes-128-cbc; the same cipher must be
                           used on the swtpm command line

        --runas <user>   : Become this user

        --overwrite      : Overwrite existing TPM state by re-initializing it; if this
                           option is not given, this program will return an error if
                           existing state is detected

        --not-overwrite  : Do not overwrite existing TPM state but silently end

        --vmid <vm id>   : Unique (VM) identifier to use as common name in certificate

        --pcr-banks <banks>
                         : Set of PCR banks to activate. Provide a comma separated list
                           like 'sha1,sha256'. '-' to skip and leave all banks active.
                           Default: @BANKS@

        --rsa-keysize <keysize>
                         : The RSA key size of the 1st EK key: 2048, 3072, 4096 or max.
                           This option is ignored if --ek1keyalgo is used.
                           Default: 2048

        --write-ek-cert-files <directory>
                         : Write EK cert files into the given directory

        --swtpm_ioctl <executable>, --tcsd-system-ps-file <file>
                         : These options are deprecated and have no effect.

        --print-capabilities
                         : Print JSON formatted capabilities added after v0.1 and exit.

        --create-config-files [[overwrite][,root][,skip-if-exist]]
                         : Create swtpm_setup and swtpm-localca config files for a
                           user account.
                           overwrite: overwrite any existing files
                           root: allow to create files under root's home directory
                           skip-if-exist: if any file exists exit without error

        --reconfigure    : Reconfigure an existing swtpm by reusing existing state.
                           The active PCR banks can be changed but no new keys will
                           be created.

        --profile <json-profile>
                         : Configure swtpm with the given profile.

        --profile-name <profile name | built-in profile name>
                         : Search for a profile with the <name>.json in distro and
                           local directories; if not found try it as a built-in.

        --profile-file <file>
                         : Configure swtpm with a profile read from the given file.

        --profile-file-fd <fd>
                         : Configure swtpm with a profile read from a file descriptor.

        --profile-remove-disabled check|fips-host
                         : Instruct swtpm to remove algorithms that may be disabled by
                           FIPS mode on the host from 'custom' profile.

        --print-profiles : Display all local and distro-provided profile as well as
                           the ones built into the TPM and exit.

        --version        : Display version and exit

        --help,-h        : Display this help screen

        """;

    private SetupTexts() {}

    static String version() {
        return Release.line("TPM emulator setup tool") + "\n";
    }

    /** @param config the configuration file that is read by default */
    static String help(String config) {
        return version() + HELP.replace("@CONFIG@", config).replace("@BANKS@", Setup.DEFAULT_PCR_BANKS);
    }

    /** {@code --print-capabilities}. Who reads a feature here uses it, so each is added together with what it promises. */
    static String capabilities(SetupProgram program) throws SetupException {
        StringBuilder json = new StringBuilder("{ \"type\": \"swtpm_setup\", \"features\": [ ");
        if (program.hasTpm12()) {
            json.append("\"tpm-1.2\", ");
        }
        if (program.hasTpm2()) {
            json.append("\"tpm-2.0\", ");
        }
        json.append("\"cmdarg-keyfile-fd\", \"cmdarg-pwdfile-fd\", \"tpm12-not-need-root\"")
                .append(", \"cmdarg-write-ek-cert-files\", \"cmdarg-create-config-files\"")
                .append(", \"cmdarg-reconfigure-pcr-banks\"");
        for (String size : program.rsaKeySizes()) {
            if (Integer.parseInt(size) >= 2048) {
                json.append(", \"tpm2-rsa-keysize-").append(size).append('"');
            }
        }
        json.append(", \"cmdarg-profile\", \"cmdarg-profile-remove-disabled\"")
                .append(", \"cmdarg-ek1keyalgo\", \"cmdarg-ek2keyalgo\"")
                .append(", \"cmdarg-iakkeyalgo\", \"cmdarg-idevidkeyalgo\" ], \"profiles\": [");
        String separator = " ";
        for (String profile : program.profiles()) {
            json.append(separator).append('"').append(profile).append('"');
            separator = ", ";
        }
        return json.append(separator.equals(" ") ? "" : " ")
                .append("], \"version\": \"")
                .append(Release.VERSION)
                .append("\" }\n")
                .toString();
    }
}
