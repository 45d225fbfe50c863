package org.jswtpm.server.cli;

import java.util.ArrayList;
import java.util.List;

/** How TPM commands reach the program, its first word. */
public enum InterfaceType {
    /** Over sockets. */
    SOCKET,
    /** Over a character device, or a vTPM proxy of Linux. */
    CHARDEV;

    /** The word of the command line. */
    public String word() {
        return this == SOCKET ? "socket" : "chardev";
    }

    /** Its options, in swtpm's order. */
    Option[] options() {
        List<Option> own = new ArrayList<>();
        for (Option option : Option.values()) {
            if (option.isOf(this)) {
                own.add(option);
            }
        }
        return own.toArray(new Option[0]);
    }
}
