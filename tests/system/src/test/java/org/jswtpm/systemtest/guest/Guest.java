package org.jswtpm.systemtest.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.process.ChildProcess;

/** A guest of one CPU that boots Debian's kernel, reports on its TPM, runs TPM commands and switches itself off. */
public final class Guest {
    /** What Debian's kernel is told. */
    public static final String KERNEL_PARAMETERS = "console=ttyS0 quiet panic=-1";

    private static final Duration BOOT_LIMIT = Duration.ofSeconds(300);

    private final Path directory;
    private final Firmware firmware;
    private final NavigableMap<String, byte[]> commands = new TreeMap<>();
    private final GuestPrograms programs = new GuestPrograms();
    private final NavigableMap<String, byte[]> orders = new TreeMap<>();

    /** A guest whose files lie in a directory of the test. */
    public Guest(Path directory, Firmware firmware) {
        this.directory = directory;
        this.firmware = firmware;
    }

    /**
     * Adds a TPM command that the guest writes to /dev/tpm0; the commands run in the order of their names. If one whose
     * name ends in "-or-reboot" fails, the guest does not switch itself off after the last but boots once more. Those
     * whose names end in "-again" run again every second, and the guest never switches itself off.
     */
    public Guest command(String name, byte[] command) {
        commands.put(name, command);
        return this;
    }

    /** Adds a line of shell, whose output the guest reports, among the commands; the name has to end in ".sh". */
    public Guest script(String name, String line) {
        return command(name, line.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file of this machine, a program or a library, under its own path, with the libraries that it needs. */
    public Guest program(Path file) throws IOException, InterruptedException {
        programs.add(file);
        return this;
    }

    /** Adds a directory of this machine under its own path, with all that is in it and the libraries that this needs. */
    public Guest tree(Path root) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                programs.add(file);
            }
        }
        return this;
    }

    /** Adds a command or script that the guest runs when the test asks for it by {@link Orders}, after all others. */
    public Guest onOrder(String name, byte[] command) {
        orders.put(name, command);
        return this;
    }

    /** Boots with a TPM whose control channel is a Unix socket, and waits until the guest is off. */
    public GuestReport boot(TpmDevice device, Path controlSocket) throws IOException, InterruptedException {
        return boot(tpmOptions(device, controlSocket));
    }

    /** Boots with QEMU's TPM options given, and waits until the guest is off. */
    public GuestReport boot(List<String> tpmOptions) throws IOException, InterruptedException {
        try (ChildProcess qemu = start(tpmOptions)) {
            int exitCode = qemu.awaitExit(BOOT_LIMIT);
            assertEquals(0, exitCode, qemu::describe);
            return GuestReport.parse(report());
        }
    }

    /** Starts QEMU with a tpm-tis, a control channel by its path, and more options. */
    public ChildProcess start(Path controlSocket, String... moreOptions) throws IOException {
        List<String> options = new ArrayList<>(tpmOptions(TpmDevice.TPM_TIS, controlSocket));
        options.addAll(List.of(moreOptions));
        return start(options);
    }

    /** What the guest has written until now; nothing before it runs. */
    public String report() throws IOException {
        Path report = directory.resolve("report");
        return Files.exists(report) ? Files.readString(report, StandardCharsets.ISO_8859_1) : "";
    }

    private ChildProcess start(List<String> tpmOptions) throws IOException {
        writeInitramfs();
        return ChildProcess.start(directory, Map.of(), commandLine(tpmOptions));
    }

    /** Writes what the guest boots into its directory. */
    public void writeInitramfs() throws IOException {
        Files.write(directory.resolve("initramfs"), initramfs());
    }

    static List<String> tpmOptions(TpmDevice device, Path controlSocket) {
        return words("-chardev socket,id=chrtpm,path=" + controlSocket
                + " -tpmdev emulator,id=tpm0,chardev=chrtpm -device " + device.qemuName() + ",tpmdev=tpm0");
    }

    private List<String> commandLine(List<String> tpmOptions) {
        List<String> command = new ArrayList<>(List.of(DebianPackage.QEMU.file().toString()));
        command.addAll(words("-machine q35,accel=tcg -cpu qemu64 -m 256 -display none -monitor none -net none"));
        command.addAll(words("-serial file:console -initrd initramfs"));
        command.addAll(words(
                orders.isEmpty()
                        ? "-serial file:report"
                        : "-chardev socket,id=report,path=orders,server=on,wait=off,logfile=report -serial"
                                + " chardev:report"));
        command.addAll(List.of("-kernel", DebianPackage.LINUX_IMAGE.file().toString()));
        command.addAll(List.of("-append", KERNEL_PARAMETERS));
        if (commands.keySet().stream().noneMatch(name -> name.endsWith("-or-reboot"))) {
            command.add("-no-reboot"); // a kernel panic ends the guest
        }
        command.addAll(firmware.options());
        command.addAll(tpmOptions);
        return command;
    }

    private static List<String> words(String options) {
        return List.of(options.split(" "));
    }

    private byte[] initramfs() throws IOException {
        CpioArchive archive = new CpioArchive()
                .directory("dev")
                .characterDevice("dev/console", 5, 1)
                .directory("bin")
                .file("bin/busybox", Files.readAllBytes(DebianPackage.BUSYBOX_STATIC.file()))
                .file("init", init())
                .directory("commands");
        commands.forEach((name, command) -> archive.file("commands/" + name, command));
        programs.copyTo(archive);
        if (!orders.isEmpty()) {
            archive.directory("orders");
            orders.forEach((name, command) -> archive.file("orders/" + name, command));
        }
        return archive.octets();
    }

    private static byte[] init() throws IOException {
        try (InputStream script = Guest.class.getResourceAsStream("init.sh")) {
            return script.readAllBytes();
        }
    }
}
