package org.jswtpm.distribution;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a process takes of the machine, as Linux counts it. */
final class ProcessCost {
    /** The kernel's number of a clock is that of a process, inverted, and what it counts: here all time on a processor. */
    private static final int CLOCK_SHIFT = 3;

    private static final int CLOCK_SCHED = 2;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int MILLIS_PER_SECOND = 1000;

    private final MethodHandle clockGettime;

    @SuppressWarnings("restricted") // a tool of the build, started with --enable-native-access
    ProcessCost() {
        Linker linker = Linker.nativeLinker();
        clockGettime = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    /** The processor time of all its threads, those that have ended included; /proc tells it in hundredths of a second only. */
    double processorMillis(long pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            int clock = ~(int) pid << CLOCK_SHIFT | CLOCK_SCHED;
            if ((int) clockGettime.invokeExact(clock, time) != 0) {
                throw new IOException("process " + pid + " has no clock");
            }
            return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * (double) MILLIS_PER_SECOND
                    + time.getAtIndex(ValueLayout.JAVA_LONG, 1) / NANOS_PER_MILLI;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    /** Its proportional share of the memory. */
    static double pssMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("no Pss in smaps_rollup");
    }

    static double millisSince(long start) {
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
