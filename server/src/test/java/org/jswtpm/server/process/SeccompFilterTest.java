package org.jswtpm.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompFilterTest {
    /** 128 and SIGSYS. */
    private static final int KILLED = 128 + 31;

    @ParameterizedTest
    @CsvSource({"NONE, program, 0", "LOG, program, 0", "KILL, program, 159", "KILL, attribute, 159"})
    void threadsRunAndWhatATpmHasNoUseForIsKilledOrLogged(String action, String deed, int status) throws Exception {
        String modules = System.getProperty("jdk.module.path", "");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + modules
                                + File.pathSeparator
                                + new File("target/classes").getAbsolutePath()
                                + File.pathSeparator
                                + new File("target/test-classes").getAbsolutePath(),
                        FilteredMain.class.getName(),
                        action,
                        deed)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(status, process.waitFor(), output);
        assertTrue(output.startsWith("a thread runs"), output);
        assertEquals(status != KILLED, output.contains("done"), output);
    }

    /** swtpm's own filter has some 150 rules; a number that is there twice is a slip of the table. */
    @Test
    void everyForbiddenCallHasANumberOfItsOwn() {
        for (boolean x86 : new boolean[] {true, false}) {
            int[] numbers = ForbiddenCalls.numbers(x86);
            Set<Integer> different = new HashSet<>();
            for (int number : numbers) {
                assertTrue(different.add(number), "number " + number);
            }
            assertEquals(x86 ? 132 : 124, numbers.length);
        }
    }
}
