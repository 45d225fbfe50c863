package org.jswtpm.systemtest.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;

/** A QEMU under a test's control and the daemon that is its TPM, both in a directory of their own. */
public final class Machine implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(300);

    private final SwtpmProcess swtpm;
    private final ChildProcess qemu;
    private final Qmp qmp;
    private final Orders orders;

    private Machine(SwtpmProcess swtpm, ChildProcess qemu, Path place) throws IOException, InterruptedException {
        this.swtpm = swtpm;
        this.qemu = qemu;
        qmp = Qmp.connect(qemu, place.resolve("qmp"));
        orders = new Orders(Qmp.awaitSocket(qemu, place.resolve("orders")));
    }

    /**
     * Starts both.
     *
     * @param place where they run, and where the guest was made for
     * @param swtpm the daemon's program and all options but that of its control channel
     * @param guest takes orders
     * @param options of QEMU, after those of the guest
     */
    public static Machine start(Path place, Swtpm swtpm, List<String> swtpmOptions, Guest guest, String... options)
            throws IOException, InterruptedException {
        Path control = place.resolve("swtpm-sock");
        List<String> daemon = new ArrayList<>(List.of("socket", "--ctrl", "type=unixio,path=" + control));
        daemon.addAll(swtpmOptions);
        List<String> more = new ArrayList<>(List.of("-qmp", "unix:qmp,server=on,wait=off"));
        more.addAll(List.of(options));
        SwtpmProcess process = swtpm.start(Files.createDirectories(place), new Endpoint.Unix(control), daemon);
        ChildProcess qemu = null;
        try {
            qemu = guest.start(control, more.toArray(String[]::new));
            return new Machine(process, qemu, place);
        } catch (IOException | AssertionError e) {
            if (qemu != null) {
                qemu.close();
            }
            process.close();
            throw e;
        }
    }

    /** The daemon. */
    public SwtpmProcess swtpm() {
        return swtpm;
    }

    /** QEMU itself. */
    public ChildProcess qemu() {
        return qemu;
    }

    /** QEMU's machine protocol. */
    public Qmp qmp() {
        return qmp;
    }

    /** What the guest is told to do. */
    public Orders orders() {
        return orders;
    }

    /** Ends QEMU, which ends the daemon by CMD_SHUTDOWN. */
    public void quit() throws IOException, InterruptedException {
        qmp.quit();
        assertEquals(0, qemu.awaitExit(LIMIT), qemu::describe);
        assertEquals(0, swtpm.awaitExit(), "the exit code after QEMU's CMD_SHUTDOWN");
    }

    @Override
    public void close() throws IOException {
        try (swtpm;
                qemu;
                qmp;
                orders) {
            // each is closed even if another fails
        }
    }
}
