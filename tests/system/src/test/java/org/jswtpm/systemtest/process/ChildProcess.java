package org.jswtpm.systemtest.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program started by a test, with its output in files; it and its children never outlive {@link #close()}. */
public final class ChildProcess implements AutoCloseable {
    /** Ends what hangs; lintian has taken three minutes on a busy machine. */
    private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

    /** A signal that who started the tests ignores, as nohup does, is ignored in what they start. */
    private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal");

    private final List<String> command;
    private final Process process;
    private final Path stdout;
    private final Path stderr;
    private final Thread atExit = new Thread(this::killAll);

    private ChildProcess(List<String> command, Process process, Path stdout, Path stderr) {
        this.command = command;
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Starts a program with an empty standard input.
     *
     * @param workingDirectory where it runs
     * @param environment variables added to those of the tests
     * @param command the program and its arguments
     */
    public static ChildProcess start(Path workingDirectory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path stdout = Files.createTempFile("jswtpm-stdout", ".txt");
        Path stderr = Files.createTempFile("jswtpm-stderr", ".txt");
        List<String> words = new ArrayList<>(DEFAULT_SIGNALS);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingDirectory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(List.copyOf(command), builder.start(), stdout, stderr);
        Runtime.getRuntime().addShutdownHook(child.atExit);
        return child;
    }

    /** Runs a program to its end. */
    public static Completed run(Path workingDirectory, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        try (ChildProcess child = start(workingDirectory, environment, command)) {
            int exitCode = child.awaitExit(RUN_LIMIT);
            return new Completed(child.command, exitCode, child.stdout(), child.stderr());
        }
    }

    /** The exit code; a program that does not end in time fails the test. */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + describe());
        }
        return process.exitValue();
    }

    /** Whether the program ends within a time. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits a moment for something that the program has yet to do; the test fails if it has ended, or time is up. */
    public void requireRunning(Duration moment, long deadlineNanos) throws InterruptedException {
        if (endsWithin(moment)) {
            throw new AssertionError("has ended" + describe());
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new AssertionError("does not come to it" + describe());
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** The processes that the program has started and that run now. */
    public List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** What the program has written to its standard output. */
    public String stdout() {
        return read(stdout);
    }

    /** What the program has written to its standard error. */
    public String stderr() {
        return read(stderr);
    }

    /** The command line and all output, for the text of a failed test. */
    public String describe() {
        return "\n$ " + String.join(" ", command) + "\n" + stdout() + stderr();
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
        try {
            process.waitFor();
            Files.deleteIfExists(stdout);
            Files.deleteIfExists(stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void killAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
