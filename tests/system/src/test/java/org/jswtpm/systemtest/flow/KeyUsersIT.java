package org.jswtpm.systemtest.flow;

import java.nio.file.Path;
import org.jswtpm.systemtest.environment.DebianPackage;
import org.jswtpm.systemtest.environment.Needs;
import org.jswtpm.systemtest.process.Swtpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that keep their keys in a TPM. */
@Needs({DebianPackage.TPM2_TOOLS, DebianPackage.OPENSSL})
class KeyUsersIT {
    @TempDir
    private Path directory;

    @Test
    @Needs(DebianPackage.TPM2_OPENSSL)
    void aWebServerByOpenssl() throws Exception {
        new Flows(Swtpm.underTest(), directory).play("users/openssl.sh");
    }

    @Test
    @Needs({DebianPackage.CLEVIS_TPM2, DebianPackage.CRYPTSETUP, DebianPackage.SYSTEMD})
    void encryptedDisksByClevisAndSystemd() throws Exception {
        new Flows(Swtpm.underTest(), directory).play("users/luks.sh");
    }
}
