package org.jswtpm.server;

import java.util.Arrays;
import org.jswtpm.engine.Host;
import org.jswtpm.engine.Tpm;
import org.jswtpm.engine.TpmVersion;
import org.jswtpm.engine.Tpms;

/** The one main class of the distribution. Its launchers give the name of their program as the first word. */
public final class Main {
    private Main() {}

    /**
     * Runs a program.
     *
     * @param args the program's name, and its own arguments
     */
    public static void main(String[] args) {
        if (args.length == 0 || !args[0].equals("swtpm")) {
            throw new IllegalArgumentException("the first word has to be the name of a program: swtpm");
        }
        int status = Program.run(Arrays.copyOfRange(args, 1, args.length), new EngineMaker());
        // no shutdown hook has anything to do here, and nobody waits for other threads
        Runtime.getRuntime().halt(status);
    }

    private static final class EngineMaker implements TpmServer.TpmMaker {
        @Override
        public Tpm make(TpmVersion version, Host host) {
            return Tpms.create(version, host);
        }
    }
}
