package org.jswtpm.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.jswtpm.server.cli.CommandLine.Request;
import org.jswtpm.server.cli.Settings.Flags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String CTRL = " --ctrl type=unixio,path=/run/s";

    private static CommandLine parse(String words) throws UsageException {
        return CommandLine.parse(("socket " + words).split(" "), 1, "2321", "/var/lib/env");
    }

    private static Settings settings(String words) throws UsageException {
        return parse(words).settings();
    }

    @Test
    void readsTheSeedCommandLine() throws UsageException {
        Settings settings = settings(
                "--tpm2 --tpmstate dir=/tmp/mytpm1 --ctrl type=unixio,path=/tmp/mytpm1/swtpm-sock" + " --log level=20");

        assertEquals("/tmp/mytpm1", settings.state().directory());
        assertFalse(settings.state().isModeGiven());
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
        assertTrue(settings.state().isModeGiven());
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
        assertEquals("/d", settings.state().directory());
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
        assertFalse(settings.server().isUnix());
    }

    @Test
    void theEnvironmentStandsForAMissingPortAndStateDirectory() throws UsageException {
        Settings settings = settings("--tpm2 --server type=tcp");

        assertEquals(2321, settings.server().port());
        assertFalse(settings.server().flag());
        assertEquals("/var/lib/env", settings.state().directory());
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
                new Refusal("--tpm2 --ctrl type=unixio", "Missing path option for UnixIO control channel"),
                new Refusal("--tpm2 --ctrl type=tcp", "Missing port option for TCP control channel"),
                new Refusal(
                        "--tpm2 --ctrl type=tcp,port=70000", "TCP control channel port outside valid range 0 to 65535"),
                new Refusal(
                        "--tpm2 --ctrl type=unixio,path=s,mode=08",
                        "Error parsing ctrl options: invalid mode type '08' for mode"),
                new Refusal(
                        "--tpm2 --pid foo=1", "Error parsing pid options: Unknown option 'foo=1'; known are file, fd"),
                new Refusal(
                        "--tpm2 --pid file=", "Error parsing pid options: Unknown option 'file='; known are file, fd"),
                new Refusal("--log level=x", "Error parsing logging options: invalid number 'x' for level"),
                new Refusal("--log level=-1", "Error parsing logging options: number -1 outside valid range for level"),
                new Refusal(
                        "--tpm2 --tpmstate mode=0600",
                        "The dir or backend-uri parameters is required for the tpmstate option."),
                new Refusal(
                        "--tpm2 --tpmstate backend-uri=file:///f",
                        "The tpmstate backend 'file:///f' is not supported yet. Use dir=<directory>."),
                new Refusal("--tpm2 --flags startup-deactivated", "TPM 2 does not support startup deactivated."),
                new Refusal("--tpm2", "Nobody could reach this TPM. Give it --ctrl, --server or --port."),
                new Refusal("-p 1", "TPM 1.2 is not supported yet. Ask for a TPM 2.0 with --tpm2."));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWithTheNameOfTheOption(Refusal refusal) {
        UsageException e = assertThrows(UsageException.class, () -> parse(refusal.words));

        assertEquals(refusal.message, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fd",
                "runas",
                "chroot",
                "key",
                "migration-key",
                "migration",
                "print-states",
                "profile",
                "print-profiles",
                "print-info",
                "pcap"
            })
    void refusesByNameWhatSwtpmHasAndWeHaveNotYet(String option) {
        String words = "--tpm2" + CTRL + " --" + option + (option.startsWith("print-") ? "" : " x");

        UsageException e = assertThrows(UsageException.class, () -> parse(words.replace("print-info", "print-info 1")));

        assertEquals("The option --" + option + " is not supported yet. Leave it out.", e.getMessage());
    }

    @Test
    void refusesSubOptionsThatDoNotWorkYet() {
        assertThrows(UsageException.class, () -> parse("--tpm2 --ctrl type=unixio,fd=3"));
        assertThrows(UsageException.class, () -> parse("--tpm2 --ctrl type=unixio,clientfd=3"));
        assertThrows(UsageException.class, () -> parse("--tpm2 --server type=unixio,fd=3"));
        assertThrows(UsageException.class, () -> parse("--tpm2 --seccomp action=kill" + CTRL));
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
