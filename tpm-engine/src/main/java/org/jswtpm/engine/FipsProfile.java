package org.jswtpm.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes what FIPS mode forbids out of the custom profile, as swtpm does for {@code --profile …,remove-disabled=fips-host}.
 *
 * <p>{@code remove-disabled=check} asks for what the crypto library of this host forbids. Ours forbids nothing, so that
 * changes no profile.
 */
public final class FipsProfile {
    private static final String ALGORITHMS = "\"Algorithms\"";
    private static final String ATTRIBUTES = "\"Attributes\"";
    private static final String CUSTOM = "\"custom\"";

    private FipsProfile() {}

    /**
     * The profile without what is forbidden; another than the custom one is left as it is.
     *
     * @param builtIn the profiles that there are, with the algorithms that a custom one has if it names none
     */
    public static String restrict(String json, String builtIn) {
        String name = value(json, "\"Name\"");
        if (name == null || !name.equals("custom") && !name.startsWith("custom:")) {
            return json;
        }
        String algorithms = value(json, ALGORITHMS);
        if (algorithms == null) {
            int custom = builtIn.indexOf(CUSTOM);
            algorithms = custom < 0 ? "" : value(builtIn.substring(custom), ALGORITHMS);
        }
        String restricted = with(json, ALGORITHMS, joined(allowed(words(algorithms))));
        List<String> attributes = attributes(words(value(json, ATTRIBUTES)));
        return with(restricted, ATTRIBUTES, joined(attributes));
    }

    private static List<String> allowed(List<String> algorithms) {
        List<String> allowed = new ArrayList<>();
        for (String word : algorithms) {
            boolean forbidden = word.equals("camellia")
                    || word.startsWith("camellia-min-size=")
                    || word.equals("tdes")
                    || word.startsWith("tdes-min-size=")
                    || word.equals("rsaes")
                    || word.equals("ecc-nist-p192");
            if (!forbidden && !allowed.contains(word)) {
                allowed.add(word);
            }
        }
        raise(allowed, "ecc-min-size=", 224);
        raise(allowed, "rsa-min-size=", 2048);
        return allowed;
    }

    private static void raise(List<String> algorithms, String prefix, int least) {
        for (int i = 0; i < algorithms.size(); i++) {
            if (algorithms.get(i).startsWith(prefix)) {
                if (isBelow(algorithms.get(i).substring(prefix.length()), least)) {
                    algorithms.set(i, prefix + least);
                }
                return;
            }
        }
        algorithms.add(prefix + least);
    }

    /** What is no number is left to the engine, which names it. */
    private static boolean isBelow(String number, int least) {
        try {
            return Integer.parseInt(number) < least;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> attributes(List<String> given) {
        List<String> needed = List.of("no-sha1-signing", "no-sha1-verification", "no-unpadded-encryption");
        if (given.contains("fips-host") || given.containsAll(needed)) {
            return given;
        }
        List<String> all = new ArrayList<>(given);
        for (String each : needed) {
            if (!all.contains(each)) {
                all.add(each);
            }
        }
        return all;
    }

    private static List<String> words(String list) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (list != null && start < list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            words.add(list.substring(start, end));
            start = end + 1;
        }
        return words;
    }

    private static String joined(List<String> words) {
        return String.join(",", words);
    }

    /** Where the value of a quoted key begins, behind its quotation mark; -1 where there is none. */
    private static int start(String json, String key) {
        int at = json.indexOf(key);
        int colon = at < 0 ? -1 : json.indexOf(':', at + key.length());
        int quote = colon < 0 ? -1 : json.indexOf('"', colon);
        return quote < 0 ? -1 : quote + 1;
    }

    private static String value(String json, String key) {
        int start = start(json, key);
        int end = start < 0 ? -1 : json.indexOf('"', start);
        return end < 0 ? null : json.substring(start, end);
    }

    private static String with(String json, String key, String value) {
        int start = start(json, key);
        if (start >= 0) {
            return json.substring(0, start) + value + json.substring(json.indexOf('"', start));
        }
        int end = json.lastIndexOf('}');
        return json.substring(0, end) + "," + key + ":\"" + value + "\"" + json.substring(end);
    }
}
