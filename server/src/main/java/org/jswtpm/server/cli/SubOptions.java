package org.jswtpm.server.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jswtpm.options.UsageException;

/**
 * The value of an option in swtpm's style, {@code name=value,flag,name={json}}, read against the names that the option
 * knows.
 *
 * <p>As in swtpm the first of a repeated name wins, and a flag is true as a bare word, {@code =true} or {@code =1} in any
 * case, and false with any other value.
 */
final class SubOptions {
    /** How a value is written; each is checked while it is read, even where the value is not asked for later. */
    enum Kind {
        STRING,
        INT,
        UNSIGNED,
        FLAG,
        MODE,
        OWNER
    }

    private static final long MAX_ID = 0xffff_ffffL;

    /** A name that an option knows. */
    record Known(String name, Kind kind) {}

    private final String title;
    private final Known[] known;
    private final String[] values;

    private SubOptions(String title, Known[] known) {
        this.title = title;
        this.known = known;
        this.values = new String[known.length];
    }

    /**
     * Reads {@code text}.
     *
     * @param title what the message of an error calls the option
     */
    static SubOptions parse(String title, String text, Known[] known) throws UsageException {
        SubOptions options = new SubOptions(title, known);
        int start = 0;
        while (start <= text.length()) {
            int end = options.endOfToken(text, start);
            options.add(text.substring(start, end));
            start = end + 1;
        }
        return options;
    }

    private int endOfToken(String text, int start) throws UsageException {
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals > end || equals + 1 >= text.length() || text.charAt(equals + 1) != '{') {
            return end;
        }
        int depth = 0;
        for (int i = equals + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                if (i + 1 < text.length() && text.charAt(i + 1) != ',') {
                    throw error("Unexpected character following JSON map.");
                }
                return i + 1;
            }
        }
        throw error("Unterminated JSON map.");
    }

    private void add(String token) throws UsageException {
        for (int i = 0; i < known.length; i++) {
            String name = known[i].name();
            String value;
            if (token.equals(name)) {
                value = "true";
            } else if (token.length() > name.length() + 1
                    && token.startsWith(name)
                    && token.charAt(name.length()) == '=') {
                value = token.substring(name.length() + 1);
            } else {
                continue;
            }
            check(known[i].kind(), name, value);
            if (values[i] == null) {
                values[i] = value;
            }
            return;
        }
        throw error("Unknown option '" + token + "'; known are " + names());
    }

    private void check(Kind kind, String name, String value) throws UsageException {
        switch (kind) {
            case INT -> parseNumber(value, 10, Integer.MIN_VALUE, Integer.MAX_VALUE, name);
            case UNSIGNED -> parseNumber(value, 10, 0, MAX_ID, name);
            case MODE -> parseNumber(value, 8, 0, 0777, name);
            case OWNER -> checkOwner(name, value);
            case STRING, FLAG -> {}
        }
    }

    /** A number, or a name that this system knows. */
    private void checkOwner(String name, String value) throws UsageException {
        try {
            long number = Long.parseLong(value);
            if (number < 0 || number > MAX_ID) {
                throw error(name + " " + value + " outside valid range");
            }
        } catch (NumberFormatException e) {
            checkName(name.equals("uid"), value);
        }
    }

    private void checkName(boolean user, String value) throws UsageException {
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        try {
            if (user) {
                names.lookupPrincipalByName(value);
            } else {
                names.lookupPrincipalByGroupName(value);
            }
        } catch (IOException e) {
            throw error((user ? "User '" : "Group '") + value + "' does not exist.");
        }
    }

    private long parseNumber(String value, int radix, long min, long max, String name) throws UsageException {
        long number;
        try {
            number = Long.parseLong(value, radix);
        } catch (NumberFormatException e) {
            throw error((radix == 8 ? "invalid mode type '" : "invalid number '") + value + "' for " + name);
        }
        if (number < min || number > max) {
            throw error("number " + value + " outside valid range for " + name);
        }
        return number;
    }

    private String names() {
        StringBuilder list = new StringBuilder();
        for (Known each : known) {
            list.append(list.isEmpty() ? "" : ", ").append(each.name());
        }
        return list.toString();
    }

    private UsageException error(String what) {
        return UsageException.of("Error parsing " + title + " options: " + what);
    }

    private String value(String name) {
        for (int i = 0; i < known.length; i++) {
            if (known[i].name().equals(name)) {
                return values[i];
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** The value; null where it was not given. */
    String string(String name) {
        return value(name);
    }

    /** A whole number in decimal, or for a {@link Kind#MODE} in octal. */
    int number(String name, int absent) {
        String value = value(name);
        if (value == null) {
            return absent;
        }
        for (Known each : known) {
            if (each.name().equals(name) && each.kind() == Kind.MODE) {
                return Integer.parseInt(value, 8);
            }
        }
        return (int) Long.parseLong(value);
    }

    /** A flag. */
    boolean flag(String name, boolean absent) {
        String value = value(name);
        return value == null ? absent : value.equalsIgnoreCase("true") || value.equals("1");
    }
}
