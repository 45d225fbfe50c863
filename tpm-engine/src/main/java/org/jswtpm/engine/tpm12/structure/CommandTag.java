package org.jswtpm.engine.tpm12.structure;

/** The tags of commands and responses (Part 2, 6): how many authorizations stand at the end. */
public enum CommandTag {
    COMMAND(0x00C1),
    AUTH1(0x00C2),
    AUTH2(0x00C3);

    /** TPM_TAG_RSP_COMMAND: also the tag of every error. */
    public static final int RESPONSE_WITHOUT_AUTH = 0x00C4;

    private static final int REQUEST_TO_RESPONSE = 3;

    private final int value;

    CommandTag(int value) {
        this.value = value;
    }

    /** The tag of {@code value}, or null if it is none of a request. */
    public static CommandTag of(int value) {
        return switch (value) {
            case 0x00C1 -> COMMAND;
            case 0x00C2 -> AUTH1;
            case 0x00C3 -> AUTH2;
            default -> null;
        };
    }

    /** The tag of a request on the wire. */
    public int value() {
        return value;
    }

    /** The tag of the response to a request with this tag. */
    public int response() {
        return value + REQUEST_TO_RESPONSE;
    }

    /** How many authorizations there are, 0 to 2. */
    public int authCount() {
        return ordinal();
    }
}
