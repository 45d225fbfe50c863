package org.jswtpm.systemtest.libvirt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jswtpm.systemtest.environment.DebianPackage;

/**
 * A guest as libvirt describes it.
 *
 * @param name its name
 * @param memory how much it has, in MiB
 * @param boot what it boots, an element of {@code os}; empty for nothing
 * @param devices its devices
 */
public record Domain(String name, int memory, String boot, String devices) {
    private static final int SMALL = 32;
    private static final int LINUX = 256;

    /** A guest that stays in its firmware. */
    public static Domain without(String name, String tpm) {
        return new Domain(name, SMALL, "", tpm);
    }

    /**
     * A guest that boots Linux.
     *
     * @param directory where {@code vmlinuz} and {@code initramfs} are, and where {@code report} is written
     * @param kernelParameters what the kernel is told
     */
    public static Domain linux(String name, Path directory, String kernelParameters, String devices) {
        String boot = "<kernel>" + directory.resolve("vmlinuz") + "</kernel><initrd>" + directory.resolve("initramfs")
                + "</initrd><cmdline>" + kernelParameters + "</cmdline>";
        return new Domain(
                name, LINUX, boot, devices + serial(directory, "console", 0) + serial(directory, "report", 1));
    }

    private static String serial(Path directory, String file, int port) {
        return "<serial type='file'><source path='" + directory.resolve(file) + "' append='on'/><target port='" + port
                + "'/></serial>";
    }

    /** A disk in the format that keeps snapshots. */
    public static String disk(Path image) {
        return "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='" + image
                + "'/><target dev='vda' bus='virtio'/></disk>";
    }

    /** What libvirt knows it by, whatever its name. */
    UUID uuid() {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The domain in libvirt's XML. */
    String xml() {
        return """
            <domain type='qemu'>
              <name>%s</name>
              <uuid>%s</uuid>
              <memory unit='MiB'>%d</memory>
              <vcpu>1</vcpu>
              <os><type arch='x86_64' machine='q35'>hvm</type>%s</os>
              <features><acpi/></features>
              <on_reboot>destroy</on_reboot>
              <devices>
                <emulator>%s</emulator>
                <controller type='usb' model='none'/>
                <memballoon model='none'/>
                %s
              </devices>
            </domain>
            """.formatted(name, uuid(), memory, boot, DebianPackage.QEMU.file(), devices);
    }
}
