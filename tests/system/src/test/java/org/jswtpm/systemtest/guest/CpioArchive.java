package org.jswtpm.systemtest.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A cpio archive in the "newc" format, as Linux unpacks it into its first root file system
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
final class CpioArchive {
    private static final int DIRECTORY = 0040755;
    private static final int EXECUTABLE = 0100755;
    private static final int CHARACTER_DEVICE = 0020600;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private int inode;

    CpioArchive directory(String name) {
        entry(name, DIRECTORY, 0, 0, new byte[0]);
        return this;
    }

    CpioArchive file(String name, byte[] content) {
        entry(name, EXECUTABLE, 0, 0, content);
        return this;
    }

    CpioArchive characterDevice(String name, int major, int minor) {
        entry(name, CHARACTER_DEVICE, major, minor, new byte[0]);
        return this;
    }

    /** The archive with its end mark. */
    byte[] octets() {
        entry("TRAILER!!!", 0, 0, 0, new byte[0]);
        return archive.toByteArray();
    }

    private void entry(String name, int mode, int major, int minor, byte[] content) {
        byte[] terminatedName = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        archive.writeBytes("070701".getBytes(StandardCharsets.US_ASCII));
        int[] fields = {++inode, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, terminatedName.length, 0};
        for (int field : fields) {
            archive.writeBytes(HexFormat.of().toHexDigits(field).getBytes(StandardCharsets.US_ASCII));
        }
        archive.writeBytes(terminatedName);
        pad();
        archive.writeBytes(content);
        pad();
    }

    private void pad() {
        while (archive.size() % 4 != 0) {
            archive.write(0);
        }
    }
}
