package org.jswtpm.tools.setup;

import java.util.ArrayList;
import java.util.List;

/** PCR banks by the names that users give them. */
final class PcrBanks {
    private static final String[] NAMES = {
        "sha1", "sha256", "sha384", "sha512", "sm3-256", "sha3-256", "sha3-384", "sha3-512"
    };
    private static final int[] ALGORITHMS = {0x0004, 0x000B, 0x000C, 0x000D, 0x0012, 0x0027, 0x0028, 0x0029};

    private PcrBanks() {}

    /** The algorithms among {@code available} that a list with commas names, in its order; unknown names count nothing. */
    static List<Integer> select(String names, List<Integer> available) {
        List<Integer> selected = new ArrayList<>();
        for (String name : names.split(",")) {
            for (int i = 0; i < NAMES.length; i++) {
                boolean named = NAMES[i].equals(name.strip()) && available.contains(ALGORITHMS[i]);
                if (named && !selected.contains(ALGORITHMS[i])) {
                    selected.add(ALGORITHMS[i]);
                }
            }
        }
        return selected;
    }

    /** Names with commas between them. */
    static String names(List<Integer> algorithms) {
        List<String> names = new ArrayList<>();
        for (int algorithm : algorithms) {
            String name = Integer.toHexString(algorithm);
            for (int i = 0; i < NAMES.length; i++) {
                name = ALGORITHMS[i] == algorithm ? NAMES[i] : name;
            }
            names.add(name);
        }
        return String.join(",", names);
    }
}
