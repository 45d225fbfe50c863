package org.jswtpm.systemtest;

import static org.jswtpm.systemtest.environment.DebianPackage.STRACE;
import static org.jswtpm.systemtest.environment.DebianPackage.SWTPM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.ChildProcess;
import org.jswtpm.systemtest.process.Completed;
import org.jswtpm.systemtest.process.ControlChannel;
import org.jswtpm.systemtest.process.Endpoint;
import org.jswtpm.systemtest.process.PortPair;
import org.jswtpm.systemtest.process.Swtpm;
import org.jswtpm.systemtest.process.SwtpmProcess;
import org.jswtpm.systemtest.process.TpmChannel;
import org.jswtpm.systemtest.tpm.Tpm2Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code swtpm socket} listens, and for whom. */
class ListeningIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(5);

    @TempDir
    private Path directory;

    private OptionLine line;
    private Path state;

    @BeforeEach
    void makeState() throws IOException {
        line = new OptionLine(Swtpm.underTest(), directory);
        state = Files.createDirectory(directory.resolve("state"));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void socketsHaveTheirModesAndOwners() throws Exception {
        try (SwtpmProcess swtpm = line.start(
                        List.of(),
                        "--tpm2 --tpmstate dir=@state --ctrl type=unixio,path=@ctrl,mode=0600,uid=%1$s,gid=%2$s --server type=unixio,path=@data,mode=0606,uid=%1$s,gid=%2$s"
                                .formatted(
                                        Files.getAttribute(state, "unix:uid"), Files.getAttribute(state, "unix:gid")),
                        line.unix("ctrl"));
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            assertEquals("rw-------", mode(directory.resolve("ctrl")));
            assertEquals("rw----rw-", mode(directory.resolve("data")));
        }
    }

    /** Such a directory is libvirt's, and there the socket is made within one of its own, which must be gone, too. */
    @ParameterizedTest
    @CsvSource({"0, root", "077, root", "0777, root", "0, nobody", "077, nobody", "0777, nobody"})
    void modeDoesNotDependOnTheUmaskWhereOthersMayWrite(String umask, String user) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        Path common = Files.createDirectory(directory.resolve("common"));
        give(common, user.equals("root") ? "nobody" : "root", user.equals("root") ? "rwxrwx--x" : "rwxrwx-wx");
        give(state, user, "rwx------");
        give(directory, "root", "rwxr-xr-x");
        String options =
                "--tpm2 --tpmstate dir=@state --runas " + user + " --ctrl type=unixio,path=@common/ctrl,mode=0613"
                        + " --server type=unixio,path=@common/data,mode=0606";
        try (SwtpmProcess swtpm = line.start(
                        List.of("sh", "-c", "umask " + umask + "; exec \"$0\" \"$@\""),
                        options,
                        line.unix("common/ctrl"));
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.init());
            assertEquals(Set.of("ctrl", "data"), Set.of(common.toFile().list()));
            assertEquals("rw---x-wx", mode(common.resolve("ctrl")));
            assertEquals("rw----rw-", mode(common.resolve("data")));
            assertEquals(user, Files.getOwner(common.resolve("ctrl")).getName());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
        assertEquals(Set.of(), Set.of(common.toFile().list()));
    }

    private static void give(Path file, String owner, String mode) throws IOException {
        Files.setOwner(
                file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server type=tcp,port=%d,disconnect",
                "--server port=%d,bindaddr=127.0.0.1,disconnect=true",
                "--port %d",
                "-p %d"
            })
    void connectionIsClosedAfterEachResponse(String server) throws Exception {
        PortPair ports = PortPair.free();
        String options = "--tpm2 --tpmstate dir=@state --flags startup-clear --ctrl type=tcp,port=" + ports.control()
                + ",bindaddr=127.0.0.1 " + server.formatted(ports.data());
        try (SwtpmProcess _ = line.start(List.of(), options, new Endpoint.Tcp(ports.control()))) {
            for (int i = 0; i < 2; i++) {
                try (SocketChannel socket = new Endpoint.Tcp(ports.data()).connect()) {
                    TpmChannel tpm = TpmChannel.over(socket);
                    tpm.transmit(Tpm2Command.readClock()).requireSuccess();
                    assertTrue(tpm.isClosed());
                }
            }
        }
    }

    /** A client that waits for the control channel finds the other one there. */
    @Test
    void opensTheControlChannelLast() throws Exception {
        PortPair ports = PortPair.free();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket _ = new ServerSocket(ports.data(), 1, loopback);
                ServerSocket _ = new ServerSocket(ports.control(), 1, loopback)) {
            Completed refused =
                    line.run("--tpm2 --tpmstate dir=@state --ctrl type=tcp,port=%d --server type=tcp,port=%d"
                            .formatted(ports.control(), ports.data()));
            assertEquals(1, refused.exitCode(), refused::toString);
            assertTrue(
                    refused.stderr().contains("port " + ports.data() + ": Address already in use"), refused::toString);
        }
    }

    /** Not with one of IPv6 that serves both, as the JDK would by itself: who looks for the port with {@code ss -4} finds it. */
    @Test
    void listensAtAnIpv4AddressWithASocketOfIpv4() throws Exception {
        int port = PortPair.free().data();
        String options = "--tpm2 --tpmstate dir=@state --ctrl type=tcp,port=" + port;
        try (SwtpmProcess _ = line.start(List.of(), options, new Endpoint.Tcp(port))) {
            String sockets = Files.readString(Path.of("/proc/net/tcp"));
            assertTrue(sockets.contains("0100007F:%04X 00000000:0000 0A".formatted(port)), sockets);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1"})
    void listensAtTheAddressThatIsSaid(String address) throws Exception {
        assumeTrue(isOfThisMachine(address), "this machine has no IPv6");
        listensAt(address, "");
    }

    private static boolean isOfThisMachine(String address) throws IOException {
        try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return true;
        } catch (BindException _) {
            return false;
        }
    }

    /** An address of the link is one only with its interface. */
    @Test
    void listensAtAnAddressOfTheLink() throws Exception {
        Optional<Inet6Address> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .flatMap(address -> address instanceof Inet6Address six ? Stream.of(six) : Stream.empty())
                .filter(InetAddress::isLinkLocalAddress)
                .findFirst();
        assumeTrue(found.isPresent(), "no interface of this machine has an IPv6 address of its link");
        Inet6Address address = found.get();
        String name = address.getHostAddress().replaceFirst("%.*", "");
        listensAt(name, ",ifname=" + address.getScopedInterface().getName());
        String refused = line.run("--tpm2 --tpmstate dir=@state --ctrl type=tcp,port=2322,bindaddr=" + name)
                .stderr();
        assertTrue(refused.contains("ifname="), refused);
    }

    private void listensAt(String address, String more) throws Exception {
        String host = address + more.replace(",ifname=", "%");
        PortPair ports = PortPair.free();
        String options =
                "--tpm2 --tpmstate dir=@state --server type=tcp,port=%d,bindaddr=%s --ctrl type=tcp,port=%d,bindaddr=%s"
                        .formatted(ports.data(), address + more, ports.control(), address + more);
        try (SwtpmProcess swtpm = line.start(List.of(), options, new Endpoint.Tcp(host, ports.control()));
                ControlChannel control = swtpm.control();
                TpmChannel tpm = TpmChannel.over(new Endpoint.Tcp(host, ports.data()).connect())) {
            assertEquals(0, control.init());
            tpm.transmit(Tpm2Command.startupClear()).requireSuccess();
            assertThrows(ConnectException.class, () -> new Endpoint.Tcp(ports.control()).connect());
            assertEquals(0, control.shutdown());
            assertEquals(0, swtpm.awaitExit());
        }
    }

    @ParameterizedTest
    @CsvSource({"'--ctrl type=unixio,path=@ctrl,terminate', ctrl", "'-t --ctrl type=unixio,path=@ctrl', data"})
    void endsWithItsClient(String options, String client) throws Exception {
        String all = "--tpm2 --tpmstate dir=@state --server type=unixio,path=@data " + options;
        try (ChildProcess swtpm = ChildProcess.start(directory, Map.of(), line.command(all))) {
            connect(swtpm, line.unix(client)).close();
            assertEquals(0, swtpm.awaitExit(LIMIT));
        }
    }

    /** The first connection there is: its end is what the daemon waits for. */
    private static SocketChannel connect(ChildProcess swtpm, Endpoint endpoint) throws InterruptedException {
        while (true) {
            try {
                return endpoint.connect();
            } catch (IOException e) {
                if (swtpm.endsWithin(RETRY)) {
                    throw new AssertionError(swtpm.describe(), e);
                }
            }
        }
    }

    @Test
    @Needs({STRACE, SWTPM})
    void aSocketHasItsModeBeforeAnybodyCanConnect() throws Exception {
        setsModeFirst(Swtpm.reference());
        setsModeFirst(Swtpm.underTest());
    }

    private void setsModeFirst(Swtpm program) throws Exception {
        Path calls = directory.resolve("calls");
        Path socket = directory.resolve("ctrl");
        List<String> command = List.of(
                "strace",
                "-f",
                "-e",
                "trace=chmod,fchmodat,listen",
                "-o",
                calls.toString(),
                program.executable().toString(),
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + directory,
                "--ctrl",
                "type=unixio,mode=0601,path=" + socket);
        try (SwtpmProcess swtpm = SwtpmProcess.start(directory, command, new Endpoint.Unix(socket));
                ControlChannel control = swtpm.control()) {
            assertEquals(0, control.shutdown());
            swtpm.awaitExit();
        }
        String whenListening = "";
        String mode = "";
        for (String call : Files.readAllLines(calls)) {
            if (call.contains("chmod") && call.contains(socket.toString())) {
                mode = call.replaceAll(".*, (\\d+)\\).*", "$1");
            } else if (call.contains("listen(")) {
                whenListening = mode;
            }
        }
        assertEquals("0601", whenListening);
    }
}
