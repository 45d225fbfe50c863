package org.jswtpm.server.process;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void aLittleIsNotWorthIt() {
        assertTrue(UnusedMemory.isWorthwhile(2_000_000, 0));
        assertTrue(UnusedMemory.isWorthwhile(2_000_000, 1_400_000));
        assertFalse(UnusedMemory.isWorthwhile(2_000_000, 1_600_000));
        assertFalse(UnusedMemory.isWorthwhile(1_000_000, 1_600_000)); // collected meanwhile
    }
}
