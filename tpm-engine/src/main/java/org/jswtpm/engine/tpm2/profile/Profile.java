package org.jswtpm.engine.tpm2.profile;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jswtpm.engine.ProfileException;
import org.jswtpm.engine.tpm2.CommandSet;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;

/**
 * What one TPM may do.
 *
 * @param name its name, at most 32 characters
 * @param stateFormatLevel 1 to 8: the form in which the state is written, and so the oldest libtpms that can read it
 * @param commandList the commands as text
 * @param algorithmList the algorithms as text
 * @param attributeList the attributes as text; empty where the profile does not speak of them
 * @param description a sentence for people
 * @param commands what {@code commandList} means
 * @param algorithms what {@code algorithmList} means
 * @param attributes what {@code attributeList} means
 */
public record Profile(
        String name,
        int stateFormatLevel,
        String commandList,
        String algorithmList,
        Optional<String> attributeList,
        String description,
        CommandSet commands,
        AlgorithmSet algorithms,
        Set<ProfileAttribute> attributes) {
    /** The newest level, which is that of libtpms 0.11. */
    public static final int NEWEST_LEVEL = 8;

    private static final int LOWEST_LEVEL_OF_CUSTOM = 2;
    private static final int UNKNOWN = 0;
    private static final int MAX_NAME = 32;
    private static final int MAX_DESCRIPTION = 250;
    /** A state counts its octets, and the zero behind them, in 16 bits. libtpms cuts the count, and cannot read its own state. */
    private static final int MAX_OCTETS = 0xFFFF - 1;

    private static final Profile NULL = new Profile(
            BuiltInProfile.NULL.title(),
            BuiltInProfile.NULL.stateFormatLevel(),
            BuiltInProfile.NULL.commands(),
            BuiltInProfile.NULL.algorithms(),
            Optional.empty(),
            BuiltInProfile.NULL.description(),
            CommandSet.nullProfile(),
            AlgorithmSet.nullProfile(),
            EnumSet.noneOf(ProfileAttribute.class));

    /** The profile of a TPM that has none: everything that libtpms 0.9 has, and its form of the state. */
    public static Profile nullProfile() {
        return NULL;
    }

    /**
     * The profile that a user wants for a new TPM.
     *
     * @param json {@code {"Name":"…"}}, for a custom profile with more in it
     */
    public static Profile ofUser(String json) throws ProfileException {
        ProfileDocument document = ProfileDocument.parse(json);
        BuiltInProfile origin = origin(document);
        if (!origin.allowsChanges()) {
            checkUnchanged(document, origin);
            return origin == BuiltInProfile.NULL ? NULL : read(document, origin, origin.stateFormatLevel(), false);
        }
        int level = level(document);
        if (level != UNKNOWN && level < LOWEST_LEVEL_OF_CUSTOM) {
            throw new ProfileException(
                    "The profile " + name(document) + " needs at least StateFormatLevel " + LOWEST_LEVEL_OF_CUSTOM);
        }
        Profile profile = read(document, origin, level, true);
        int size = profile.toJson().getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_OCTETS) {
            throw new ProfileException("The profile has " + size + " octets, and a state has room for " + MAX_OCTETS);
        }
        return profile;
    }

    /** The profile that a state names. */
    public static Profile ofState(String json) throws ProfileException {
        ProfileDocument document = ProfileDocument.parse(json);
        int level = level(document);
        if (level == UNKNOWN) {
            throw new ProfileException("The profile of the state has no StateFormatLevel");
        }
        return read(document, origin(document), level, false);
    }

    private static BuiltInProfile origin(ProfileDocument document) throws ProfileException {
        String name = name(document);
        BuiltInProfile origin = BuiltInProfile.of(name);
        if (origin == null) {
            throw new ProfileException("There is no profile " + name);
        }
        return origin;
    }

    private static String name(ProfileDocument document) throws ProfileException {
        String name = document.text("Name").orElse("");
        if (name.isEmpty()) {
            throw new ProfileException("The profile has no Name");
        }
        return name.substring(0, Math.min(MAX_NAME, name.length()));
    }

    private static int level(ProfileDocument document) throws ProfileException {
        String digits = document.number("StateFormatLevel").orElse("0");
        if (digits.length() > 9 || Integer.parseInt(digits) > NEWEST_LEVEL) {
            throw new ProfileException(
                    "The profile has StateFormatLevel " + digits + ", and the highest one is " + NEWEST_LEVEL);
        }
        return Integer.parseInt(digits);
    }

    private static void checkUnchanged(ProfileDocument document, BuiltInProfile origin) throws ProfileException {
        boolean changed = level(document) != UNKNOWN
                || document.text("Commands").isPresent()
                || document.text("Algorithms").isPresent()
                || document.textOrEmpty("Attributes").isPresent()
                || document.text("Description").isPresent();
        if (changed) {
            throw new ProfileException("The profile " + origin.title() + " does not allow any customization");
        }
    }

    /** @param level the level of the profile if it is known; commands and algorithms may not need more */
    private static Profile read(ProfileDocument document, BuiltInProfile origin, int level, boolean computeLevel)
            throws ProfileException {
        int maxLevel = level == UNKNOWN ? Integer.MAX_VALUE : level;
        Optional<String> attributeList = document.textOrEmpty("Attributes").map(WordList::withoutRepetitions);
        Set<ProfileAttribute> attributes = attributes(attributeList.orElse(""), maxLevel);
        String algorithmList =
                document.text("Algorithms").map(WordList::withoutRepetitions).orElse(origin.algorithms());
        AlgorithmList algorithms = AlgorithmList.parse(algorithmList, maxLevel);
        Optional<String> ownCommands = document.text("Commands").map(WordList::withoutRepetitions);
        CommandList commands = CommandList.parse(
                ownCommands.orElse(origin.commands()), maxLevel, computeLevel && ownCommands.isEmpty());
        int needed = Math.max(
                Math.max(algorithms.stateFormatLevel(), commands.stateFormatLevel()),
                attributes.isEmpty() ? 0 : ProfileAttribute.STATE_FORMAT_LEVEL);
        if (level != UNKNOWN && needed > level) {
            throw new ProfileException("The profile needs StateFormatLevel " + needed + ", but has " + level);
        }
        int stateFormatLevel = level == UNKNOWN ? Math.max(needed, LOWEST_LEVEL_OF_CUSTOM) : level;
        String description = document.text("Description").orElse(origin.description());
        return new Profile(
                name(document),
                stateFormatLevel,
                commands.text(),
                algorithmList,
                attributeList,
                description.substring(0, Math.min(MAX_DESCRIPTION, description.length())),
                commands.commands(),
                algorithms.algorithms(stateFormatLevel),
                attributes);
    }

    private static Set<ProfileAttribute> attributes(String list, int maxLevel) throws ProfileException {
        Set<ProfileAttribute> attributes = EnumSet.noneOf(ProfileAttribute.class);
        if (list.isEmpty()) {
            return attributes;
        }
        for (String word : WordList.words(list)) {
            ProfileAttribute attribute = ProfileAttribute.of(word);
            if (attribute == null) {
                throw new ProfileException("The profile asks for the attribute " + word + ", which is not supported");
            }
            if (ProfileAttribute.STATE_FORMAT_LEVEL > maxLevel) {
                throw new ProfileException(
                        "The profile asks for the attribute " + word + ", which needs StateFormatLevel "
                                + ProfileAttribute.STATE_FORMAT_LEVEL + ", but allows " + maxLevel);
            }
            attributes.addAll(attribute.meaning());
        }
        return attributes;
    }

    /** Whether this is the null profile, of which a state says nothing. */
    public boolean isNull() {
        return stateFormatLevel == 1;
    }

    /** Whether the profile demands {@code attribute}. */
    public boolean demands(ProfileAttribute attribute) {
        return attributes.contains(attribute);
    }

    /** Whether the profile itself has this word among its attributes. */
    boolean names(ProfileAttribute attribute) {
        return has(attributeList.orElse(""), attribute.title());
    }

    /** Whether the profile itself names this family of curves. */
    boolean names(CurveFamily family) {
        return has(algorithmList, family.title());
    }

    private static boolean has(String list, String word) {
        return ("," + list + ",").contains("," + word + ",");
    }

    /** The profile as it is kept in the state and shown to people. */
    public String toJson() {
        return json(name, stateFormatLevel, commandList, algorithmList, attributeList.orElse(null), description);
    }

    /** @param attributes null where the profile does not speak of them */
    static String json(
            String name, int level, String commands, String algorithms, String attributes, String description) {
        return "{\"Name\":\"" + name + "\",\"StateFormatLevel\":" + level + ",\"Commands\":\"" + commands
                + "\",\"Algorithms\":\"" + algorithms
                + (attributes == null ? "" : "\",\"Attributes\":\"" + attributes) + "\",\"Description\":\""
                + description + "\"}";
    }
}
