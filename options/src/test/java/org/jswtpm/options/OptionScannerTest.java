package org.jswtpm.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionScannerTest {
    private enum Sample implements ProgramOption {
        TPM_STATE("tpm-state", '\0', true),
        TPM("tpm", '\0', true),
        TPM2("tpm2", '2', false),
        KEY("key", 'k', true),
        HELP("help", 'h', false),
        H("h", '\0', true);

        private final String longName;
        private final char letter;
        private final boolean argument;

        Sample(String longName, char letter, boolean argument) {
            this.longName = longName;
            this.letter = letter;
            this.argument = argument;
        }

        @Override
        public String longName() {
            return longName;
        }

        @Override
        public char letter() {
            return letter;
        }

        @Override
        public boolean takesArgument() {
            return argument;
        }
    }

    @Test
    void readsNamesLettersAndWordsInAnyOrder() throws Exception {
        assertEquals(
                List.of("TPM_STATE=a", "TPM=b", "TPM2", "KEY=c", "KEY=d", "HELP", "TPM2", "KEY=e", "rest [x, y, -k]"),
                scan(OptionScanner.of(
                        "p", Sample.values(), words("--tpm-state a --tpm=b x --tpm2 -k c -kd -h2 --ke e -- y -k"))));
    }

    @Test
    void aSingleDashNamesAnOptionWhereThereAreNoLetters() throws Exception {
        assertEquals(
                List.of("H=a", "HELP", "TPM2", "H=b", "rest [-]"),
                scan(OptionScanner.singleDash("p", Sample.values(), words("-h a -he --tpm2 - --h=b"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--none | p: unrecognized option '--none'",
                "--tpm- | p: option '--tpm-state' requires an argument",
                "--key | p: option '--key' requires an argument",
                "-k | p: option requires an argument -- 'k'",
                "-z | p: invalid option -- 'z'",
                "--tpm2=x | p: option '--tpm2' doesn't allow an argument",
                "--t | p: option '--t' is ambiguous; possibilities: '--tpm-state' '--tpm' '--tpm2'"
            })
    void complainsAsGetoptDoes(String words, String message) {
        OptionScanner<Sample> scanner = OptionScanner.of("p", Sample.values(), words(words));
        assertEquals(message, assertThrows(UsageException.class, scanner::next).getMessage());
    }

    @Test
    void aSecondValueIsNoOption() throws Exception {
        OptionScanner<Sample> scanner = OptionScanner.of("p", Sample.values(), words("--key a b --key c --tpm2"));
        scanner.next();
        assertEquals("b", scanner.secondArgument());
        scanner.next();
        assertEquals(null, scanner.secondArgument());
        assertEquals(Sample.TPM2, scanner.next());
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7abc, 7", "' 12', 12", "-1, 4294967295", "+3, 3", "99999999999, 4294967295"})
    void readsNumbersAsSscanfDoes(String text, long number) {
        assertEquals(number, Numbers.unsigned(text));
    }

    @ParameterizedTest
    @CsvSource({"0x1F, 31", "017, 15", "12, 12", "0, 0", "0xffffffffffffffff, -1"})
    void readsNumbersOfAnyBase(String text, long number) {
        assertEquals(number, Numbers.anyBase(text));
    }

    @Test
    void knowsWhatIsNoNumber() {
        assertEquals(Numbers.NONE, Numbers.unsigned("abc"));
        assertEquals(Numbers.NONE, Numbers.unsigned("-"));
        assertEquals(Numbers.NONE, Numbers.anyBase("12x"));
        assertEquals(Numbers.NONE, Numbers.anyBase(""));
    }

    private static String[] words(String line) {
        return line.strip().split(" ");
    }

    private static List<String> scan(OptionScanner<Sample> scanner) throws UsageException {
        List<String> found = new ArrayList<>();
        for (Sample option = scanner.next(); option != null; option = scanner.next()) {
            found.add(option.takesArgument() ? option + "=" + scanner.argument() : option.toString());
        }
        found.add("rest " + scanner.rest());
        return found;
    }
}
