package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.MMDEBSTRAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jswtpm.systemtest.environment.BuiltPackages;
import org.jswtpm.systemtest.environment.DebianRoot;
import org.jswtpm.systemtest.environment.Needs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In the place of swtpm on releases of Debian, with the libvirt, QEMU and systemd of each. By hand: the profile {@code hosts}. */
@Tag("hosts")
@Needs(MMDEBSTRAP)
class HostsIT {
    private static final List<String> LIBVIRT = List.of(
            "libvirt-daemon-system", "libvirt-daemon-driver-qemu", "libvirt-clients", "qemu-system-x86", "seabios");

    /** The C library of 11 is older than what the package asks for: there the tarball runs. */
    private static final String TARBALL = """
        mkdir /opt/jswtpm
        tar --extract --strip-components=1 --file=/tmp/jswtpm.tar.gz --directory=/opt/jswtpm
        ln -s /opt/jswtpm/bin/swtpm* /usr/local/bin/
        getent passwd tss >/dev/null || adduser --quiet --system --group --home /var/lib/tpm --no-create-home tss
        install -d -o tss /var/lib/swtpm-localca
        cd /etc
        echo 'create_certs_tool = /usr/local/bin/swtpm_localca' >swtpm_setup.conf
        echo 'create_certs_tool_config = /etc/swtpm-localca.conf' >>swtpm_setup.conf
        echo 'create_certs_tool_options = /etc/swtpm-localca.options' >>swtpm_setup.conf
        for file in signkey.pem issuercert.pem certserial; do
            echo "${file%.*} = /var/lib/swtpm-localca/$file"
        done | sed 's/signkey =/signingkey =/' >swtpm-localca.conf
        echo 'statedir = /var/lib/swtpm-localca' >>swtpm-localca.conf
        echo '--platform-manufacturer Debian --platform-version 11 --platform-model QEMU' >swtpm-localca.options
        """;

    /** {@code swtpm} and {@code swtpm-tools} go. */
    private static final String PACKAGE = "apt-get install --yes --no-install-recommends /tmp/jswtpm.deb";

    /** A release, and what it has beside minbase. */
    enum Release {
        BULLSEYE(LIBVIRT, List.of()),
        BOOKWORM(LIBVIRT, List.of("swtpm", "swtpm-tools")),
        TRIXIE(LIBVIRT, List.of("swtpm", "swtpm-tools", "cryptsetup-bin", "systemd-cryptsetup", "tpm2-tools"));

        private final List<String> packages;

        Release(List<String> ofLibvirt, List<String> more) {
            packages = new ArrayList<>(ofLibvirt);
            packages.addAll(more);
        }
    }

    private DebianRoot debian;

    @BeforeEach
    void askForNamespaces() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may make a system in a directory");
        Optional<String> obstacle = DebianRoot.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> "no namespaces can be made here: " + obstacle.orElseThrow());
    }

    @AfterEach
    void removeDebian() throws Exception {
        if (debian != null) {
            debian.close();
        }
    }

    private void install(Release release) throws Exception {
        debian = DebianRoot.fresh(release.name().toLowerCase(Locale.ROOT), release.packages);
        Files.copy(BuiltPackages.debianPackage(), debian.resolve("/tmp/jswtpm.deb"));
        Files.copy(BuiltPackages.tarball(), debian.resolve("/tmp/jswtpm.tar.gz"));
        debian.run(release == Release.BULLSEYE ? TARBALL : PACKAGE).requireSuccess();
        assertEquals(
                "TPM emulator version 0.11.0, jswtpm",
                debian.run("swtpm --version")
                        .requireSuccess()
                        .stdout()
                        .lines()
                        .findFirst()
                        .orElseThrow());
    }

    /** Keeps what was there, for docs/hosts.md. */
    private static void report(Release release, String what, List<String> versions) throws Exception {
        Files.write(Path.of("target", "hosts-" + release + "-" + what + ".txt"), versions);
    }

    private List<String> play(String script) throws Exception {
        try (InputStream resource = HostsIT.class.getResourceAsStream("hosts/" + script)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return debian.run(text).requireSuccess().stdout().lines().toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void libvirtStartsSavesAndRestoresDomains(Release release) throws Exception {
        install(release);
        List<String> lines = play("libvirt.sh");
        assertEquals(
                List.of(
                        "plain-2.0 running 0000",
                        "encrypted-2.0 running 0009",
                        "plain-1.2 running 0000",
                        "encrypted-1.2 running 0009"),
                lines.subList(0, 4));
        report(release, "libvirt", lines.subList(4, lines.size()));
    }

    @Test
    void systemdSealsKeysAndCredentials() throws Exception {
        install(Release.TRIXIE);
        List<String> lines = play("systemd.sh");
        assertEquals(List.of("SLOT TYPE", "   1 tpm2", "secret"), lines.subList(0, 3));
        report(Release.TRIXIE, "systemd", lines.subList(3, lines.size()));
    }
}
