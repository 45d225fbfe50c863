package org.jswtpm.tools.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * What a program says when something was thrown that none of its parts awaits. Its user gets one sentence, for which no
 * knowledge of Java is needed; where it happened stands in the log file, if there is one.
 */
public final class LastResort {
    private LastResort() {}

    /**
     * Tells a failure.
     *
     * @return the exit status of a program that failed
     */
    public static int tell(Throwable failure, ToolLog log) {
        log.complain(sentence(failure));
        if (isFault(failure)) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            log.note(trace.toString());
        }
        return 1;
    }

    private static boolean isFault(Throwable failure) {
        return !(failure instanceof UncheckedIOException || failure instanceof OutOfMemoryError);
    }

    /** One sentence: what the surroundings lack, or that it is a fault of the program. */
    public static String sentence(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapper) {
            IOException cause = wrapper.getCause();
            return "An input or output failed: " + Reason.of(cause) + ".";
        }
        if (failure instanceof OutOfMemoryError) {
            String message = failure.getMessage();
            return message != null && message.contains("native thread")
                    ? "No thread can be made: raise the limit of processes (ulimit -u, or pids.max of the cgroup)."
                    : "There is not enough memory.";
        }
        return "Internal error (" + place(failure) + "); please report it.";
    }

    /** The line of ours that was last run. */
    private static String place(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("org.jswtpm.")) {
                return frame.getFileName() + ":" + frame.getLineNumber();
            }
        }
        return "at an unknown place";
    }
}
