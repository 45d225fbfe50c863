package org.jswtpm.server.cli;

/**
 * Walks over a command line as getopt_long does: {@code --name value}, {@code --name=value}, unambiguous prefixes,
 * {@code -x value}, {@code -xvalue}, several letters after one dash, words between options, and {@code --} at the end
 * of the options.
 */
final class OptionScanner {
    private final String[] words;
    private int next;
    private int letter;
    private String argument;
    private String firstWord;

    /** @param first where in {@code words} the options begin */
    OptionScanner(String[] words, int first) {
        this.words = words;
        this.next = first;
    }

    /**
     * The next option; its value, if it takes one, is then {@link #argument()}.
     *
     * @return null behind the last one
     */
    Option next() throws UsageException {
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
            if (word.startsWith("--")) {
                next++;
                return longOption(word);
            }
            if (word.length() > 1 && word.charAt(0) == '-') {
                letter = 1;
                return shortOption(word);
            }
            keepWord(word);
            next++;
        }
        if (next < words.length) {
            keepWord(words[next]);
        }
        return null;
    }

    /** The value of the option that {@link #next} returned last; null where it takes none. */
    String argument() {
        return argument;
    }

    /** The first word that belongs to no option, once {@link #next} has returned null; null where there is none. */
    String firstWord() {
        return firstWord;
    }

    private void keepWord(String word) {
        if (firstWord == null) {
            firstWord = word;
        }
    }

    private Option longOption(String word) throws UsageException {
        int equals = word.indexOf('=');
        Option option = Option.ofLongName(equals < 0 ? word.substring(2) : word.substring(2, equals));
        if (!option.takesArgument()) {
            if (equals >= 0) {
                throw UsageException.withHelp("socket: option '--" + option.longName() + "' doesn't allow an argument");
            }
        } else if (equals >= 0) {
            argument = word.substring(equals + 1);
        } else if (next < words.length) {
            argument = words[next++];
        } else {
            throw UsageException.withHelp("socket: option '--" + option.longName() + "' requires an argument");
        }
        return option;
    }

    private Option shortOption(String word) throws UsageException {
        char name = word.charAt(letter++);
        Option option = Option.ofShortName(name);
        boolean last = letter == word.length();
        if (!option.takesArgument()) {
            if (last) {
                endOfLetters();
            }
            return option;
        }
        if (!last) {
            argument = word.substring(letter);
            endOfLetters();
        } else {
            endOfLetters();
            if (next == words.length) {
                throw UsageException.withHelp("socket: option requires an argument -- '" + name + "'");
            }
            argument = words[next++];
        }
        return option;
    }

    private void endOfLetters() {
        letter = 0;
        next++;
    }
}
