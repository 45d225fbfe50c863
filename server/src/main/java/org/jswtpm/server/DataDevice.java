package org.jswtpm.server;

import java.io.IOException;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.server.cli.Settings;
import org.jswtpm.server.cli.Settings.Endpoint;
import org.jswtpm.server.cli.Settings.EndpointKind;
import org.jswtpm.server.process.CharacterDevice;
import org.jswtpm.server.process.VtpmProxy;

/** The devices of {@code swtpm chardev}, which become open descriptors before anything is served. */
final class DataDevice {
    private DataDevice() {}

    /** Opens the one of {@code --chardev}: before the root is changed, as swtpm does. */
    static Settings open(Settings settings) throws IOException {
        return isOf(settings, EndpointKind.DEVICE)
                ? settings.withServer(
                        connected(CharacterDevice.open(settings.server().path())))
                : settings;
    }

    /** Makes the one of {@code --vtpm-proxy}, and tells its name. */
    static Settings make(Settings settings) throws IOException {
        if (!isOf(settings, EndpointKind.VTPM_PROXY)) {
            return settings;
        }
        VtpmProxy proxy = VtpmProxy.create(settings.version() == TpmVersion.TPM_2_0);
        Program.print("New TPM device: /dev/tpm" + proxy.number() + " (major/minor = " + proxy.major() + "/"
                + proxy.minor() + ")\n");
        return settings.withServer(connected(proxy.fd()));
    }

    private static boolean isOf(Settings settings, EndpointKind kind) {
        return settings.server() != null && settings.server().kind() == kind;
    }

    private static Endpoint connected(int fd) {
        return Endpoint.ofDescriptor(EndpointKind.CONNECTED_FD, fd, false);
    }
}
