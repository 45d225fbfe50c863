package org.jswtpm.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * Measures how long a daemon takes to listen and to be ready, in units of the whole run of an empty main in the same
 * runtime with an AOT cache of its own, and what it holds of the memory. The rounds of all programs are interleaved, so
 * that the noise of the machine meets them alike.
 *
 * <p>Arguments: the distribution, the number of rounds, and other daemons to measure beside it.
 */
final class MeasureStart {
    private static final byte[] STARTUP = new TpmCommand(0x144).uint16(0).toBytes();
    private static final String MAIN = "org.jswtpm.distribution.EmptyMain";

    private static final int FIGURES = 4;

    private final ProcessCost cost = new ProcessCost();
    private final Path work;
    private final List<String> emptyMain;

    private MeasureStart(Path home, Path work) throws IOException, InterruptedException {
        this.work = work;
        this.emptyMain = emptyMain(home, work);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(args[0]).toAbsolutePath();
        int rounds = Integer.parseInt(args[1]);
        List<String> daemons = new ArrayList<>(List.of(home.resolve("bin/swtpm").toString()));
        daemons.addAll(List.of(args).subList(2, args.length));
        Path work = Files.createTempDirectory("measure-start");
        try {
            new MeasureStart(home, work).measure(daemons, rounds);
        } finally {
            Tree.delete(work);
        }
    }

    private void measure(List<String> daemons, int rounds) throws IOException, InterruptedException {
        double[] empty = new double[rounds];
        double[][][] figures = new double[daemons.size()][FIGURES][rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            expectSuccess(new ProcessBuilder(emptyMain).start());
            empty[round] = ProcessCost.millisSince(start);
            for (int i = 0; i < daemons.size(); i++) {
                measure(daemons.get(i), figures[i], round);
            }
        }
        double unit = ProcessCost.median(empty);
        System.out.printf("%-40s %8.1f ms%n", "empty main, whole run", unit);
        for (int i = 0; i < daemons.size(); i++) {
            System.out.println(daemons.get(i));
            report("start to listen", figures[i][0], unit);
            System.out.printf(
                    "  %-38s %8.1f ms%n", "processor time until it listens", ProcessCost.median(figures[i][3]));
            report("start to ready, new state", figures[i][1], unit);
            System.out.printf("  %-38s %8.1f MB%n", "PSS when ready", ProcessCost.median(figures[i][2]));
        }
    }

    private static void report(String what, double[] millis, double unit) {
        double median = ProcessCost.median(millis);
        System.out.printf("  %-38s %8.1f ms  = %.1f empty mains%n", what, median, median / unit);
    }

    private void measure(String program, double[][] figures, int round) throws IOException, InterruptedException {
        Path state = Files.createDirectory(work.resolve("state"));
        Path socket = state.resolve("control");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        program,
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + state,
                        "--ctrl",
                        "type=unixio,path=" + socket)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Daemon daemon = Daemon.connect(socket, process)) {
            figures[3][round] = cost.processorMillis(process.pid());
            figures[0][round] = ProcessCost.millisSince(start);
            daemon.openDataChannel();
            daemon.init();
            daemon.execute(STARTUP);
            figures[1][round] = ProcessCost.millisSince(start);
            figures[2][round] = ProcessCost.pssMegabytes(process.pid());
            daemon.shutDown();
        }
        expectSuccess(process);
        Tree.delete(state);
    }

    /** The command line of an empty main with the runtime and the options of the distribution, and its cache made. */
    private static List<String> emptyMain(Path home, Path work) throws IOException, InterruptedException {
        Path jar = work.resolve("empty.jar");
        String entry = MAIN.replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream in = MeasureStart.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
        Path cache = work.resolve("empty.aot");
        List<String> command = new ArrayList<>();
        command.add(home.resolve("runtime/bin/java").toString());
        command.add("@" + home.resolve("lib/jvm.options"));
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(List.of("-cp", jar.toString(), MAIN));
        expectSuccess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        command.set(2, "-XX:AOTCache=" + cache);
        return command;
    }

    private static void expectSuccess(Process process) throws IOException, InterruptedException {
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(process.info().command().orElse("a program") + " ended with status " + status);
        }
    }
}
