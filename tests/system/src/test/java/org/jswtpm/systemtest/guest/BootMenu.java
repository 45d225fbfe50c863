package org.jswtpm.systemtest.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.process.ChildProcess;

/** A machine with nothing to boot, whose user changes its TPM in SeaBIOS' menus, on the serial console. */
public final class BootMenu implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String OFFER = "Press ESC for boot menu.";
    private static final String TPM_OFFER = "t. TPM Configuration";
    private static final String END_OF_MENU = "reboot the machine.";
    private static final char ESC = 0x1b;

    private final ChildProcess qemu;
    private final Qmp qmp;
    private final SocketChannel console;
    private final Reader screen;

    private BootMenu(ChildProcess qemu, Path place) throws IOException, InterruptedException {
        this.qemu = qemu;
        qmp = Qmp.connect(qemu, place.resolve("qmp"));
        console = Qmp.awaitSocket(qemu, place.resolve("console"));
        screen = new InputStreamReader(Channels.newInputStream(console), StandardCharsets.ISO_8859_1);
        qmp.cont();
    }

    /** Switches a machine on in a directory of the test, with a TPM whose control channel is a Unix socket. */
    public static BootMenu start(Path place, Path controlSocket) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(DebianPackage.QEMU.file().toString()));
        command.addAll(words("-machine q35,accel=tcg,graphics=off -m 64 -display none -monitor none -net none"));
        command.addAll(words("-qmp unix:qmp,server=on,wait=off -serial unix:console,server=on,wait=off"));
        command.addAll(words("-boot menu=on,splash-time=60000 -S")); // until the console is connected
        command.addAll(Guest.tpmOptions(TpmDevice.TPM_TIS, controlSocket));
        ChildProcess qemu = ChildProcess.start(place, Map.of(), command);
        try {
            return new BootMenu(qemu, place);
        } catch (IOException | AssertionError e) {
            qemu.close();
            throw e;
        }
    }

    /** Opens the TPM's menu of a machine that starts, or starts again: what the menu says. */
    public String open() throws IOException {
        await(OFFER);
        type(ESC);
        await(TPM_OFFER);
        return choose('t');
    }

    /** Presses a key that leads to the menu again: what it says then. */
    public String choose(char key) throws IOException {
        return choose(key, END_OF_MENU);
    }

    /** Presses a key and waits for the end of another menu: what that says. */
    public String choose(char key, String end) throws IOException {
        type(key);
        return await(end);
    }

    /** Presses a key after which the machine starts again. */
    public void restart(char key) throws IOException {
        type(key);
    }

    /** Leaves the menu, after which the machine starts again. */
    public void leave() throws IOException {
        type(ESC);
    }

    /** Ends QEMU. */
    public void quit() throws IOException, InterruptedException {
        qmp.quit();
        assertEquals(0, qemu.awaitExit(LIMIT), qemu::describe);
    }

    private void type(char key) throws IOException {
        console.write(ByteBuffer.wrap(new byte[] {(byte) key}));
    }

    private String await(String end) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(end) < 0) {
            int next = screen.read();
            if (next < 0) {
                throw new AssertionError("the machine has ended without \"" + end + "\":\n" + seen);
            }
            seen.append((char) next);
        }
        return seen.toString();
    }

    private static List<String> words(String options) {
        return List.of(options.split(" "));
    }

    @Override
    public void close() throws IOException {
        try (qemu;
                qmp;
                console) {
            // each is closed even if another fails
        }
    }
}
