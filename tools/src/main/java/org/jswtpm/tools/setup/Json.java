package org.jswtpm.tools.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) into maps, lists, strings, booleans and nulls; a number stays its text. */
final class Json {
    private static final int MAX_DEPTH = 32;

    private final String text;
    private int position;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * The object that the whole text is.
     *
     * @throws SetupException if it is none
     */
    static Map<?, ?> object(String text) throws SetupException {
        Json json = new Json(text);
        Object value = json.value();
        json.skipSpace();
        if (json.position != text.length() || !(value instanceof Map<?, ?> map)) {
            throw json.error();
        }
        return map;
    }

    private Object value() throws SetupException {
        skipSpace();
        if (++depth > MAX_DEPTH) {
            throw error();
        }
        Object value = switch (peek()) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
        depth--;
        return value;
    }

    private Map<String, Object> map() throws SetupException {
        Map<String, Object> map = new LinkedHashMap<>();
        position++;
        if (closes('}')) {
            return map;
        }
        do {
            skipSpace();
            String name = string();
            expect(':');
            map.put(name, value());
        } while (goesOn('}'));
        return map;
    }

    private List<Object> list() throws SetupException {
        List<Object> list = new ArrayList<>();
        position++;
        if (closes(']')) {
            return list;
        }
        do {
            list.add(value());
        } while (goesOn(']'));
        return list;
    }

    private boolean closes(char end) throws SetupException {
        skipSpace();
        if (peek() != end) {
            return false;
        }
        position++;
        return true;
    }

    private boolean goesOn(char end) throws SetupException {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() throws SetupException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            string.append(c == '\\' ? escaped() : c);
        }
        position++;
        return string.toString();
    }

    private char escaped() throws SetupException {
        char c = peek();
        position++;
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> c;
            case 'u' -> unicode();
            default -> throw error();
        };
    }

    private char unicode() throws SetupException {
        int end = position + 4;
        if (end > text.length()) {
            throw error();
        }
        try {
            char c = (char) Integer.parseInt(text.substring(position, end), 16);
            position = end;
            return c;
        } catch (NumberFormatException e) {
            throw error();
        }
    }

    /** A number, true, false or null. */
    private Object word() throws SetupException {
        int start = position;
        while (position < text.length() && "+-.0123456789Eaeflnrstu".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            case "null" -> null;
            default -> {
                if (word.isEmpty() || "-0123456789".indexOf(word.charAt(0)) < 0) {
                    throw error();
                }
                yield word;
            }
        };
    }

    private void expect(char c) throws SetupException {
        skipSpace();
        if (peek() != c) {
            throw error();
        }
        position++;
    }

    private char peek() throws SetupException {
        if (position >= text.length()) {
            throw error();
        }
        return text.charAt(position);
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private SetupException error() {
        return new SetupException("JSON parser failed at character " + position + " of '" + text + "'");
    }
}
