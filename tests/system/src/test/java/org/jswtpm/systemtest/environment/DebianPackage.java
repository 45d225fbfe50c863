package org.jswtpm.systemtest.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A Debian package that a system test runs or reads, known by one file that it installs. */
public enum DebianPackage {
    APPARMOR("apparmor", "/usr/sbin", "apparmor_parser"),
    BASH_COMPLETION("bash-completion", "/usr/share/bash-completion", "bash_completion"),
    BUSYBOX_STATIC("busybox-static", "/usr/bin", "busybox"),
    CLEVIS_TPM2("clevis-tpm2", "/usr/bin", "clevis-encrypt-tpm2"),
    CRYPTSETUP("cryptsetup-bin", "/usr/sbin", "cryptsetup"),
    DPKG_DEV("dpkg-dev", "/usr/bin", "dpkg-shlibdeps"),
    GNUTLS_BIN("gnutls-bin", "/usr/bin", "p11tool"),
    LIBVIRT_CLIENTS("libvirt-clients", "/usr/bin", "virsh"),
    LIBVIRT_DAEMON_SYSTEM("libvirt-daemon-system", "/lib/systemd/system", "libvirtd.service"),
    LIBVIRT_DRIVER_QEMU(
            "libvirt-daemon-driver-qemu",
            "/usr/lib/x86_64-linux-gnu/libvirt/connection-driver",
            "libvirt_driver_qemu.so"),
    LIBXML2_UTILS("libxml2-utils", "/usr/bin", "xmllint"),
    LINTIAN("lintian", "/usr/bin", "lintian"),
    LINUX_IMAGE("linux-image-amd64", "/boot", "vmlinuz-*"),
    MANDOC("mandoc", "/usr/bin", "mandoc"),
    MAN_DB("man-db", "/usr/bin", "man"),
    MMDEBSTRAP("mmdebstrap", "/usr/bin", "mmdebstrap"),
    OPENSSL("openssl", "/usr/bin", "openssl"),
    OVMF("ovmf", "/usr/share/ovmf", "OVMF.fd"),
    QEMU("qemu-system-x86", "/usr/bin", "qemu-system-x86_64"),
    QEMU_UTILS("qemu-utils", "/usr/bin", "qemu-img"),
    SEABIOS("seabios", "/usr/share/seabios", "bios-256k.bin"),
    SOFTHSM2("softhsm2", "/usr/bin", "softhsm2-util"),
    STRACE("strace", "/usr/bin", "strace"),
    SWTPM("swtpm", "/usr/bin", "swtpm"),
    SWTPM_TOOLS("swtpm-tools", "/usr/bin", "swtpm_setup"),
    SYSTEMD("systemd", "/usr/bin", "systemd-analyze"),
    TPM2_OPENSSL("tpm2-openssl", "/usr/lib/x86_64-linux-gnu/ossl-modules", "tpm2.so"),
    TPM2_TOOLS("tpm2-tools", "/usr/bin", "tpm2_getcap"),
    TPM_TOOLS("tpm-tools", "/usr/sbin", "tpm_takeownership"),
    TROUSERS("trousers", "/usr/sbin", "tcsd"),
    TSS2("tss2", "/usr/bin", "tssstartup");

    private final String packageName;
    private final Path directory;
    private final String filePattern;

    DebianPackage(String packageName, String directory, String filePattern) {
        this.packageName = packageName;
        this.directory = Path.of(directory);
        this.filePattern = filePattern;
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

    /** Whether {@link #file()} is there. */
    public boolean isInstalled() {
        return find().isPresent();
    }

    private Optional<Path> find() {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Path last = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, filePattern)) {
            for (Path file : files) {
                if (last == null || file.compareTo(last) > 0) {
                    last = file;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(last);
    }
}
