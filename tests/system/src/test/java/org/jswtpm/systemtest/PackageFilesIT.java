package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.APPARMOR;
import static org.jswtpm.systemtest.environment.DebianPackage.DPKG_DEV;
import static org.jswtpm.systemtest.environment.DebianPackage.LINTIAN;
import static org.jswtpm.systemtest.environment.DebianPackage.SYSTEMD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.BuiltPackages;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the Debian package, as the tools that Debian has for it see it. */
class PackageFilesIT {
    @TempDir
    private static Path directory;

    private static Path root;

    @BeforeAll
    static void unpack() throws Exception {
        root = directory.resolve("root");
        run("dpkg-deb", "--extract", BuiltPackages.debianPackage().toString(), root.toString());
    }

    @Test
    @Needs(LINTIAN)
    void lintianHasNothingToSay() throws Exception {
        Completed checked = run(
                "lintian",
                "--fail-on=error,warning",
                "--tag-display-limit=0",
                BuiltPackages.debianPackage().toString());
        assertEquals("", checked.stdout());
    }

    @Test
    @Needs(DPKG_DEV)
    void dependsOnTheLibrariesThatItUses() throws Exception {
        Files.createDirectory(directory.resolve("debian"));
        Files.writeString(
                directory.resolve("debian/control"), "Source: jswtpm\n\nPackage: jswtpm\nArchitecture: any\n");
        String libraries = root + "/usr/lib/jswtpm/runtime/lib";
        String computed = shell(
                "find " + root + "/usr/lib/jswtpm \\( -name '*.so' -o -path '*/runtime/bin/*' -o -name 'j*e[cr]' \\)"
                        + " -type f | xargs dpkg-shlibdeps -O --warnings=0 --ignore-missing-info -l" + libraries + " -l"
                        + libraries + "/server");
        assertEquals("shlibs:Depends=" + field("Depends").replace("adduser, ", ""), computed.strip());
    }

    /** Systems whose /var is made anew at each start get from systemd what the others get when the package is installed. */
    @Test
    @Needs(SYSTEMD)
    void systemdMakesTheSameUserAndDirectory() throws Exception {
        run("systemd-sysusers", "--root=" + root, "jswtpm.conf");
        String user = Files.readString(root.resolve("etc/passwd")).strip();
        assertTrue(user.matches("tss:x:[0-9]+:[0-9]+:TPM software stack:/var/lib/tpm:/usr/sbin/nologin"), user);

        run("systemd-tmpfiles", "--root=" + root, "--create", "jswtpm.conf");
        String[] ids = user.split(":");
        assertEquals(
                "drwxr-x--- " + ids[2] + " 0\n", shell("stat --format='%A %u %g' " + root + "/var/lib/swtpm-localca"));
    }

    @Test
    @Needs(APPARMOR)
    void apparmorAcceptsTheProfile() throws Exception {
        run("apparmor_parser", "--skip-cache", "--skip-kernel-load", root + "/etc/apparmor.d/usr.bin.swtpm");
    }

    private static String field(String name) throws Exception {
        return run("dpkg-deb", "--field", BuiltPackages.debianPackage().toString(), name)
                .stdout()
                .strip();
    }

    private static String shell(String script) throws Exception {
        return run("sh", "-euc", script).stdout();
    }

    private static Completed run(String... command) throws Exception {
        return ChildProcess.run(directory, Map.of(), List.of(command)).requireSuccess();
    }
}
