package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.MMDEBSTRAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jswtpm.systemtest.environment.BuiltPackages;
import org.jswtpm.systemtest.environment.DebianRoot;
import org.jswtpm.systemtest.environment.Needs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Debian package in a fresh Debian system, as an administrator treats it. */
@Needs(MMDEBSTRAP)
class DebianPackageIT {
    private static final String INSTALL = "dpkg --install /tmp/jswtpm.deb";
    /** Every file, directory and link with its owner and mode, but for what others keep about packages and users. */
    private static final String LIST =
            "find / -xdev \\( -path /proc -o -path /dev -o -path /run -o -path /tmp -o -path /var/lib/dpkg -o -path"
                + " /var/log -o -path '/etc/*passwd*' -o -path '/etc/*group*' -o -path '/etc/*shadow*' \\) -prune -o"
                + " -printf '%M %u:%g %p\\n"
                + "'";
    /** What libvirt does for a guest. */
    private static final String SET_UP =
            "install -d -o tss /tmp/vm; swtpm_setup --runas tss --tpm2 --tpmstate /tmp/vm --vmid vm1 --createek"
                    + " --create-ek-cert --create-platform-cert --lock-nvram --not-overwrite";

    private DebianRoot debian;

    @BeforeEach
    void installDebian() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may make a system in a directory");
        Optional<String> obstacle = DebianRoot.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> "no namespaces can be made here: " + obstacle.orElseThrow());
        debian = DebianRoot.fresh();
        Files.copy(BuiltPackages.debianPackage(), debian.resolve("/tmp/jswtpm.deb"));
    }

    @AfterEach
    void removeDebian() throws Exception {
        if (debian != null) {
            debian.close();
        }
    }

    @Test
    void runsUpgradesAndGoesWithoutATrace() throws Exception {
        Set<String> before = files();
        run("! command -v java", INSTALL);
        assertEquals("drwxr-x--- tss root\n", run("stat --format='%A %U %G' /var/lib/swtpm-localca"));

        run(SET_UP);
        assertRuns("");

        Files.writeString(debian.resolve("/etc/swtpm_setup.conf"), "# mine\n");
        makeUpgrade();
        String authority = run("sha256sum /var/lib/swtpm-localca/*");
        assertRuns("dpkg --install --force-confdef --force-confold /tmp/upgrade.deb >&2"); // a guest notices nothing
        assertEquals(
                "9.0 # mine # new",
                run(
                                "dpkg-query --show --showformat='${Version} ' jswtpm",
                                "head -qn1 /etc/swtpm_setup.conf /etc/swtpm-localca.options | tr '\\n' ' '")
                        .strip());
        assertEquals(authority, run("sha256sum /var/lib/swtpm-localca/*"));
        assertRuns("");

        run("dpkg --remove jswtpm", "! command -v swtpm");
        assertEquals(authority, run("sha256sum /var/lib/swtpm-localca/*"));
        run("test -e /etc/swtpm_setup.conf", "dpkg --purge jswtpm");
        Set<String> left = files();
        left.removeAll(before);
        assertEquals(Set.of(), left);
        assertEquals("", run("dpkg-query --list | grep swtpm || true"));
    }

    @Test
    void takesThePlaceOfDebiansPackagesAndGivesItBack() throws Exception {
        standIn("swtpm", "", "/usr/bin/swtpm");
        standIn(
                "swtpm-tools",
                "Depends: swtpm (= 0.7.1-1.3)\n",
                "/usr/bin/swtpm_localca",
                "/etc/swtpm_setup.conf",
                "/etc/swtpm-localca.conf");
        standIn("libvirt-like", "Depends: swtpm (>= 0.7), swtpm-tools\n", "/usr/bin/libvirt-like");
        run(
                "dpkg --install /tmp/swtpm.deb /tmp/swtpm-tools.deb /tmp/libvirt-like.deb",
                "echo '# mine' >/etc/swtpm_setup.conf",
                "mkdir /var/lib/swtpm-localca; echo key >/var/lib/swtpm-localca/signkey.pem");

        run(apt("/tmp/jswtpm.deb"));
        assertEquals("jswtpm libvirt-like", installed());
        run("swtpm --version", "test -s /var/lib/swtpm-localca/signkey.pem", "dpkg --purge swtpm swtpm-tools");
        assertEquals("# mine\n", run("cat /etc/swtpm_setup.conf"));
        assertTrue(run("cat /etc/swtpm-localca.conf").contains("signingkey"), "an unchanged file is not replaced");

        run(apt("/tmp/swtpm.deb", "/tmp/swtpm-tools.deb"), "dpkg --purge jswtpm");
        assertEquals("libvirt-like swtpm swtpm-tools", installed());
        assertEquals("# mine\n", run("cat /etc/swtpm_setup.conf"));
        run("test -s /var/lib/swtpm-localca/signkey.pem");
    }

    /**
     * Starts the daemon as libvirt's user, lets it answer on both channels, and sees that it uses its AOT cache.
     *
     * @param meanwhile what happens while it runs
     */
    private void assertRuns(String meanwhile) throws Exception {
        String output = run(
                "swtpm socket --daemon --tpm2 --runas tss --tpmstate dir=/tmp/vm --pid file=/tmp/vm/pid --flags"
                        + " startup-clear --server type=unixio,path=/tmp/vm/data --ctrl type=unixio,path=/tmp/vm/ctrl",
                "grep -om1 /usr/lib/jswtpm/lib/swtpm.aot /proc/$(cat /tmp/vm/pid)/maps",
                "stat --format=%U /proc/$(cat /tmp/vm/pid)",
                meanwhile,
                "swtpm_bios --tpm2 --unix /tmp/vm/data -n -cs",
                "swtpm_ioctl --unix /tmp/vm/ctrl --info 2",
                "swtpm_ioctl --unix /tmp/vm/ctrl -s");
        assertTrue(output.startsWith("/usr/lib/jswtpm/lib/swtpm.aot\ntss\n"), output);
        assertTrue(output.contains("\"model\":\"swtpm\""), output);
    }

    private void makeUpgrade() throws Exception {
        run(
                "cd /tmp; dpkg-deb --raw-extract jswtpm.deb upgrade; sed -i 's/^Version:.*/Version: 9.0/'"
                        + " upgrade/DEBIAN/control",
                "for file in swtpm_setup.conf swtpm-localca.options; do sed -i '1i# new' upgrade/etc/$file; done",
                "dpkg-deb -Znone --build upgrade upgrade.deb; rm -r upgrade");
    }

    /** A package that looks like one of Debian's. */
    private void standIn(String name, String fields, String... files) throws Exception {
        StringBuilder script =
                new StringBuilder("mkdir -p /tmp/stand-in/DEBIAN /tmp/stand-in/etc /tmp/stand-in/usr/bin\n");
        StringBuilder conffiles = new StringBuilder();
        for (String file : files) {
            script.append("echo ")
                    .append(name)
                    .append(" >/tmp/stand-in")
                    .append(file)
                    .append('\n');
            if (file.startsWith("/etc/")) {
                conffiles.append(file).append('\n');
            }
        }
        run(script.toString());
        Path control = debian.resolve("/tmp/stand-in/DEBIAN");
        Files.writeString(control.resolve("conffiles"), conffiles);
        Files.writeString(
                control.resolve("control"),
                "Package: " + name + "\nVersion: 0.7.1-1.3\nArchitecture: all\n" + fields
                        + "Maintainer: nobody <nobody@example.org>\nDescription: stand-in\n");
        run("dpkg-deb --build /tmp/stand-in /tmp/" + name + ".deb", "rm -r /tmp/stand-in");
    }

    private static String apt(String... packages) {
        return "apt-get install --yes -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "
                + String.join(" ", packages);
    }

    private String installed() throws Exception {
        return run("dpkg-query --show --showformat='${db:Status-Abbrev}${Package} \\n' | sed -n 's/^ii //p'"
                        + " | grep -E 'swtpm|libvirt' | tr -d '\\n'")
                .strip();
    }

    private Set<String> files() throws Exception {
        return run(LIST).lines().collect(Collectors.toCollection(TreeSet::new));
    }

    private String run(String... lines) throws IOException, InterruptedException {
        return debian.run(lines).requireSuccess().stdout();
    }
}
