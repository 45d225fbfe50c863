package org.jswtpm.engine.tpm2.profile;

/** Words with commas between them. */
final class WordList {
    private WordList() {}

    /** The list without words that come again later; of words with a value, the name counts. */
    static String withoutRepetitions(String list) {
        String[] words = list.split(",", -1);
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
