package org.jswtpm.systemtest.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeedsConditionTest {
    @Test
    void testsRunWhenNothingIsMissing() {
        assertFalse(NeedsCondition.decide(List.of(), true).isDisabled());
    }

    @Test
    void missingPackagesAreNamedWhenTheTestIsSkipped() {
        var skipped = NeedsCondition.decide(List.of("ovmf", "swtpm"), false);
        assertTrue(skipped.isDisabled());
        assertEquals("missing Debian packages: ovmf swtpm", skipped.getReason().orElseThrow());
    }

    @Test
    void missingPackagesFailTheTestInCi() {
        var failure = assertThrows(
                IllegalStateException.class, () -> NeedsCondition.decide(List.of("qemu-system-x86"), true));
        assertEquals("missing Debian packages: qemu-system-x86", failure.getMessage());
    }
}
