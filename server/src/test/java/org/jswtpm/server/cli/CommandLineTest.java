package org.jswtpm.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.CommandLine.Request;
import org.jswtpm.server.cli.Settings.Backend;
import org.jswtpm.server.cli.Settings.Confinement;
import org.jswtpm.server.cli.Settings.EndpointKind;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.KeySource;
import org.jswtpm.server.cli.Settings.Pcap;
import org.jswtpm.server.cli.Settings.Profile;
import org.jswtpm.server.cli.Settings.SeccompAction;
import org.jswtpm.server.cli.Settings.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String CTRL = " --ctrl type=unixio,path=/run/s";

    private static CommandLine parse(String words) throws UsageException {
        return CommandLine.parse(InterfaceType.SOCKET, ("socket " + words).split(" "), 1, "2321", "/var/lib/env");
    }

    private static Settings settings(String words) throws UsageException {
        return parse(words).settings();
    }

    @Test
    void readsTheSeedCommandLine() throws UsageException {
        Settings settings = settings(
                "--tpm2 --tpmstate dir=/tmp/mytpm1 --ctrl type=unixio,path=/tmp/mytpm1/swtpm-sock" + " --log level=20");

        assertEquals("/tmp/mytpm1", settings.state().location());
        assertEquals(-1, settings.state().mode());
        assertTrue(settings.state().lock());
        assertEquals("/tmp/mytpm1/swtpm-sock", settings.ctrl().path());
        assertEquals(0770, settings.ctrl().mode());
        assertEquals(20, settings.log().level());
        assertNull(settings.log().file());
        assertNull(settings.server());
        assertTrue(settings.flags().needInit());
        assertTrue(settings.flags().autoShutdown());
    }

    @Test
    void readsLibvirtsCommandLine() throws UsageException {
        Settings settings = settings("--ctrl type=unixio,path=/run/t.sock,mode=0600 --tpmstate dir=/var/t,mode=0600"
                + " --log file=/var/log/t.log --terminate --tpm2");

        assertEquals(0600, settings.ctrl().mode());
        assertEquals(0600, settings.state().mode());
        assertEquals("/var/log/t.log", settings.log().file());
        assertEquals(1, settings.log().level());
        assertTrue(settings.terminate());
    }

    @Test
    void readsEverySubOption() throws UsageException {
        Settings settings = settings("--tpm2 --ctrl type=tcp,port=2322,bindaddr=::1,ifname=lo,terminate"
                + " --server type=tcp,port=2323,disconnect --tpmstate backend-uri=dir:///d,lock=false,backup,fsync"
                + " --log fd=7,prefix=p:,truncate --locality reject-locality-4,allow-set-locality --pid fd=9 -d -t"
                + " --flags startup-state,disable-auto-shutdown --seccomp action=none");

        assertEquals(2322, settings.ctrl().port());
        assertEquals("::1", settings.ctrl().bindAddress());
        assertEquals("lo", settings.ctrl().interfaceName());
        assertTrue(settings.ctrl().flag());
        assertEquals(2323, settings.server().port());
        assertEquals("127.0.0.1", settings.server().bindAddress());
        assertTrue(settings.server().flag());
        assertEquals("/d", settings.state().location());
        assertFalse(settings.state().lock());
        assertTrue(settings.state().backup());
        assertTrue(settings.state().fsync());
        assertEquals(7, settings.log().fd());
        assertEquals("p:", settings.log().prefix());
        assertTrue(settings.log().truncate());
        assertTrue(settings.localities().rejectFour());
        assertTrue(settings.localities().allowSetLocality());
        assertEquals(9, settings.pid().fd());
        assertTrue(settings.daemon());
        assertTrue(settings.terminate());
        assertEquals(1, settings.flags().startup());
        assertFalse(settings.flags().needInit());
        assertFalse(settings.flags().autoShutdown());
    }

    /** Each of these was tried with swtpm, too: getopt_long's ways to write an option. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tpm2 --pid file=/p" + CTRL,
                "--tpm2 --pid=file=/p" + CTRL,
                "--tpm2 --pi file=/p" + CTRL,
                "--tpm2 --pi=file=/p" + CTRL,
                "--tpm2 -dt --pid file=/p" + CTRL,
                "--tpm2 --pid file=/o --pid file=/p" + CTRL,
                "--tpm2 --pid file=/p,file=/o" + CTRL,
                "--tpm2 --pid file=/p" + CTRL + " --"
            })
    void readsOptionsAsGetoptLongDoes(String words) throws UsageException {
        assertEquals("/p", settings(words).pid().file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-p 2400", "-p2400", "--port=2400", "--po 2400", "-p 0x960", "-p 04540"})
    void aPortIsAServerThatDisconnects(String words) throws UsageException {
        Settings settings = settings("--tpm2 " + words);

        assertEquals(2400, settings.server().port());
        assertTrue(settings.server().flag());
        assertEquals(EndpointKind.TCP, settings.server().kind());
    }

    @Test
    void theEnvironmentStandsForAMissingPortAndStateDirectory() throws UsageException {
        Settings settings = settings("--tpm2 --server type=tcp");

        assertEquals(2321, settings.server().port());
        assertFalse(settings.server().flag());
        assertEquals("/var/lib/env", settings.state().location());
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminate", "terminate=true", "terminate=TRUE", "terminate=1", "terminate=1,terminate=0"})
    void readsTrueFlags(String flag) throws UsageException {
        assertTrue(settings("--tpm2" + CTRL + "," + flag).ctrl().flag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"terminate=false", "terminate=0", "terminate=yes", "terminate=0,terminate"})
    void readsEveryOtherValueOfAFlagAsFalse(String flag) throws UsageException {
        assertFalse(settings("--tpm2" + CTRL + "," + flag).ctrl().flag());
    }

    @Test
    void startupNoneStillNeedsAnInit() throws UsageException {
        assertEquals(
                new Flags(true, Flags.NO_STARTUP, true),
                settings("--tpm2" + CTRL + " --flags startup-none").flags());
        assertEquals(
                new Flags(false, Flags.NO_STARTUP, true),
                settings("--tpm2" + CTRL + " --flags not-need-init").flags());
        assertEquals(
                new Flags(false, 0, true),
                settings("--tpm2" + CTRL + " --flags startup-clear,startup-state")
                        .flags());
    }

    @Test
    void helpIsGivenBeforeLaterOptionsAreRead() throws UsageException {
        assertEquals(Request.HELP, parse("-h --nonsense").request());
        assertEquals(Request.CAPABILITIES, parse("--print-cap").request());
        assertEquals(Request.CAPABILITIES, parse("--tpm2 --print-capabilities").request());
    }

    record Refusal(String words, String message) {}

    /** The first four messages are glibc's, the others swtpm's with what would be right behind them. */
    static Stream<Refusal> refusals() {
        return Stream.of(
                new Refusal("--bogus", "socket: unrecognized option '--bogus'"),
                new Refusal(
                        "--t", "socket: option '--t' is ambiguous; possibilities: '--terminate' '--tpmstate' '--tpm2'"),
                new Refusal("--tpm2=4", "socket: option '--tpm2' doesn't allow an argument"),
                new Refusal("--tpmstate", "socket: option '--tpmstate' requires an argument"),
                new Refusal("-x", "socket: invalid option -- 'x'"),
                new Refusal("-dp", "socket: option requires an argument -- 'p'"),
                new Refusal("stray --tpm2", "Unknown parameter 'stray'"),
                new Refusal("--tpm2 -- stray", "Unknown parameter 'stray'"),
                new Refusal("-p x", "Cannot parse socket port number 'x'."),
                new Refusal("-p 65536", "Port 65536 is outside valid range 0 to 65535."),
                new Refusal(
                        "--tpm2 --ctrl path=s", "Missing type parameter for control channel: type=unixio or type=tcp"),
                new Refusal("--tpm2 --ctrl type=x", "Unsupported control channel type: x; it is unixio or tcp"),
                new Refusal("--tpm2 --ctrl type=unixio", "Missing path and fd options for UnixIO control channel"),
                new Refusal("--tpm2 --ctrl type=tcp", "Missing port and fd options for TCP control channel"),
                new Refusal(
                        "--tpm2 --ctrl type=tcp,port=70000", "TCP control channel port outside valid range 0 to 65535"),
                new Refusal(
                        "--tpm2 --ctrl type=unixio,path=s,mode=08",
                        "Error parsing ctrl options: invalid mode type '08' for mode"),
                new Refusal(
                        "--tpm2 --pid foo=1", "Error parsing pid options: Unknown option 'foo=1'; known are file, fd"),
                new Refusal(
                        "--tpm2 --pid file=", "Error parsing pid options: Unknown option 'file='; known are file, fd"),
                new Refusal(
                        "--tpm2 --ctrl type=unixio,path=c,uid=no-such-user",
                        "Error parsing ctrl options: User 'no-such-user' does not exist."),
                new Refusal(
                        "--tpm2 --ctrl type=unixio,path=c,gid=no-such-group",
                        "Error parsing ctrl options: Group 'no-such-group' does not exist."),
                new Refusal(
                        "--tpm2 --ctrl type=unixio,path=c,uid=-1",
                        "Error parsing ctrl options: uid -1 outside valid range"),
                new Refusal(
                        "--tpm2 --server type=unixio,path=c,gid=4294967296",
                        "Error parsing server options: gid 4294967296 outside valid range"),
                new Refusal("--log level=x", "Error parsing logging options: invalid number 'x' for level"),
                new Refusal("--log level=-1", "Error parsing logging options: number -1 outside valid range for level"),
                new Refusal(
                        "--tpm2 --tpmstate mode=0600",
                        "The dir or backend-uri parameters is required for the tpmstate option."),
                new Refusal(
                        "--tpm2 --tpmstate backend-uri=http://f",
                        "Unsupported backend 'http://f' for the tpmstate option; it is dir://<directory>,"
                                + " file://<file> or mem://"),
                new Refusal(
                        "--tpm2 --tpmstate backend-uri=file:///f,backup",
                        "The backup option is not supported with this storage backend; it needs dir="),
                new Refusal(
                        "--tpm2 --tpmstate backend-uri=mem://,fsync",
                        "The fsync option is not supported with this storage backend; it needs dir="),
                new Refusal(
                        "--tpm2 --key mode=aes-cbc",
                        "Either file=, fd=, pwdfile=, or pwdfd= is required for key option"),
                new Refusal("--tpm2 --key file=k,format=base64", "Unknown key format 'base64'; it is hex or binary"),
                new Refusal("--tpm2 --migration-key pwdfile=k,kdf=md5", "Unknown kdf 'md5'; it is pbkdf2 or sha512"),
                new Refusal(
                        "--tpm2 --key file=k,mode=aes-512-cbc",
                        "Unknown encryption mode 'aes-512-cbc'; it is aes-cbc, aes-128-cbc or aes-256-cbc"),
                new Refusal("--tpm2 --fd x", "Cannot parse socket file descriptor 'x'."),
                new Refusal("--tpm2 -f 2", "Error: Cannot accept file descriptors with values 0, 1, or 2"),
                new Refusal(
                        "--tpm2 -f 7 --server port=1",
                        "Only one of --fd, --port and --server can say where TPM commands come from"),
                new Refusal(
                        "--tpm2 --seccomp action=trap", "Unsupported seccomp log action trap; it is none, log or kill"),
                new Refusal("--tpm2 --pcap truncate", "The file or fd parameter is required for the pcap option."),
                new Refusal(
                        "--tpm2 --profile name=null,file=f",
                        "Only one profile option parameter of 'profile', 'name', 'fd', or 'file' may be provided"),
                new Refusal(
                        "--tpm2 --profile remove-disabled=check",
                        "No profile option parameter given to get a profile; it is name=, profile=, file= or fd="),
                new Refusal(
                        "--tpm2 --profile name=custom,remove-disabled=all",
                        "Invalid option parameter 'all' for 'remove-disabled'; it is check or fips-host"),
                new Refusal("--print-states", "Error: --tpmstate option is required for --print-states"),
                new Refusal(
                        "--tpm2 --print-info 0xfz",
                        "Cannot parse info value '0xfz'; it is an OR of the flags 0x01 to 0x80."),
                new Refusal("--tpm2 --flags startup-deactivated", "TPM 2 does not support startup deactivated."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheNameOfTheOption(Refusal refusal) {
        UsageException e = assertThrows(UsageException.class, () -> parse(refusal.words));

        assertEquals(refusal.message, e.getMessage());
    }

    /** The descriptor's number, its kind, and whether the process ends with the connection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ctrl type=unixio,fd=3, LISTENING_FD, false",
                "--ctrl type=unixio,fd=3,clientfd=4,path=/s, LISTENING_FD, false",
                "--ctrl type=tcp,fd=3,port=1, LISTENING_FD, false",
                "--ctrl type=unixio,clientfd=3,path=/s, CONNECTED_FD, false",
                "--server type=unixio,fd=3, LISTENING_FD, false",
                "--server type=tcp,fd=3,port=1, CONNECTED_FD, true",
                "--server fd=3, CONNECTED_FD, true",
                "--fd 3, CONNECTED_FD, true",
                "-f3, CONNECTED_FD, true"
            })
    void readsDescriptors(String line) throws UsageException {
        String[] row = line.split(", ");
        Settings settings = settings("--tpm2 " + row[0]);
        Settings.Endpoint endpoint = row[0].startsWith("--ctrl") ? settings.ctrl() : settings.server();

        assertEquals(3, endpoint.fd());
        assertEquals(EndpointKind.valueOf(row[1]), endpoint.kind());
        assertEquals(Boolean.parseBoolean(row[2]), settings.terminate());
    }

    @Test
    void readsThePlaceOfTheState() throws UsageException {
        assertEquals(
                new State(Backend.FILE, "/dev/vdb", 0600, false, false, false, true),
                settings("--tpm2" + CTRL + " --tpmstate backend-uri=file:///dev/vdb,mode=0600,must-exist")
                        .state());
        assertEquals(
                new State(Backend.MEMORY, "", -1, true, false, false, false),
                settings("--tpm2" + CTRL + " --tpmstate backend-uri=mem://").state());
        assertEquals(
                new State(Backend.DIRECTORY, "/d", -1, true, false, false, false),
                settings("--tpm2" + CTRL + " --tpmstate backend-uri=file:///f,dir=/d")
                        .state());
    }

    @Test
    void readsWhereKeysComeFrom() throws UsageException {
        Settings settings = settings("--tpm2" + CTRL + " --key pwdfd=7,mode=aes-256-cbc,kdf=sha512,remove"
                + " --migration-key file=/k,pwdfile=/p,format=binary");

        assertEquals(new KeySource("key", null, 7, true, false, 256, true, true), settings.key());
        assertEquals(new KeySource("migration-key", "/k", -1, false, true, 128, false, false), settings.migrationKey());
    }

    @Test
    void readsWhatTheProcessGivesUp() throws UsageException {
        assertEquals(
                new Confinement("tss", "/jail", SeccompAction.KILL),
                settings("--tpm2" + CTRL + " -r tss -R/jail --seccomp action=kill")
                        .confinement());
        assertEquals(
                new Confinement(null, null, SeccompAction.NONE),
                settings("--tpm2" + CTRL).confinement());
    }

    @Test
    void readsWhereToRecordAndWhatProfileToTake() throws UsageException {
        Settings settings = settings("--tpm2" + CTRL + " --pcap fd=9,mode=0600,truncate,checksums=false"
                + " --profile profile={\"Name\":\"custom\",\"Algorithms\":\"rsa\"},remove-disabled=check");

        assertEquals(new Pcap(null, 9, 0600, true, false), settings.pcap());
        assertEquals(
                new Profile(null, "{\"Name\":\"custom\",\"Algorithms\":\"rsa\"}", null, -1, "check"),
                settings.profile());
    }

    @Test
    void printsWhatSwtpmComesToFirst() throws UsageException {
        assertEquals(
                Request.STATES,
                parse("--print-info 1 --print-profiles --print-states --tpmstate dir=/d")
                        .request());
        assertEquals(Request.PROFILES, parse("--print-info 1 --print-profiles").request());
        assertEquals(0x41, parse("--tpm2 --print-info 0x41").infoFlags());
        assertEquals(Request.RUN, parse("--tpm2 --print-info 0" + CTRL).request());
    }

    @Test
    void aJsonValueMayHoldCommas() throws UsageException {
        SubOptions.Known[] known = {
            new SubOptions.Known("profile", SubOptions.Kind.STRING),
            new SubOptions.Known("name", SubOptions.Kind.STRING)
        };

        SubOptions options = SubOptions.parse("profile", "profile={\"a\":{\"b\":1},\"c\":2},name=n", known);

        assertEquals("{\"a\":{\"b\":1},\"c\":2}", options.string("profile"));
        assertEquals("n", options.string("name"));
        assertThrows(UsageException.class, () -> SubOptions.parse("profile", "profile={\"a\":{}", known));
        assertThrows(UsageException.class, () -> SubOptions.parse("profile", "profile={}x", known));
    }
}
