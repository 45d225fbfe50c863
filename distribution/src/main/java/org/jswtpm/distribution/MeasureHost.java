package org.jswtpm.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what a host pays for many TPMs: so many processes are started at once, then each has its share of some time of load,
 * then all are left alone for as long. The daemons are measured in turns, for one process, ten, and all.
 *
 * <p>Arguments: the distribution, the number of processes, the seconds of load and of idleness, and other daemons to measure
 * beside it.
 */
final class MeasureHost {
    private static final byte[] STARTUP = new TpmCommand(0x144).uint16(0).toBytes();
    private static final int[] COUNTS = {1, 10};
    /** By then a daemon has given back what only its start needed. */
    private static final int SETTLE_SECONDS = 10;

    private static final int KEY_EVERY = 20;
    private static final long POLL_NANOS = 200_000;

    private final ProcessCost cost = new ProcessCost();
    private final Path work;
    private final int seconds;

    private MeasureHost(Path work, int seconds) {
        this.work = work;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int most = Integer.parseInt(args[1]);
        List<String> daemons = new ArrayList<>(
                List.of(Path.of(args[0]).toAbsolutePath().resolve("bin/swtpm").toString()));
        daemons.addAll(List.of(args).subList(3, args.length));
        Path work = Files.createTempDirectory("measure-host");
        try {
            MeasureHost measure = new MeasureHost(work, Integer.parseInt(args[2]));
            System.out.printf("%9s %17s %10s   %s%n", "processes", "listen, ms", "cpu, ms", "PSS of each, MB");
            System.out.printf(
                    "%9s %8s %8s %10s %16s %16s %16s%n", "", "median", "last", "until then", "fresh", "loaded", "idle");
            for (int count : counts(most)) {
                for (String daemon : daemons) {
                    measure.measure(daemon, count);
                }
            }
        } finally {
            Tree.delete(work);
        }
    }

    private static List<Integer> counts(int most) {
        List<Integer> counts = new ArrayList<>();
        for (int count : COUNTS) {
            if (count < most) {
                counts.add(count);
            }
        }
        counts.add(most);
        return counts;
    }

    private void measure(String program, int count) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        List<Daemon> daemons = new ArrayList<>();
        try {
            double[] listen = new double[count];
            double processor = start(program, processes, listen) / count;
            for (int i = 0; i < count; i++) {
                daemons.add(ready(i, processes.get(i)));
            }
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            String fresh = memory(processes);
            load(daemons);
            String loaded = memory(processes);
            TimeUnit.SECONDS.sleep(seconds);
            System.out.printf(
                    "%9d %8.0f %8.0f %10.1f %16s %16s %16s  %s%n",
                    count,
                    ProcessCost.median(listen),
                    last(listen),
                    processor,
                    fresh,
                    loaded,
                    memory(processes),
                    program);
        } finally {
            for (Daemon daemon : daemons) {
                daemon.close();
            }
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
            for (int i = 0; i < processes.size(); i++) {
                Tree.delete(work.resolve(Integer.toString(i)));
            }
        }
    }

    /** Starts as many as {@code listen} has places for the time that each took; gives the processor time of all. */
    private double start(String program, List<Process> processes, double[] listen) throws IOException {
        long[] begin = new long[listen.length];
        for (int i = 0; i < listen.length; i++) {
            Path state = Files.createDirectory(work.resolve(Integer.toString(i)));
            begin[i] = System.nanoTime();
            processes.add(new ProcessBuilder(
                            program,
                            "socket",
                            "--tpm2",
                            "--tpmstate",
                            "dir=" + state,
                            "--ctrl",
                            "type=unixio,path=" + socket(i))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        double processor = 0;
        for (int waiting = listen.length; waiting > 0; LockSupport.parkNanos(POLL_NANOS)) {
            for (int i = 0; i < listen.length; i++) {
                if (listen[i] == 0 && Files.exists(socket(i))) {
                    listen[i] = ProcessCost.millisSince(begin[i]);
                    processor += cost.processorMillis(processes.get(i).pid());
                    waiting--;
                } else if (!processes.get(i).isAlive()) {
                    throw new IOException(program + " has ended");
                }
            }
        }
        return processor;
    }

    private Path socket(int number) {
        return work.resolve(Integer.toString(number)).resolve("control");
    }

    private Daemon ready(int number, Process process) throws IOException {
        Daemon daemon = Daemon.connect(socket(number), process);
        daemon.openDataChannel();
        daemon.init();
        daemon.execute(STARTUP);
        return daemon;
    }

    /** What firmware and system send, in turns to all, and now and then an RSA key. */
    private void load(List<Daemon> daemons) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int round = 0; System.nanoTime() < end; round++) {
            for (Daemon daemon : daemons) {
                TrainingSession.mixed(daemon, round % KEY_EVERY == 1);
            }
        }
    }

    private static String memory(List<Process> processes) throws IOException {
        double sum = 0;
        for (Process process : processes) {
            sum += ProcessCost.pssMegabytes(process.pid());
        }
        return "%.1f".formatted(sum / processes.size());
    }

    private static double last(double[] values) {
        double last = 0;
        for (double value : values) {
            last = Math.max(last, value);
        }
        return last;
    }
}
