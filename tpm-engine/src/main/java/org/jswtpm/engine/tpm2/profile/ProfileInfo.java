package org.jswtpm.engine.tpm2.profile;

import org.jswtpm.engine.tpm2.CommandCode;
import org.jswtpm.engine.tpm2.structure.AlgId;
import org.jswtpm.engine.tpm2.structure.AlgorithmSet;
import org.jswtpm.engine.tpm2.structure.EccCurve;

/** What is built in, and what a profile makes of it, as lists of words. A TPM that is off has no profile. */
public final class ProfileInfo {
    private final Profile profile;

    /** @param profile null for a TPM that is off */
    public ProfileInfo(Profile profile) {
        this.profile = profile;
    }

    /** Which words a list has. */
    public enum Part {
        IMPLEMENTED,
        CAN_BE_DISABLED,
        ENABLED,
        DISABLED;

        private boolean has(boolean canBeDisabled, boolean enabled) {
            return switch (this) {
                case IMPLEMENTED -> true;
                case CAN_BE_DISABLED -> canBeDisabled;
                case ENABLED -> enabled;
                case DISABLED -> !enabled;
            };
        }
    }

    /** The profiles in JSON that a new TPM can be given, with commas between them. */
    public static String available() {
        StringBuilder all = new StringBuilder();
        for (BuiltInProfile profile : BuiltInProfile.values()) {
            all.append(all.isEmpty() ? "" : ",")
                    .append(Profile.json(
                            profile.title(),
                            profile.stateFormatLevel(),
                            profile.commands(),
                            profile.algorithms(),
                            null,
                            profile.description()));
        }
        return all.toString();
    }

    /** Codes of commands, as ranges. */
    public String commands(Part part) {
        return CommandList.ranges(row -> part.has(CommandList.canBeDisabled(row), isEnabled(row)));
    }

    private boolean isEnabled(CommandCode row) {
        return profile != null && profile.commands().isEnabled(row);
    }

    /** Names of attributes. */
    public String attributes(Part part) {
        Words words = new Words();
        for (ProfileAttribute attribute : ProfileAttribute.values()) {
            if (part.has(true, profile != null && profile.names(attribute))) {
                words.add(attribute.title());
            }
        }
        return words.toString();
    }

    /** Names of algorithms, with the shortest keys, and of curves behind that of ECC. */
    public String algorithms(Part part) {
        Words words = new Words();
        for (AlgId algorithm : AlgId.values()) {
            boolean enabled = profile != null && profile.algorithms().isEnabled(algorithm);
            if (part.has(AlgorithmList.canBeDisabled(algorithm), enabled)) {
                words.add(AlgorithmList.name(algorithm));
                addMinimum(words, algorithm, part);
            }
            if (algorithm == AlgId.ECC) {
                addCurves(words, part);
            }
        }
        return words.toString();
    }

    private void addMinimum(Words words, AlgId algorithm, Part part) {
        boolean isHmac = algorithm == AlgId.HMAC;
        int bits = 0;
        if (part == Part.IMPLEMENTED) {
            bits = isHmac ? 1 : AlgorithmList.hasKeySizes(algorithm) ? AlgorithmList.smallestKey(algorithm) : 0;
        } else if (part == Part.ENABLED) {
            AlgorithmSet algorithms = profile.algorithms();
            bits = Math.max(algorithms.minimum(algorithm), defaultMinimum(algorithm));
        }
        if (bits > 0) {
            words.add(AlgorithmList.name(algorithm) + (isHmac ? "-min-key-size=" : "-min-size=") + bits);
        }
    }

    private int defaultMinimum(AlgId algorithm) {
        return profile.isNull() && AlgorithmList.hasKeySizes(algorithm) ? AlgorithmList.smallestKey(algorithm) : 0;
    }

    private void addCurves(Words words, Part part) {
        for (CurveFamily family : CurveFamily.values()) {
            if (part.has(true, profile != null && profile.names(family))) {
                words.add(family.title());
            }
        }
        for (EccCurve curve : EccCurve.values()) {
            boolean enabled = profile != null && profile.algorithms().isEnabled(curve);
            if (part.has(AlgorithmList.canBeDisabled(curve), enabled)) {
                words.add(AlgorithmList.name(curve));
            }
        }
    }

    private static final class Words {
        private final StringBuilder list = new StringBuilder();

        void add(String word) {
            list.append(list.isEmpty() ? "" : ",").append(word);
        }

        @Override
        public String toString() {
            return list.toString();
        }
    }
}
