package org.jswtpm.engine.tpm2.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jswtpm.engine.ProfileException;

/**
 * A profile in JSON, as far as libtpms knows JSON: one flat object of strings without escapes and of digits. Where a key comes
 * again, the last one counts.
 */
final class ProfileDocument {
    private record Entry(String key, String value, boolean isNumber) {}

    private final String json;
    private final List<Entry> entries = new ArrayList<>();
    private int at;

    private ProfileDocument(String json) {
        this.json = json;
    }

    static ProfileDocument parse(String json) throws ProfileException {
        ProfileDocument document = new ProfileDocument(json);
        document.parse();
        return document;
    }

    private void parse() throws ProfileException {
        refuseZeros();
        expect('{');
        skipSpace();
        if (!isAt('}')) {
            readEntry();
            while (isAt(',')) {
                at++;
                readEntry();
            }
        }
        expect('}');
        if (at < json.length()) {
            throw fault("must end after the last }");
        }
    }

    /** A profile ends with its first zero, for libtpms and in a state. */
    private void refuseZeros() throws ProfileException {
        int zero = json.indexOf('\0');
        if (zero >= 0) {
            at = zero;
            throw fault("has a zero in it");
        }
    }

    private void readEntry() throws ProfileException {
        skipSpace();
        String key = quoted();
        if (key.isEmpty()) {
            throw fault("has an empty name");
        }
        skipSpace();
        expect(':');
        skipSpace();
        if (isAt('"')) {
            entries.add(new Entry(key, quoted(), false));
        } else {
            entries.add(new Entry(key, digits(), true));
        }
        skipSpace();
    }

    private String quoted() throws ProfileException {
        expect('"');
        int end = json.indexOf('"', at);
        if (end < 0) {
            throw fault("misses a \"");
        }
        String text = json.substring(at, end);
        at = end + 1;
        return text;
    }

    private String digits() throws ProfileException {
        int start = at;
        while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("has a value that is neither a string nor a number");
        }
        return json.substring(start, at);
    }

    private void skipSpace() {
        while (at < json.length() && " \t\n\r\f\u000B".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean isAt(char wanted) {
        return at < json.length() && json.charAt(at) == wanted;
    }

    private void expect(char wanted) throws ProfileException {
        if (!isAt(wanted)) {
            throw fault("misses a " + wanted);
        }
        at++;
    }

    private ProfileException fault(String what) {
        return new ProfileException("The profile " + what + ", at character " + at);
    }

    /** The string of {@code key}; one without characters is there only for {@link #textOrEmpty}. */
    Optional<String> text(String key) {
        return last(key, false, false);
    }

    /** The string of {@code key}, which may be empty. */
    Optional<String> textOrEmpty(String key) {
        return last(key, false, true);
    }

    /** The digits of {@code key}. */
    Optional<String> number(String key) {
        return last(key, true, false);
    }

    private Optional<String> last(String key, boolean isNumber, boolean mayBeEmpty) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.key.equals(key) && entry.isNumber == isNumber && (mayBeEmpty || !entry.value.isEmpty())) {
                return Optional.of(entry.value);
            }
        }
        return Optional.empty();
    }
}
