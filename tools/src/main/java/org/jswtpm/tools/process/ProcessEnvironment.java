package org.jswtpm.tools.process;

import java.io.IOException;
import java.util.Map;

/** The environment of this process as its libraries see it; what Java shows is a copy from its start. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /** Sets variables, also those that are there. */
    public static void set(Map<String, String> variables) throws IOException {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            LinuxCalls.setenv(variable.getKey(), variable.getValue());
        }
    }
}
