package org.jswtpm.options;

/** An option of a program; an enum of them is the program's table, in the order of its help. */
public interface ProgramOption {
    /** The name behind the dashes. */
    String longName();

    /** The letter behind a single dash; 0 where there is none. */
    char letter();

    /** Whether a value must follow. */
    boolean takesArgument();

    /** Whether a value may follow behind {@code =}. */
    default boolean takesOptionalArgument() {
        return false;
    }
}
