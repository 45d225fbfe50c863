package org.jswtpm.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketPair;
import org.newsclub.net.unix.FileDescriptorCast;

/** Sockets that are open when the daemon starts; here they are this VM's own. */
class InheritedSocketsTest {
    private static final String STARTUP = "8001 0000000c 00000144 0000";
    /** What {@link ScriptedTpm} answers: the locality and the command. */
    private static final String GOOD = "800100000017000000000080010000000c000001440000";

    @TempDir
    Path directory;

    private static int number(FileDescriptor descriptor) throws IOException {
        return FileDescriptorCast.using(descriptor).as(Integer.class);
    }

    /** A descriptor that nobody in this VM owns, as after exec; the one that was given is closed. */
    private static int handDown(FileDescriptor descriptor) throws IOException {
        FileDescriptor ours = FileDescriptorCast.duplicating(descriptor).as(FileDescriptor.class);
        new FileOutputStream(descriptor).close();
        return number(ours);
    }

    /** A Unix socket that listens at {@code directory/ctrl}, where {@link InProcessDaemon#connect} looks for it. */
    private AFUNIXServerSocketChannel listening() throws IOException {
        AFUNIXServerSocketChannel channel = AFUNIXServerSocketChannel.open();
        channel.bind(AFUNIXSocketAddress.of(directory.resolve("ctrl")), 1);
        channel.configureBlocking(false);
        return channel;
    }

    /** The socket library closes descriptors whose owner it finds unreachable. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), queue);
        do {
            System.gc();
        } while (queue.remove(10) == null);
        canary.clear();
    }

    @Test
    void controlClientsConnectToASocketOfSystemdsAndItsPathStays() throws Exception {
        AFUNIXServerSocketChannel channel = listening();
        try (InProcessDaemon daemon = InProcessDaemon.startWithout(
                        directory, "--ctrl", "type=unixio,fd=" + handDown(channel.getFileDescriptor()));
                Wire ctrl = daemon.connect();
                Wire second = daemon.connect()) {
            assertEquals(ControlChannelContract.SUCCESS, second.ask(ControlChannelContract.INIT, 4));
            collectGarbage();
            try (Wire data = ctrl.setDataFd()) {
                assertEquals(GOOD, data.command(STARTUP));
            }
            assertEquals(ControlChannelContract.SUCCESS, ctrl.ask(ControlChannelContract.SHUTDOWN, 4));
            assertEquals(0, daemon.awaitEnd());
        }
        assertTrue(Files.exists(directory.resolve("ctrl")));
    }

    @Test
    void aConnectedControlClientIsServedAndItsEndCanEndTheProcess() throws Exception {
        AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        int fd = handDown(pair.getSocket1().getFileDescriptor());
        try (InProcessDaemon daemon =
                        InProcessDaemon.startWithout(directory, "--ctrl", "type=unixio,clientfd=" + fd + ",terminate");
                Wire ctrl = Wire.of(pair.getSocket2())) {
            assertEquals(ControlChannelContract.SUCCESS, ctrl.ask(ControlChannelContract.INIT, 4));
            try (Wire data = ctrl.setDataFd()) {
                assertEquals(GOOD, data.command(STARTUP));
            }
            ctrl.close();
            assertEquals(0, daemon.awaitEnd());
        }
    }

    /** As upstream's test_clientfds.py starts it. */
    @Test
    @Timeout(60)
    void bothChannelsTakeDatagramsToo() throws Exception {
        AFUNIXSocketPair<AFUNIXDatagramChannel> control = AFUNIXSocketPair.openDatagram();
        AFUNIXSocketPair<AFUNIXDatagramChannel> commands = AFUNIXSocketPair.openDatagram();
        String[] words = {
            "--ctrl",
            "type=unixio,clientfd=" + handDown(control.getSocket1().getFileDescriptor()),
            "--fd",
            Integer.toString(handDown(commands.getSocket1().getFileDescriptor()))
        };
        try (InProcessDaemon _ = InProcessDaemon.startWithout(directory, words);
                AFUNIXDatagramChannel ctrl = control.getSocket2();
                AFUNIXDatagramChannel data = commands.getSocket2()) {
            assertEquals(ControlChannelContract.SUCCESS, ask(ctrl, ControlChannelContract.INIT));
            assertEquals(GOOD, ask(data, STARTUP));
            assertEquals(GOOD, ask(data, STARTUP));
        }
    }

    private static String ask(AFUNIXDatagramChannel channel, String hex) throws IOException {
        channel.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
        ByteBuffer answer = ByteBuffer.allocate(256);
        int size = channel.read(answer);
        return HexFormat.of().formatHex(answer.array(), 0, size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fd %d", "-f%d", "--server type=tcp,fd=%d"})
    void aConnectedDataClientIsTheOnlyOneAndItsEndEndsTheProcess(String option) throws Exception {
        AFUNIXSocketPair<AFUNIXSocketChannel> pair = AFUNIXSocketPair.open();
        int fd = handDown(pair.getSocket1().getFileDescriptor());
        String[] words = (option.replace("%d", Integer.toString(fd)) + " --flags not-need-init").split(" ");
        try (InProcessDaemon daemon = InProcessDaemon.startWithout(directory, words);
                Wire data = Wire.of(pair.getSocket2())) {
            assertEquals(GOOD, data.command(STARTUP));
            collectGarbage();
            data.send(STARTUP.substring(0, 9));
            assertTrue(data.isSilentFor(50));
            assertEquals(GOOD, data.command(STARTUP.substring(9)));
            data.close();
            assertEquals(0, daemon.awaitEnd());
        }
    }

    @Test
    void dataClientsConnectToASocketThatListensAlready() throws Exception {
        AFUNIXServerSocketChannel channel = listening();
        try (InProcessDaemon daemon = InProcessDaemon.startWithout(
                directory,
                "--server",
                "type=unixio,fd=" + handDown(channel.getFileDescriptor()),
                "--flags",
                "not-need-init")) {
            for (int i = 0; i < 2; i++) {
                try (Wire data = daemon.connect()) {
                    assertEquals(GOOD, data.command(STARTUP));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ctrl type=unixio,fd=",
                "--ctrl type=tcp,fd=",
                "--ctrl type=unixio,clientfd=",
                "--server fd=",
                "-f"
            })
    void refusesADescriptorOfAFileOrOfNothing(String option) throws Exception {
        try (FileOutputStream file =
                new FileOutputStream(directory.resolve("file").toFile())) {
            int fd = number(file.getFD());
            String[] words = (option + fd + " --flags not-need-init").split(" ");
            IOException e = assertThrows(IOException.class, () -> InProcessDaemon.startWithout(directory, words));
            assertTrue(e.getMessage().startsWith("Bad filedescriptor " + fd + " for "), e.getMessage());
        }
        String[] words = (option + "999999 --flags not-need-init").split(" ");
        IOException e = assertThrows(IOException.class, () -> InProcessDaemon.startWithout(directory, words));
        assertTrue(e.getMessage().endsWith("it is not open"), e.getMessage());
    }
}
