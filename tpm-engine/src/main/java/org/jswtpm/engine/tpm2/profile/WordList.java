package org.jswtpm.engine.tpm2.profile;

/** Words with commas between them. */
final class WordList {
    private WordList() {}

    /** The words, of which some may be empty; of an empty list one that is empty. */
    static String[] words(String list) {
        int count = 1;
        for (int i = 0; i < list.length(); i++) {
            count += list.charAt(i) == ',' ? 1 : 0;
        }
        String[] words = new String[count];
        int start = 0;
        for (int i = 0; i < count; i++) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            words[i] = list.substring(start, end);
            start = end + 1;
        }
        return words;
    }

    /** The list without words that come again later; of words with a value, the name counts. */
    static String withoutRepetitions(String list) {
        String[] words = words(list);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            boolean again = false;
            for (int j = i + 1; j < words.length && !again; j++) {
                again = name(words[j]).equals(name(words[i]));
            }
            if (!again) {
                kept.append(kept.isEmpty() ? "" : ",").append(words[i]);
            }
        }
        return kept.toString();
    }

    /** A name with its equals sign, so that {@code x} and {@code x=1} are two. */
    private static String name(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals + 1);
    }
}
