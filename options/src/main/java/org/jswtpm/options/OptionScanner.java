package org.jswtpm.options;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks over a command line as getopt_long does ({@code --name value}, {@code --name=value}, unambiguous prefixes,
 * {@code -x value}, {@code -xvalue}), or as getopt_long_only does, where a name may follow a single dash as well and there
 * are no letters. Words may stand between options, and {@code --} ends them.
 */
public final class OptionScanner<O extends ProgramOption> {
    private final String program;
    private final O[] all;
    private final boolean singleDash;
    private final String[] words;
    private final List<String> rest = new ArrayList<>();
    private int next;
    private int letter;
    private String argument;

    private OptionScanner(String program, O[] all, boolean singleDash, String[] words) {
        this.program = program;
        this.all = all;
        this.singleDash = singleDash;
        this.words = words;
    }

    /** A scanner in the way of getopt_long. */
    public static <O extends ProgramOption> OptionScanner<O> of(String program, O[] all, String[] words) {
        return new OptionScanner<>(program, all, false, words);
    }

    /** A scanner in the way of getopt_long_only, without letters. */
    public static <O extends ProgramOption> OptionScanner<O> singleDash(String program, O[] all, String[] words) {
        return new OptionScanner<>(program, all, true, words);
    }

    /**
     * The next option; its value, if it takes one, is then {@link #argument()}.
     *
     * @return null behind the last one
     * @throws UsageException with the text of getopt, for an unknown or ambiguous name and a missing value
     */
    public O next() throws UsageException {
        argument = null;
        if (letter > 0) {
            return shortOption(words[next]);
        }
        while (next < words.length) {
            String word = words[next];
            if (word.equals("--")) {
                next++;
                break;
            }
            if (word.length() > 1 && word.charAt(0) == '-') {
                return option(word);
            }
            rest.add(word);
            next++;
        }
        while (next < words.length) {
            rest.add(words[next++]);
        }
        return null;
    }

    private O option(String word) throws UsageException {
        if (word.startsWith("--")) {
            next++;
            return longOption(word, "--");
        }
        if (singleDash) {
            next++;
            return longOption(word, "-");
        }
        letter = 1;
        return shortOption(word);
    }

    /** The value of the option that {@link #next} returned last; null where it takes none. */
    public String argument() {
        return argument;
    }

    /** Takes the word behind the option that {@link #next} returned last as its second value; null if it is an option. */
    public String secondArgument() {
        if (next == words.length || words[next].startsWith("-")) {
            return null;
        }
        return words[next++];
    }

    /** The words that belong to no option, once {@link #next} has returned null. */
    public List<String> rest() {
        return rest;
    }

    private O longOption(String word, String dashes) throws UsageException {
        int equals = word.indexOf('=');
        String name = word.substring(dashes.length(), equals < 0 ? word.length() : equals);
        O option = find(name, dashes);
        String shown = " '" + dashes + option.longName() + "'";
        if (!option.takesArgument()) {
            if (equals >= 0 && option.takesOptionalArgument()) {
                argument = word.substring(equals + 1);
            } else if (equals >= 0) {
                throw error("option" + shown + " doesn't allow an argument");
            }
        } else if (equals >= 0) {
            argument = word.substring(equals + 1);
        } else if (next < words.length) {
            argument = words[next++];
        } else {
            throw error("option" + shown + " requires an argument");
        }
        return option;
    }

    private O find(String name, String dashes) throws UsageException {
        O found = null;
        StringBuilder candidates = new StringBuilder();
        int count = 0;
        for (O option : all) {
            if (option.longName().equals(name)) {
                return option;
            }
            if (option.longName().startsWith(name)) {
                found = option;
                candidates.append(" '").append(dashes).append(option.longName()).append('\'');
                count++;
            }
        }
        if (count == 0) {
            throw error("unrecognized option '" + dashes + name + "'");
        }
        if (count > 1) {
            throw error("option '" + dashes + name + "' is ambiguous; possibilities:" + candidates);
        }
        return found;
    }

    private O shortOption(String word) throws UsageException {
        char name = word.charAt(letter++);
        O option = findLetter(name);
        boolean last = letter == word.length();
        if (!option.takesArgument()) {
            if (last) {
                endOfLetters();
            }
            return option;
        }
        String attached = last ? null : word.substring(letter);
        endOfLetters();
        if (attached != null) {
            argument = attached;
        } else if (next < words.length) {
            argument = words[next++];
        } else {
            throw error("option requires an argument -- '" + name + "'");
        }
        return option;
    }

    private O findLetter(char name) throws UsageException {
        for (O option : all) {
            if (option.letter() == name) {
                return option;
            }
        }
        throw error("invalid option -- '" + name + "'");
    }

    private void endOfLetters() {
        letter = 0;
        next++;
    }

    private UsageException error(String what) {
        return UsageException.withHelp(program + ": " + what);
    }
}
