package org.jswtpm.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jswtpm.options.UsageException;
import org.jswtpm.server.cli.CommandLine.Request;
import org.jswtpm.server.cli.Settings.EndpointKind;
import org.jswtpm.server.cli.Settings.Flags;
import org.jswtpm.server.cli.Settings.Localities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code swtpm chardev} understands otherwise than {@code swtpm socket}. */
class ChardevCommandLineTest {
    private static CommandLine parse(String words) throws UsageException {
        return CommandLine.parse(InterfaceType.CHARDEV, ("chardev " + words).split(" "), 1, "2321", "/var/lib/env");
    }

    private static Settings settings(String words) throws UsageException {
        return parse(words).settings();
    }

    /** Of several devices, the first counts; swtpm does not even look at the others. */
    @ParameterizedTest
    @CsvSource({
        "-c /dev/ttyS1, DEVICE, /dev/ttyS1, -1",
        "--chardev=/dev/ttyS1 --fd 5, DEVICE, /dev/ttyS1, -1",
        "-f 5 -c /dev/ttyS1, CONNECTED_FD, , 5",
        "--vtpm-proxy, VTPM_PROXY, , -1"
    })
    void takesCommandsFromADeviceUntilItIsGone(String words, EndpointKind kind, String path, int fd)
            throws UsageException {
        Settings settings = settings("--tpm2 " + words);

        assertEquals(kind, settings.server().kind());
        assertEquals(path, settings.server().path());
        assertEquals(fd, settings.server().fd());
        assertTrue(settings.terminate());
        assertNull(settings.ctrl());
    }

    @Test
    void startsTheTpmOfAVtpmProxyAtOnceAndObeysItsLocality() throws UsageException {
        Settings settings = settings("--tpm2 --vtpm-proxy --locality reject-locality-4");
        assertEquals(new Flags(false, 0, true), settings.flags());
        assertEquals(new Localities(true, true), settings.localities());

        assertEquals(
                new Flags(false, Flags.NO_STARTUP, false),
                settings("--tpm2 --vtpm-proxy --flags disable-auto-shutdown").flags());
        assertEquals(
                new Flags(false, 1, true),
                settings("--tpm2 --vtpm-proxy --flags startup-state").flags());
        Settings device = settings("--tpm2 -f 5");
        assertEquals(new Flags(true, Flags.NO_STARTUP, true), device.flags());
        assertEquals(new Localities(false, false), device.localities());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tpm2 | Error: Missing character device or file descriptor; give --chardev, --fd or --vtpm-proxy",
                "--tpm2 --ctrl type=no | Error: Missing character device or file descriptor; give --chardev, --fd or"
                        + " --vtpm-proxy",
                "--vtpm-proxy -f 5 | Cannot use vTPM proxy with a provided device; give one of --vtpm-proxy, --chardev"
                        + " and --fd",
                "--fd 5x | Cannot parse character device file descriptor '5x'.",
                "--fd 2 | Error: Cannot accept file descriptors with values 0, 1, or 2",
                "--port 5 | chardev: unrecognized option '--port'",
                "--ch /dev/x | chardev: option '--ch' is ambiguous; possibilities: '--chardev' '--chroot'",
                "-t | chardev: invalid option -- 't'"
            })
    void refusesWithTheNameOfTheOption(String words, String message) {
        assertEquals(
                message, assertThrows(UsageException.class, () -> parse(words)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"--print-states --tpmstate dir=/d, STATES", "--print-profiles, PROFILES", "--print-info 1, INFO"})
    void printsWithoutADevice(String words, Request request) throws UsageException {
        assertEquals(request, parse("--tpm2 " + words).request());
    }

    @Test
    void theHelpNamesEveryOptionOfItsInterface() {
        for (InterfaceType type : InterfaceType.values()) {
            for (Option option : Option.values()) {
                String name = "--" + option.longName();
                boolean named = Texts.help(type).matches("(?s).*" + name + "[ |\\n].*");
                assertEquals(option.isOf(type), named, () -> type + " " + name);
            }
        }
    }
}
