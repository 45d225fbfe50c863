package org.jswtpm.server.socket;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;

/** {@code uid=} and {@code gid=} of a Unix socket: a number, or a name that the command line has been checked to have. */
final class SocketOwner {
    private SocketOwner() {}

    /** Sets both, where they are not null. A symbolic link is not followed. */
    static void set(Path path, String user, String group) throws IOException {
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (isNumber(user)) {
            setNumber(path, "unix:uid", user);
        } else if (user != null) {
            view.setOwner(names.lookupPrincipalByName(user));
        }
        if (isNumber(group)) {
            setNumber(path, "unix:gid", group);
        } else if (group != null) {
            view.setGroup(names.lookupPrincipalByGroupName(group));
        }
    }

    /** Up to 32 bits, of which the JDK's principals have 31. */
    private static void setNumber(Path path, String attribute, String number) throws IOException {
        Files.setAttribute(path, attribute, (int) Long.parseLong(number), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isNumber(String id) {
        return id != null && id.chars().allMatch(Character::isDigit);
    }
}
