package org.jswtpm.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CleanMappingsTest {
    @Test
    void takesWhatIsOnlyReadOfTheVmsFiles() {
        CleanMappings mappings = CleanMappings.of(mapping("800a16000-801530000", "r--p", "/a b/lib/swtpm.aot", "0")
                + mapping("7fb8b18e3000-7fb8b296f000", "r-xp", "/opt/runtime/lib/server/libjvm.so", "0"));
        assertEquals(2, mappings.count());
        assertEquals(0x800a16000L, mappings.start(0));
        assertEquals(0xb1a000, mappings.length(0));
        assertEquals(0x7fb8b18e3000L, mappings.start(1));
        assertEquals(0x108c000, mappings.length(1));
    }

    @Test
    void leavesWhatIsNotAllInItsFile() {
        String smaps = mapping("800001000-800a16000", "rw-p", "/lib/swtpm.aot", "0")
                + mapping("800a16000-801530000", "r--p", "/lib/swtpm.aot", "4") // relocated
                + mapping("7fb8b2c80000-7fb8b2d6b000", "r--p", "/lib/libjvm.so", "940")
                + mapping("7fb8b2d6b000-7fb8b2d96000", "r--p", "/lib/libjvm.so", "10");
        assertEquals(0, CleanMappings.of(smaps).count());
    }

    @Test
    void leavesOtherFilesAndNone() {
        String smaps = mapping("7f0000000000-7f0000100000", "r--p", "/lib/libnss_x.so", "0")
                + mapping("7f0000100000-7f0000200000", "r--s", "/runtime/lib/libjvm.so", "0")
                + mapping("7f0000200000-7f0000300000", "r--p", "", "0");
        assertEquals(0, CleanMappings.of(smaps).count());
        assertEquals(0, CleanMappings.of("").count());
        assertEquals(0, CleanMappings.of("Anonymous: 0 kB").count());
    }

    @Test
    void takesMoreThanAFew() {
        StringBuilder smaps = new StringBuilder();
        for (int i = 1; i <= 9; i++) {
            smaps.append(mapping(i + "000-" + i + "800", "r-xp", "/libjvm.so", "0"));
        }
        CleanMappings mappings = CleanMappings.of(smaps.toString());
        assertEquals(9, mappings.count());
        assertEquals(0x9000, mappings.start(8));
    }

    /** As the kernel writes it, shortened. */
    private static String mapping(String bounds, String permissions, String file, String own) {
        return bounds + " " + permissions + " 00a16000 fe:00 2179852      " + file + "\nSize:              11368 kB\n"
                + "Anonymous:       " + own + " kB\nLazyFree:              0 kB\nVmFlags: rd mr mw me sd \n";
    }
}
