package org.jswtpm.systemtest.guest;

import java.util.List;
import org.jswtpm.systemtest.environment.DebianPackage;

/** What the guest starts with. */
public enum Firmware {
    /** SeaBIOS, QEMU's default. */
    SEABIOS {
        @Override
        List<String> options() {
            return List.of();
        }
    },
    /** The UEFI of EDK II. */
    OVMF {
        @Override
        List<String> options() {
            return List.of("-bios", DebianPackage.OVMF.file().toString());
        }
    };

    abstract List<String> options();
}
