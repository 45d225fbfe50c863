package org.jswtpm.server.process;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UnusedMemoryTest {
    /** What it runs on is taken away and comes back. */
    @Test
    void theVmGoesOnWithoutWhatIsGivenBack() throws IOException {
        UnusedMemory memory = new UnusedMemory();
        assertDoesNotThrow(memory::giveBack);
        assertDoesNotThrow(memory::giveBack);
    }
}
