package org.jswtpm.store.medium;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import org.jswtpm.store.FileModes;

/**
 * Modes set by what the JDK has.
 *
 * <p>The view of a path passes O_NOFOLLOW as the mode of a file in JDK 25, and so follows links; that of a directory's
 * stream opens the file with it, and then calls fchmod.
 */
final class SecureModes implements FileModes {
    @Override
    public FileChannel create(Path file, int mode) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                FileMode.attribute(mode));
        try {
            set(file, mode);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void set(Path file, int mode) throws IOException {
        try (DirectoryStream<Path> directory =
                Files.newDirectoryStream(file.toAbsolutePath().getParent())) {
            if (!(directory instanceof SecureDirectoryStream<Path> secure)) {
                throw new FileSystemException(file.toString(), null, "its mode cannot be set here");
            }
            secure.getFileAttributeView(file.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(FileMode.permissions(mode));
        }
    }
}
