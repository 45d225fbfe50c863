package org.jswtpm.systemtest.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Debian package that a system test runs or reads, known by one file that it installs: that of etc/test-packages.list. */
public enum DebianPackage {
    APPARMOR("apparmor"),
    BASH_COMPLETION("bash-completion"),
    BUSYBOX_STATIC("busybox-static"),
    CLEVIS_TPM2("clevis-tpm2"),
    CRYPTSETUP("cryptsetup-bin"),
    DPKG_DEV("dpkg-dev"),
    GNUTLS_BIN("gnutls-bin"),
    LIBVIRT_CLIENTS("libvirt-clients"),
    LIBVIRT_DAEMON_SYSTEM("libvirt-daemon-system"),
    LIBVIRT_DRIVER_QEMU("libvirt-daemon-driver-qemu"),
    LIBXML2_UTILS("libxml2-utils"),
    LINTIAN("lintian"),
    LINUX_IMAGE("linux-image-amd64"),
    MANDOC("mandoc"),
    MAN_DB("man-db"),
    MMDEBSTRAP("mmdebstrap"),
    OPENSSL("openssl"),
    OVMF("ovmf"),
    QEMU("qemu-system-x86"),
    QEMU_UTILS("qemu-utils"),
    SEABIOS("seabios"),
    SOFTHSM2("softhsm2"),
    STRACE("strace"),
    SWTPM("swtpm"),
    SWTPM_TOOLS("swtpm-tools"),
    SYSTEMD("systemd"),
    TPM2_OPENSSL("tpm2-openssl"),
    TPM2_TOOLS("tpm2-tools"),
    TPM_TOOLS("tpm-tools"),
    TROUSERS("trousers"),
    TSS2("tss2");

    private final String packageName;
    private final Path file;

    DebianPackage(String packageName) {
        this.packageName = packageName;
        this.file = PackageList.fileOf(packageName);
    }

    /** The name that {@code apt-get install} takes. */
    public String packageName() {
        return packageName;
    }

    /**
     * The file that the package is wanted for; of several kernels the last by name.
     *
     * @throws IllegalStateException if the package is not installed
     */
    public Path file() {
        return find().orElseThrow(() -> new IllegalStateException("Debian package " + packageName + " is missing"));
    }

    /** Whether {@link #file()} is there, and this user may read it: some systems keep their kernels to root. */
    public boolean isInstalled() {
        return find().isPresent();
    }

    private Optional<Path> find() {
        List<Path> found = List.of(Path.of("/"));
        for (Path name : file) {
            List<Path> next = new ArrayList<>();
            for (Path directory : found) {
                next.addAll(matches(directory, name.toString()));
            }
            found = next;
        }
        return found.stream().filter(Files::isReadable).max(Path::compareTo);
    }

    private static List<Path> matches(Path directory, String pattern) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
            List<Path> matches = new ArrayList<>();
            files.forEach(matches::add);
            return matches;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
